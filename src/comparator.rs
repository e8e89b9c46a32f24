//! Reads how the wording bounds a number: "about", "more than", "or so".
//!
//! The cues are in `data/en/comparators.toml`; here stands where they count.

use rust_decimal::Decimal;

use crate::figure::{Comparator, Interval};
use crate::lexicon::comparators::{AFTER, BEFORE, CONTESTS, EDGING, PRICES, TALK};
use crate::number::power;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// A cue with its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What it says.
    pub comparator: Comparator,
    /// First token of the cue.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// "nearly", "almost": approximate, and open above.
    pub nearly: bool,
}

/// Longest cue in tokens.
const LONGEST: usize = 6;

/// The cue that ends right before token `at`.
pub fn before(s: &Sentence, at: usize) -> Option<Cue> {
    let mut end = at;
    if end > 1 && s.lower(end - 1) == "the" && s.lower(end - 2) == "past" {
        return Some(cue("MORE_THAN", end - 2, end)); // "past the $1 billion mark"
    }
    if end > 0 && matches!(s.lower(end - 1), "a" | "an" | "only" | "just" | "another") {
        let skipped = end - 1;
        // "a" belongs to cues such as "a maximum"; try with the word before it first
        if let Some(cue) = ending_at(s, skipped) {
            return Some(cue);
        }
        if !matches!(s.lower(end - 1), "a" | "an") {
            end = at;
        }
    }
    if end > 0 && s.lower(end - 1) == "," && end > 1 && matches!(s.lower(end - 2), "least" | "most" | "than")
    {
        end -= 1;
    }
    ending_at(s, end)
}

fn ending_at(s: &Sentence, end: usize) -> Option<Cue> {
    if end > 1 && s.lower(end - 1) == "from" && PRICES.contains(s.lower(end - 2)) {
        return Some(cue("AT_LEAST", end - 1, end)); // "costs from $38,990"
    }
    for start in (end.saturating_sub(LONGEST)..end).filter(|&i| i < s.len()) {
        let span = s.span_of(start, end);
        let text = span.of(s.lowered);
        let found = BEFORE
            .get(text)
            .or_else(|| if text.contains('-') { BEFORE.get(&spaced(s, start, end)) } else { None });
        let Some(&name) = found else { continue };
        if !counts_before(s, start, end, text) {
            continue;
        }
        return Some(cue(name, start, end));
    }
    None
}

fn spaced(s: &Sentence, start: usize, end: usize) -> String {
    (start..end).map(|i| s.lower(i)).collect::<Vec<_>>().join(" ")
}

fn cue(name: &str, start: usize, end: usize) -> Cue {
    let comparator = match name {
        "APPROXIMATELY" | "NEARLY" => Comparator::Approximately,
        "LESS_THAN" => Comparator::LessThan,
        "AT_MOST" => Comparator::AtMost,
        "MORE_THAN" => Comparator::MoreThan,
        "AT_LEAST" => Comparator::AtLeast,
        _ => Comparator::Exact,
    };
    Cue { comparator, start, end, nearly: name == "NEARLY" }
}

/// Words that are a cue only in the right company: "about" is also a preposition of talking, "over" of time,
/// "some" a determiner, "within" one of place.
fn counts_before(s: &Sentence, start: usize, end: usize, text: &str) -> bool {
    let before = if start > 0 { s.lower(start - 1) } else { "" };
    match text {
        "about" => !TALK.contains(before),
        // "was up to 4.4% from 4.2%": a change
        "up to" if matches!(before, "was" | "is" | "were" | "are" | "’s" | "'s") => {
            !(end..(end + 6).min(s.len())).any(|i| s.lower(i) == "from")
        }
        // "edged up to 4.2%"; "moved up to 40 families" moves no number
        "up to" if EDGING.contains(before) => !measured(s, end),
        "past" => !matches!(before, "the" | "these" | "this" | "for" | "last"),
        "maybe" => s.kind(end) == TokenKind::Number || s.tag(end) == Tag::Num,
        "near" | "beyond" | "nearer" | "beneath" => {
            s.kind(end) == TokenKind::Number || s.kind(end) == TokenKind::Symbol
        }
        "under" | "over" => !CONTESTS.contains(before),
        "less than" | "fewer than" | "more than" | "greater than" | "later than" => {
            !matches!(before, "no" | "not")
        }
        "topped" | "exceed" | "exceeds" | "exceeded" | "surpassed" | "surpass" | "topping" => true,
        "c." | "ca" | "ca." => s.kind(end) == TokenKind::Number,
        "sub" => false,
        _ => true,
    }
}

