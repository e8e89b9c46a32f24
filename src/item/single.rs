//! One number with what stands next to it: scale letter, sign, currency and unit.

use rust_decimal::Decimal;

use super::{Item, Shape};
use crate::comparator::{self, Cue};
use crate::document::Region;
use crate::figure::Kind;
use crate::lexicon::counted::{BETWEEN, CROWDS, LENGTHS, WINS};
use crate::lexicon::numbers::SCALES;
use crate::lexicon::topics::ENGINES;
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit_phrase::{self, Found};

/// Decides whether a letter glued to digits is a scale ("$5m", "1.5m people") or a unit ("200m").
pub(super) fn settle_letter(s: &Sentence, n: &mut Numeral, region: Region) {
    let Some(exponent) = n.letter else { return };
    let i = n.tokens.end;
    let money = unit_phrase::currency_before(s, n.tokens.start, region).is_some()
        || unit_phrase::after(s, i + 1, region).is_some_and(|u| u.kind == Kind::Money);
    let from = if s.lower(i + 1) == "of" {
        i + 2 + (s.tag(i + 2) == Tag::Possessive || s.lower(i + 2) == "the") as usize
    } else {
        i + 1
    };
    let counted = crate::counted::phrase(s, from)
        .is_some_and(|p| matches!(s.tag(p.head), Tag::Nouns | Tag::Names) || s.lower(p.head) == "people");
    let scale = match s.word(i) {
        _ if money => true,
        "k" | "K" => s.glued(i),
        "M" | "MM" | "B" | "b" => s.glued(i) || counted,
        "m" => {
            counted && (s.glued(i) || n.value < Decimal::ONE_HUNDRED || n.value.scale() > 0)
                || s.glued(i) && of_a_crowd(s, i)
        }
        _ => false,
    };
    if scale && exponent > 0 { n.apply_letter() } else { n.letter = None }
}

/// "the population doubled to 2.4m": a sentence that counts people or sales before, and measures no length after.
fn of_a_crowd(s: &Sentence, i: usize) -> bool {
    let measures = (i + 1..(i + 4).min(s.len())).any(|k| LENGTHS.contains(s.lower(k)))
        || s.tag(i + 1).is_noun()
        || s.word(i + 1) == "-";
    !measures && (i.saturating_sub(14)..i).any(|k| CROWDS.contains(s.lower(k)))
}

/// One number with its sign, currency and unit.
pub(super) fn read(s: &Sentence, mut n: Numeral, region: Region) -> Item {
    let number = n.tokens.clone();
    let (start, mut money) = before(s, &mut n, region);
    if n.form == Form::Words && n.couple && s.lower(n.tokens.end) == "of" {
        n.tokens.end += 1; // "a couple of miles"
    }
    let mut at = n.tokens.end;
    let cue = cue_between(s, &n, region);
    if let Some(cue) = cue {
        at = cue.end;
    }
    let mut unit = unit_after(s, &n, at, region);
    let mut end = unit.as_ref().map_or(at, |found| found.end);
    if unit.as_ref().is_some_and(|u| u.kind == Kind::Money) && money.is_none() {
        money = unit.take();
    } else if money.is_some() && unit.as_ref().is_some_and(|u| u.kind != Kind::Percentage) {
        // "$5 million": a unit right after money is a denominator or something else
        (end, unit) = (at, None);
    }
    if n.couple {
        n.tokens.end = number.end;
        end = end.max(number.end);
    }
    if let Some(found) = &mut money {
        end = scaled(s, &mut n, found, end);
        end = nationality(s, &n, found, end, region);
        n.negative |= accounting(s, &n, found, start, end);
    }
    let digits = n.form == Form::Digits && money.is_none();
    let grand = digits || n.form == Form::Words && n.tokens.len() > 1;
    if grand && s.lower(n.tokens.end - 1) == "grand" {
        money = unit_phrase::home_currency(region, n.tokens.end);
    }
    Item { n, shape: Shape::Single, number, money, unit, start, end, cue, shared: false }
}

/// Sign and currency before the number, in either order: the first token and the currency.
fn before(s: &Sentence, n: &mut Numeral, region: Region) -> (usize, Option<Found>) {
    let currency = |at: usize| unit_phrase::currency_before(s, at, region);
    let mut money = currency(n.tokens.start).filter(|_| n.form != Form::Ordinal);
    let mut start = money.as_ref().map_or(n.tokens.start, |found| found.start);
    if let Some(sign) = sign_before(s, start) {
        n.negative = true;
        start = sign;
        if money.is_none() {
            money = currency(start);
            start = money.as_ref().map_or(start, |found| found.start);
        }
    }
    (start, money)
}

/// "six-plus hours", "20-odd years", "200+ miles": the cue before which no unit stands.
fn cue_between(s: &Sentence, n: &Numeral, region: Region) -> Option<Cue> {
    let at = n.tokens.end;
    comparator::after(s, at).filter(|q| {
        q.start == at
            && matches!(s.lower(q.end - 1), "plus" | "odd" | "+" | "ish" | "more" | "less" | "fewer" | "so")
            && unit_after(s, n, q.end, region).is_some()
    })
}

