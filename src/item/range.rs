//! Ranges: "5 to 10", "between 5 and 10", "two or three".

use rust_decimal::Decimal;

use super::{Item, Shape, gap};
use crate::counted;
use crate::cue::CHANGE_VERBS;
use crate::figure::{Direction, Kind};
use crate::lemma;
use crate::lexicon::topics::MOVES;
use crate::number::{self, Form, Numeral};
use crate::sentence::Sentence;
use crate::tag::Tag;

/// How the words between two numbers bind them.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// "5 to 10", "between 5 and 10"
    To,
    /// "two or three"
    Or,
}

/// "5 to 10", "5-10", "between 5 and 10", "$62 to $68", "two or three", "10 µm to 1 cm".
pub(super) fn read(s: &Sentence, a: &Item, b: &Item) -> Option<Item> {
    let forms = |x: &Item| {
        (x.cardinal() || matches!(x.n.form, Form::Fraction(..)))
            && matches!(x.shape, Shape::Single | Shape::Sum(..))
    };
    // "fell by a third to €12.4m"
    let share = matches!(a.n.form, Form::Fraction(..)) && a.bare() && !b.bare();
    if !forms(a) || !forms(b) || a.n.letter.is_some() || share {
        return None;
    }
    let words = gap(s, a, b);
    let (between, from) = (opened_by_between(s, a), opened_by_from(s, a));
    let link = per_both(s, b, &words).or_else(|| link(s, a, &words, between, from))?;
    if link == Link::Or && shared_out(s, b) {
        return None;
    }
    let dash = matches!(words.as_slice(), ["-" | "–" | "—" | "‑"]);
    if dash && !dash_fits(s, a, b) || link == Link::To && !dash && !between && moved(s, a, b, &words, from) {
        return None;
    }
    spread(s, a, b, link)
}

/// "25k or 40k cheaper than its rivals respectively": one number for each of several things.
fn shared_out(s: &Sentence, b: &Item) -> bool {
    (b.end..(b.end + 16).min(s.len())).any(|i| s.lower(i) == "respectively")
}

/// "between 5", "between about 5", "between the ages of 5".
fn opened_by_between(s: &Sentence, a: &Item) -> bool {
    let word = |back: usize| a.start.checked_sub(back).map_or("", |i| s.lower(i));
    let ages = || {
        (word(1), word(2)) == ("of", "ages")
            && matches!((word(3), word(4)), ("between", _) | ("the", "between"))
    };
    word(1) == "between"
        || ages()
        || word(2) == "between"
            && matches!(word(1), "about" | "roughly" | "around" | "an" | "a" | "approximately" | "the")
}

/// "from 5", "from about 5".
fn opened_by_from(s: &Sentence, a: &Item) -> bool {
    let word = |back: usize| a.start.checked_sub(back).map_or("", |i| s.lower(i));
    word(1) == "from" || word(2) == "from" && word(1) != "the"
}

/// "1.3 A/cm2 to 0.03 A/cm2": the same denominator stands behind both.
fn per_both(s: &Sentence, b: &Item, words: &[&str]) -> Option<Link> {
    let ["/", per @ .., "to"] = words else { return None };
    let same = s.word(b.end) == "/" && (b.end + 1..).zip(per).all(|(i, word)| s.lower(i) == *word);
    (same && !per.is_empty()).then_some(Link::To)
}

/// What the words between two numbers say.
fn link(s: &Sentence, a: &Item, words: &[&str], between: bool, from: bool) -> Option<Link> {
    let fits = match words {
        ["to" | "through" | "-" | "–" | "—" | "‑" | "-to-"] => true,
        ["-", "to", "-"] | ["-", "to"] | ["to", "-"] => true,
        ["up", "to"] => from,
        ["and"] | ["and", "about" | "roughly" | "around"] => between,
        ["and", "up", "to"] | ["and", "as", "many", "as"] => between,
        ["to", "more", "than"]
        | ["to", "over" | "about" | "nearly" | "almost"]
        | ["to", "as", "much", "as"]
        | ["to", "upwards", "of"]
        | ["to", "well" | "just", "over"]
        | ["to", "in", "excess", "of"]
        | ["to", "at", "least"] => a.start == 0 || !is_change(s, a.start - 1),
        ["or"] | ["or", "even" | "maybe" | "perhaps" | "possibly"] => return Some(Link::Or),
        _ => false,
    };
    fits.then_some(Link::To)
}

/// A dash stands close to both numbers or, apart from both, before the greater one.
fn dash_fits(s: &Sentence, a: &Item, b: &Item) -> bool {
    let (left, right) = (s.glued(a.end), s.glued(b.start));
    left && right || !left && !right && a.n.value < b.n.value
}

/// Whether the second number is where a move ends: "rose 5 cents to $7", "lifted by 5 cents to 48 cents", "rose from
/// 5 to 7", where "rise 10 to 15 percent" is a range.
fn moved(s: &Sentence, a: &Item, b: &Item, words: &[&str], from: bool) -> bool {
    if from {
        return changes(s, a);
    }
    // "cut about 200 to 300", "eliminate 200 to 300 jobs"
    let rough = a.start > 0
        && matches!(s.lower(a.start - 1), "about" | "around" | "roughly" | "approximately" | "some");
    let counted = || counted::phrase(s, b.end).is_some_and(|p| s.tag(p.head) == Tag::Nouns);
    if rough || a.bare() && b.bare() && counted() {
        return false;
    }
    let by = !a.bare() && a.start > 0 && s.lower(a.start - 1) == "by";
    let open_end = a.bare() && !b.bare();
    words == ["to"] && (by || !open_end && changed_to(s, a))
}

