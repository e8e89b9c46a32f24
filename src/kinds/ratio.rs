//! RATIO: "one in five", "two-thirds", "3-to-1", "39 of 76", "a 2:1 margin".

use rust_decimal::Decimal;

use crate::counted;
use crate::figure::{Dimension, Kind, Unit};
use crate::item::{self, Item, Join, Shape};
use crate::mention::{Mention, NounPhrase, Written};
use crate::number::Form;
use crate::tag::Tag;

use super::{Context, score};

/// The rule of "half", "two-thirds".
pub(crate) const FRACTION: &str = "fraction";

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    let (parts, quotient) = match (&item.shape, item.n.form) {
        // "14-22 FG": goals of tries
        (Shape::Parts(parts, Join::Hyphen), _)
            if matches!(c.s.word(item.end), "FG" | "FT" | "3PT" | "3FG")
                && parts.len() == 2
                && parts[0] <= parts[1] =>
        {
            (parts.clone(), parts[0].checked_div(parts[1]))
        }
        (Shape::Parts(parts, Join::In), _) => (parts.clone(), parts[0].checked_div(parts[1])),
        (Shape::Parts(parts, Join::For), _) if parts[0] <= parts[1] => {
            (parts.clone(), parts[0].checked_div(parts[1]))
        }
        (Shape::Parts(parts, Join::Colon | Join::For), _) => (parts.clone(), None),
        (Shape::Parts(parts, _), _) if score::is_odds(c, item, parts.len()) => (parts.clone(), None),
        (Shape::Single, Form::Fraction(a, b)) if item.bare() && stands_alone(c, item) => {
            (vec![Decimal::from(a), Decimal::from(b)], Some(item.n.value))
        }
        (Shape::Range(lower, upper), Form::Fraction(..)) if item.bare() => {
            return Some(fraction_range(c, item, *lower, *upper));
        }
        _ => return None,
    };
    // odds ("3-in-5") and tries ("2-for-4") are of nothing counted before
    let odds = c.s.lower(item.number.start + 1) == "-";
    let rule = if matches!(item.shape, Shape::Parts(..)) && !odds { "ratio" } else { FRACTION };
    let mut mention = c.mention(Kind::Ratio, rule, item);
    mention.written = Written::Parts(parts, quotient.map(rounded));
    if let Some(head) = item::whole_between(c.s, item.number.start + 1, item.number.end - 1) {
        mention.unit = Some(c.noun_unit(head));
        mention.counted = Some(NounPhrase { tokens: head..head + 1, head });
        return Some(mention);
    }
    mention.unit = Some(whole(c, item));
    mention.counted = counted::phrase(c.s, whole_at(c, item))
        .filter(|_| mention.unit.as_ref().is_some_and(|u| u.span.is_some()));
    Some(mention)
}

/// A quotient to four places, or to four significant digits where it is smaller.
pub(super) fn rounded(value: Decimal) -> Decimal {
    if value >= Decimal::new(1, 2) {
        return value.round_dp(4).normalize();
    }
    value.round_sf(4).unwrap_or(value).normalize()
}

fn fraction_range(c: &Context, item: &Item, lower: Decimal, upper: Decimal) -> Mention {
    let mut mention = c.mention(Kind::Ratio, "ratio range", item);
    mention.written = Written::Range(rounded(lower), rounded(upper));
    mention.unit = Some(whole(c, item));
    mention
}

/// Where the noun of the whole starts: after "of" and determiners.
fn whole_at(c: &Context, item: &Item) -> usize {
    let mut i = item.end;
    while matches!(
        c.s.lower(i),
        "of" | "all"
            | "the"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "those"
            | "these"
            | "every"
            | "“"
            | "my"
            | "your"
    ) {
        i += 1;
    }
    if matches!(c.s.tag(i), Tag::Num) && matches!(item.n.form, Form::Fraction(..)) { i + 1 } else { i }
}

/// What a ratio is called, which is no whole: "a 2:1 margin".
const MARGINS: [&str; 8] = ["margin", "majority", "ratio", "lead", "split", "edge", "advantage", "odds"];

/// The unit: the whole, where it is stated.
fn whole(c: &Context, item: &Item) -> Unit {
    let at = whole_at(c, item);
    let odds = matches!(item.shape, Shape::Parts(_, Join::To | Join::Hyphen | Join::For));
    let stated = (matches!(item.shape, Shape::Parts(..)) || at > item.end || c.s.lower(at) == "the") && !odds;
    match counted::phrase(c.s, at)
        .filter(|p| stated && c.s.tag(p.head) != Tag::Name && !MARGINS.contains(&c.s.lower(p.head)))
    {
        Some(phrase) => c.noun_unit(phrase.head),
        None => {
            Unit { code: "1".into(), name: "ratio".into(), dimension: Dimension::Dimensionless, span: None }
        }
    }
}

/// "a fifth consecutive month", "a third man" are ordinals and "half-brother" is a word; "a fifth vaped" is a share.
fn stands_alone(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let (i, end) = (item.number.start, item.end);
    let next = s.lower(end);
    let tag = s.tag(end);
    if matches!(s.lower(i), "half")
        && (next == "-"
            || matches!(next, "time" | "brother" | "sister" | "way" | "century" | "back" | "an" | "hour")
                && next != "an")
    {
        return next == "-" && matches!(s.lower(end + 1), "price" | "million" | "share" | "cent");
    }
    if s.lower(i) == "half"
        && i > 0
        && matches!(
            s.lower(i - 1),
            "first" | "second" | "other" | "the" | "this" | "each" | "latter" | "opening"
        )
    {
        return false;
    }
    if s.lower(i) == "quarter" || (s.lower(i) == "a" && s.lower(i + 1) == "quarter" && next != "of") {
        return matches!(
            c.before(item, 1),
            "by" | "about" | "than" | "nearly" | "almost" | "some" | "up" | "down"
        ) || s.tag(end).is_verb();
    }
    let article = matches!(s.lower(i), "a" | "an") && item.number.len() == 2;
    !article
        || crate::number::does(s, end)
        || crate::number::compares(s, end)
        || !(tag.is_noun()
            || tag.is_adj()
            || tag == Tag::Num
            || matches!(tag, Tag::VerbParticiple)
            || next == "-"
            || matches!(next, "such" | "consecutive" | "straight"))
}