/// Whether a price, a share or a bare number stands at token `i`, nothing that could be moved itself.
fn measured(s: &Sentence, i: usize) -> bool {
    let sign = |i: usize| s.kind(i) == TokenKind::Symbol;
    sign(i)
        || sign(i + 1)
        || matches!(s.lower(i + 1), "percent" | "per" | "" | "." | "," | "from")
        || s.tag(i + 1) == Tag::Adp
}

/// The cue that starts at token `at`, right after the number and its unit.
pub fn after(s: &Sentence, at: usize) -> Option<Cue> {
    for end in (at + 1..=(at + 4).min(s.len())).rev() {
        let span = s.span_of(at, end);
        let text = span.of(s.lowered);
        let name = AFTER
            .get(text)
            .or_else(|| if text.contains('-') { AFTER.get(&spaced(s, at, end)) } else { None });
        let Some(&name) = name else { continue };
        let next_noun =
            s.tag(end).is_noun() || s.kind(end) == TokenKind::Number || s.kind(end) == TokenKind::Symbol;
        let glued = s.glued(at);
        let fits = match text {
            "+" => !next_noun || glued && s.kind(end) != TokenKind::Number,
            "plus" => {
                matches!(s.lower(end), "," | "." | "" | ")" | "years")
                    || s.tag(end).is_noun() && s.kind(at.wrapping_sub(1)) == TokenKind::Number
            }
            "approximately" | "maximum" | "minimum" | "max" | "tops" | "at least" | "at most" => {
                !next_noun && !matches!(s.lower(end), "of" | "$")
            }
            "odd" => !s.lower(end).is_empty() && s.tag(end).is_noun(),
            _ => true,
        };
        if fits {
            return Some(cue(name, at, end));
        }
    }
    None
}

/// Every value that the wording allows.
///
/// `step` is the worth of one unit in the last place written; a count of things written in full is exact.
pub fn interval(
    value: Decimal,
    step: Decimal,
    comparator: Comparator,
    whole: bool,
    nearly: bool,
) -> Option<Interval> {
    let half = step.checked_div(Decimal::TWO)?;
    let zero = (value >= Decimal::ZERO).then_some(Decimal::ZERO);
    let closed = |lower, upper| Interval { lower, upper, lower_open: false, upper_open: false };
    Some(match comparator {
        Comparator::Exact if whole => closed(Some(value), Some(value)),
        Comparator::Exact => closed(value.checked_sub(half), value.checked_add(half)),
        Comparator::Approximately => {
            let share = value.abs().checked_mul(Decimal::new(5, 2))?;
            let slack = last_place(value, step).checked_div(Decimal::TWO)?.max(share);
            let upper = if nearly { value } else { value.checked_add(slack)? };
            Interval {
                lower: value.checked_sub(slack),
                upper: Some(upper),
                lower_open: false,
                upper_open: nearly,
            }
        }
        Comparator::LessThan => {
            Interval { lower: zero, upper: Some(value), lower_open: false, upper_open: true }
        }
        Comparator::AtMost => closed(zero, Some(value)),
        Comparator::MoreThan => {
            Interval { lower: Some(value), upper: None, lower_open: true, upper_open: false }
        }
        Comparator::AtLeast => closed(Some(value), None),
        Comparator::Between | Comparator::Vague => return None,
    })
}

/// Worth of one unit in the last significant place: 100 for 6,700.
fn last_place(value: Decimal, step: Decimal) -> Decimal {
    let mut place = step;
    for exponent in 1..27 {
        let Some(next) = power(exponent).and_then(|p| step.checked_mul(p)) else { break };
        if value.is_zero() || value.checked_rem(next) != Some(Decimal::ZERO) {
            break;
        }
        place = next;
    }
    place
}