/// Whether a verb of change rules the item, so that "from X to Y" is two figures.
fn changes(s: &Sentence, a: &Item) -> bool {
    let from = a.start.saturating_sub(14);
    let ranges = (from..a.start).any(|i| {
        matches!(
            s.lower(i),
            "ranged" | "ranging" | "range" | "ranges" | "anywhere" | "vary" | "varies" | "varied" | "varying"
        )
    });
    let mut clause = (from..a.start).rev().take_while(|&i| !matches!(s.lower(i), ";" | "."));
    !ranges && clause.any(|i| is_change(s, i))
}

/// "rose 5 cents to $7", "fell 3 to 20": the number before "to" is the amount of a change.
fn changed_to(s: &Sentence, a: &Item) -> bool {
    (a.start.saturating_sub(4)..a.start).any(|i| {
        let other = matches!(
            s.lower(i),
            "growth"
                | "reduction"
                | "go"
                | "goes"
                | "going"
                | "went"
                | "gone"
                | "add"
                | "bring"
                | "drive"
                | "move"
        );
        !other && is_change(s, i)
    })
}

/// Whether token `i` says that a quantity moved, or may have.
fn is_change(s: &Sentence, i: usize) -> bool {
    let word = s.lower(i);
    let directed = CHANGE_VERBS
        .get(word)
        .is_some_and(|v| matches!(v.direction, Some(Direction::Increase | Direction::Decrease)));
    directed
        || MOVES.contains(&lemma::verb(word))
        || matches!(word, "up" | "down" | "higher" | "lower" | "growth" | "reduction")
}

/// Builds the range: the scale and unit of the upper end spread to the lower.
fn spread(s: &Sentence, a: &Item, b: &Item, link: Link) -> Option<Item> {
    if !same_kind(a, b, link)? {
        return None;
    }
    let low = scaled_as(&a.n, b, a.unit.is_none())?;
    let value = |x: &Item, n: &Numeral| if let Shape::Sum(v) = x.shape { v } else { n.value };
    let sign = |x: &Item, v: Decimal| if x.n.negative { -v } else { v };
    let (mut lo, hi) = (value(a, &low), sign(b, value(b, &b.n)));
    if let (Some(x), Some(y)) = (&a.unit, &b.unit)
        && x.code != y.code
    {
        let (fx, fy): (Decimal, Decimal) = (x.def?.factor.parse().ok()?, y.def?.factor.parse().ok()?);
        lo = lo.checked_mul(fx)?.checked_div(fy)?.normalize();
    }
    let lo = sign(a, lo);
    // "two or three", "either 4 or 5": neighbours only; "20 or 30" too
    let far =
        || lo.checked_mul(Decimal::TEN).is_some_and(|most| hi > most) || a.unit.is_some() && b.unit.is_none();
    if lo >= hi && reversed(s, a, b) {
        return Some(Item { unit: b.unit.clone(), ..Item::over(a, b, Shape::Range(hi, lo)) });
    }
    if lo >= hi || link == Link::Or && far() {
        return None;
    }
    let money = b.money.clone().or_else(|| a.money.clone());
    let unit = b.unit.clone().or_else(|| a.unit.clone());
    Some(Item { money, unit, ..Item::over(a, b, Shape::Range(lo, hi)) })
}

/// "a density of 1.3 A/cm2 to 0.03 A/cm2": a range whose greater end comes first, with its unit at both.
fn reversed(s: &Sentence, a: &Item, b: &Item) -> bool {
    let measured = |x: &Item| x.unit.as_ref().is_some_and(|u| u.kind == Kind::Measurement);
    let of = a.start > 0 && matches!(s.lower(a.start - 1), "of" | "between");
    let same = a.unit.as_ref().zip(b.unit.as_ref()).is_some_and(|(x, y)| x.code == y.code);
    of && same && measured(a) && a.n.value > b.n.value && !changes(s, a)
}

/// Whether currency and unit of both ends can be one: the same, or convertible from lower to upper.
fn same_kind(a: &Item, b: &Item, link: Link) -> Option<bool> {
    let mixed = a.unit.is_some() && b.money.is_some()
        || a.money.is_some() && b.unit.as_ref().is_some_and(|u| u.kind != Kind::Percentage)
        || a.money.is_some() && b.money.is_none() && b.unit.is_some();
    let currencies = match (&a.money, &b.money) {
        (Some(x), Some(y)) => x.code == y.code && x.minor == y.minor,
        _ => true,
    };
    let units = match (&a.unit, &b.unit) {
        (Some(x), Some(y)) if x.code != y.code => {
            let (x, y) = (x.def?, y.def?);
            x.dimension == y.dimension && !x.factor.is_empty() && link == Link::To
        }
        _ => true,
    };
    Some(!mixed && currencies && units)
}

/// "5 to 10 million": the lower end with the scale of the upper.
fn scaled_as(low: &Numeral, b: &Item, bare: bool) -> Option<Numeral> {
    let mut low = low.clone();
    let open = low.scale == 0
        && b.n.scale > 0
        && bare
        && low.tokens.len() == 1
        && matches!(low.form, Form::Digits | Form::Words)
        && low.value < Decimal::ONE_THOUSAND
        && low.value < b.n.value
        && low.value.scale() < 3;
    if open {
        let unscaled = b.n.value / number::power(b.n.scale)?;
        if low.value < unscaled || low.value.scale() > 0 {
            low.multiply(b.n.scale);
        }
    }
    Some(low)
}
