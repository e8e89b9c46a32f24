//! Ratios and scores: numbers side by side.

use rust_decimal::Decimal;

use super::{Item, Join, Shape, gap, score, whole};
use crate::lexicon::topics::SIDES;
use crate::number::Form;
use crate::sentence::Sentence;

/// "3-2", "2:1", "3-to-1", "one in five", "39 of 76", "three-for-two", "2,614/2,891".
pub(super) fn read(s: &Sentence, a: &Item, b: &Item) -> Option<Item> {
    let plain = |x: &Item| x.cardinal() && x.money.is_none() && !x.n.negative;
    if !plain(a)
        || !plain(b)
        || a.unit.as_ref().is_some_and(|u| !u.doubtful)
        || matches!(a.shape, Shape::Range(..) | Shape::Sum(..))
        || !matches!(b.shape, Shape::Single)
    {
        return None;
    }
    if matches!(a.shape, Shape::Single) && score::named(s, a, b) {
        return Some(Item::over(a, b, Shape::Parts(vec![a.n.value, b.n.value], Join::Hyphen)));
    }
    let words = gap(s, a, b);
    let join = joint(s, a, b, &words)?;
    if !fits(s, a, b, join, &words) {
        return None;
    }
    let mut parts = match &a.shape {
        Shape::Parts(parts, Join::Hyphen) if join == Join::Hyphen => parts.clone(),
        Shape::Single => vec![a.n.value],
        _ => return None,
    };
    parts.push(b.n.value);
    Some(Item { unit: b.unit.clone(), ..Item::over(a, b, Shape::Parts(parts, join)) })
}

/// What the words between two numbers join them by.
fn joint(s: &Sentence, a: &Item, b: &Item, words: &[&str]) -> Option<Join> {
    let glued = s.glued(b.start);
    Some(match words {
        ["-" | "–" | "‑"] if glued && s.glued(a.end) => Join::Hyphen,
        [":"] if glued && s.glued(a.end) => Join::Colon,
        ["-", "to", "-"] | ["–", "to", "–"] => Join::To,
        ["to"] if score::falling_to(s, a, b) => Join::To,
        ["-", "in", "-"]
        | ["in"]
        | ["in", "every"]
        | ["in", "each"]
        | ["out", "of"]
        | ["out", "of", "every"]
        | ["-", "out", "-", "of", "-"]
        | ["out", "of", "each"]
        | ["of", "every"]
        | ["-", "of", "-"] => Join::In,
        ["of"]
        | ["of", "the"]
        | ["of", "its" | "his" | "her" | "their" | "our"]
        | ["out", "of", "the" | "its" | "their"] => Join::In,
        // "six of her last seven fights", "two of the other nine survivors"
        [
            "of",
            "the" | "its" | "his" | "her" | "their" | "our",
            "last" | "past" | "previous" | "other" | "remaining",
        ] => Join::In,
        // "4.2 million of Innopac's 13.8 million shares"
        ["of", _, "'s" | "’s"] | ["of", _, _, "'s" | "’s"] => Join::In,
        ["-", "for", "-"] => Join::For,
        ["for"] if score::wickets(s, a, b) || score::bowling(s, a, b) => Join::Hyphen,
        ["/"] if glued && s.glued(a.end) && score::bets(s) => Join::Colon, // "odds of 7/2"
        ["/"] if glued && s.glued(a.end) => Join::In,
        ["over"] if matches!(s.word(b.end), "" | "." | "," | ")") && a.n.form != Form::Ordinal => Join::In,
        ["of", "the" | "its" | "a" | "his" | "her" | "their", .., "'s" | "’s"] | ["of", "'s" | "’s"]
            if words.len() <= 5 =>
        {
            Join::In
        }
        [word, "to"] if SIDES.contains(word) => Join::To,
        [.., "in"] | [.., "in", "every" | "each"] | [.., "out", "of"] if whole::named_between(s, a, b) => {
            Join::In
        }
        _ => return None,
    })
}

/// Whether two numbers can be the pair that stands between them.
fn fits(s: &Sentence, a: &Item, b: &Item, join: Join, words: &[&str]) -> bool {
    let whole = |x: &Item| x.n.value.fract().is_zero();
    match join {
        Join::In => {
            let ordered = (a.n.value <= b.n.value || words == ["over"]) && b.n.value >= Decimal::TWO;
            let year =
                b.n.plain(s) && s.word(b.n.tokens.start).len() == 4 && b.unit.is_none() && words == ["in"];
            let duration = b.unit.as_ref().is_some_and(|u| u.def.is_some() && !u.doubtful);
            let counted_a = a.end > a.number.end;
            let slash = words == ["/"];
            // "two in 10 days" speaks of days; "5 of 10 percent" is no share
            ordered
                && !year
                && !duration
                && !counted_a
                && whole(a)
                && (!slash || b.n.value > Decimal::from(31) || a.n.value > Decimal::from(12))
        }
        Join::Hyphen if words == ["for"] => true,
        Join::Hyphen => {
            let unit = b.unit.is_some();
            whole(a)
                && whole(b)
                && !unit
                && (a.n.form == Form::Digits) == (b.n.form == Form::Digits)
                && score::is_score(s, a, b)
        }
        Join::Colon => {
            b.n.value < Decimal::ONE_HUNDRED
                && b.unit.is_none()
                && (b.n.value < Decimal::TEN && s.word(b.n.tokens.start).chars().count() == 1
                    || a.n.value > Decimal::from(24))
        }
        Join::To => b.unit.is_none() && whole(a) && whole(b),
        Join::For => true,
    }
}