/// "30 MUSD", "75 USD million": takes the scale that the currency carries, or that follows it.
fn scaled(s: &Sentence, n: &mut Numeral, money: &Found, end: usize) -> usize {
    let word = Some(s.lower(end)).filter(|_| money.start >= n.tokens.end && n.scale == 0);
    if let Some(&exponent) = word.and_then(|w| SCALES.get(w)).filter(|&&e| e >= 6) {
        n.multiply(exponent as u32);
        return end + 1;
    }
    if money.scale > 0 {
        n.multiply(money.scale);
    }
    end
}

/// "$75 U.S. per barrel": whose dollars they are.
fn nationality(s: &Sentence, n: &Numeral, money: &mut Found, end: usize, region: Region) -> usize {
    let sign = match s.lower(end) {
        "us" | "u.s." => "US$",
        "canadian" => "C$",
        "australian" => "A$",
        _ => return end,
    };
    if money.start >= n.tokens.start || s.word(money.start) != "$" || s.tag(end + 1).is_noun() {
        return end;
    }
    let Some(sense) = unit_phrase::by_sign(sign, region) else { return end };
    (money.code, money.name) = (sense.code, sense.name);
    end + 1
}

/// "($99.99)": money in brackets is negative in accounts.
fn accounting(s: &Sentence, n: &Numeral, money: &Found, start: usize, end: usize) -> bool {
    let bracketed = start > 0 && s.word(start - 1) == "(" && s.word(end) == ")" && s.glued(start);
    money.start < n.tokens.start
        && n.value.scale() == 2
        && bracketed
        && (start == 1
            || matches!(s.tag(start - 2), Tag::Aux | Tag::VerbPast | Tag::VerbS | Tag::Num)
            || s.kind(start - 2) == TokenKind::Punct)
}

/// The unit after a numeral; an ordinal or multiple has none, and "of" may stand between a fraction and its unit
/// ("half a mile", "a quarter of a mile").
fn unit_after(s: &Sentence, n: &Numeral, at: usize, region: Region) -> Option<Found> {
    match n.form {
        Form::Ordinal | Form::Multiple | Form::Figures(..) => None,
        Form::Vague(..) if s.lower(at) == "of" && s.kind(at + 1) == TokenKind::Word => {
            unit_phrase::after(s, at + 1, region).filter(|u| !u.doubtful)
        }
        Form::Fraction(..) => {
            let mut i = at;
            if s.lower(i) == "of" {
                i += 1;
            }
            let article = matches!(s.lower(i), "a" | "an") || s.lower(i) == "-";
            if i > at && !article {
                return None;
            }
            if matches!(s.lower(i), "a" | "an") {
                i += 1;
            }
            unit_phrase::after(s, i, region)
                .filter(|u| article || !u.doubtful || s.kind(n.tokens.start) == TokenKind::Number)
        }
        _ => {
            let found = unit_phrase::after(s, at, region).or_else(|| {
                // "40 more minutes", "three consecutive days", "two full years"
                let next = BETWEEN.contains(s.lower(at)).then(|| unit_phrase::after(s, at + 1, region));
                next.flatten().filter(|u| !u.doubtful && u.kind == Kind::Duration)
            })?;
            plausible(s, n, &found).then_some(found)
        }
    }
}

/// Whether a doubtful unit word is one here.
fn plausible(s: &Sentence, n: &Numeral, found: &Found) -> bool {
    match s.lower(found.start) {
        "are" | "stones" => false,
        "second" | "third" => {
            n.form == Form::Digits
                || found.end - found.start > 1
                || s.lower(found.start.wrapping_sub(1)) == "-"
                || n.value == Decimal::ONE
        }
        "foot" => n.value != Decimal::ONE || s.lower(found.end) == "-",
        // "lifted four cups", "cut two chains", "three moles in the garden"
        "cup" | "cups" => !WINS.contains(s.lower(n.tokens.start.wrapping_sub(1))),
        "chain" | "chains" | "rod" | "rods" => {
            matches!(s.lower(found.end), "long" | "wide" | "away" | "from" | "deep" | "by")
        }
        "mole" | "moles" => matches!(s.lower(found.end), "of" | "per" | "/"),
        // "12 horses" of a stable
        "horse" | "horses" => {
            let around = n.tokens.start.saturating_sub(12)..n.tokens.end + 12;
            around.into_iter().any(|i| ENGINES.contains(s.lower(i)))
        }
        "won" => n.scale >= 3 || n.value >= Decimal::ONE_HUNDRED,
        _ => true,
    }
}

/// A minus sign or word before token `start` that belongs to the number.
fn sign_before(s: &Sentence, start: usize) -> Option<usize> {
    if start == 0 {
        return None;
    }
    let k = start - 1;
    let sign = match s.word(k) {
        "−" => s.glued(start),
        "-" | "–" => {
            s.glued(start)
                && (!s.glued(k) || k > 0 && matches!(s.word(k - 1), "<" | ">" | "=" | "(" | "$" | "£" | "€"))
                && !(k > 0 && s.kind(k - 1) == TokenKind::Number)
        }
        _ => match s.lower(k) {
            "minus" | "negative" => k == 0 || !matches!(s.lower(k - 1), "or" | "plus"),
            _ => false,
        },
    };
    if sign {
        return Some(k);
    }
    let word =
        matches!(s.word(k), "-") && s.glued(k) && k > 0 && matches!(s.lower(k - 1), "minus" | "negative");
    word.then(|| k - 1)
}
