//! NUMBER: "the Dow fell to 13,176", "an index of 104".

use crate::figure::{Comparator, Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::lexicon::counted::READINGS;
use crate::mention::Mention;
use crate::number::Form;

use super::{Context, percentage};

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if item.money.is_some() || matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    if let Form::Figures(_, _, false) = item.n.form {
        let mut mention = c.mention(Kind::Number, "double digits", item);
        mention.comparator = Comparator::Vague;
        mention.modifies = c.modified(item);
        return Some(mention);
    }
    if percentage::is_point(c, item) {
        // prices move by parts of a point too: "fell 1/4 point"
        let part =
            matches!(item.n.form, Form::Fraction(..)) || !item.n.value.fract().is_zero() && !c.facts.sport;
        if c.facts.index.is_none() && !part {
            return None;
        }
        let mut mention = c.mention(Kind::Number, "points of an index", item);
        mention.unit = Some(Unit {
            code: "{point}".into(),
            name: "point".into(),
            dimension: Dimension::Count,
            span: c.unit(item.unit.as_ref()?).span,
        });
        return Some(mention);
    }
    if let Some(sign) = par(c, item) {
        let mut mention = c.mention(Kind::Number, "strokes to par", item);
        if sign < 0
            && let crate::mention::Written::Value(v) = mention.written
        {
            mention.written = crate::mention::Written::Value(-v);
        }
        return Some(mention);
    }
    let digits = item.n.form == Form::Digits && item.unit.is_none();
    let placed = matches!(
        c.before(item, 1),
        "to" | "at"
            | "of"
            | "from"
            | ","
            | "was"
            | "is"
            | "above"
            | "below"
            | "by"
            | "stood"
            | "hit"
            | "reached"
            | "past"
            | "topped"
    ) || item.cue.is_some();
    let counted = crate::counted::phrase(c.s, item.end).is_some();
    if counted {
        return None;
    }
    if digits && (item.n.negative || measured(c, item) || scored(c, item)) {
        return Some(c.mention(Kind::Number, "reading", item));
    }
    let clause = |i: usize| i < item.start && !(i..item.start).any(|k| c.s.word(k) == ";");
    if digits && placed && c.facts.index.is_some_and(clause) {
        return Some(c.mention(Kind::Number, "index", item));
    }
    (digits && part(item)).then(|| c.mention(Kind::Number, "decimal", item))
}

/// "nine under par", "three over par", "leads at five under": the sign.
fn par(c: &Context, item: &Item) -> Option<i8> {
    let s = c.s;
    let next = s.lower(item.end + 1);
    let placed = matches!(c.before(item, 1), "at" | "to" | "was" | "is" | "finished" | "stands" | "a" | "on")
        && item.n.value < rust_decimal::Decimal::from(40)
        && matches!(next, "" | "." | "," | ";" | "after" | "through" | "for" | "with" | "and");
    let golf = item.bare() && (next == "par" || placed);
    match s.lower(item.end) {
        "under" if golf => Some(-1),
        "over" if golf => Some(1),
        _ => None,
    }
}

/// "batted .312": a decimal that no noun follows counts nothing.
fn part(item: &Item) -> bool {
    matches!(item.shape, Shape::Single)
        && item.n.scale == 0
        && item.n.letter.is_none()
        && item.n.value.scale() > 0
}

/// "signed for a 67", "chasing 184 to win": a score of one side.
fn scored(c: &Context, item: &Item) -> bool {
    item.n.plain(c.s)
        && (matches!(c.before(item, 1), "a" | "an") && !matches!(c.s.word(item.end), "-" | "–")
            || c.before(item, 1) == "chasing")
}

/// "a reading above 50", "an average of 3.9", "her IQ is 140": numbers of a scale without a unit.
fn measured(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let start = item.cue.filter(|q| q.start < item.start).map_or(item.start, |q| q.start);
    let from = start.saturating_sub(4);
    let link = start.checked_sub(1).map_or("", |i| s.lower(i));
    let linked = start > 0 && start < item.start
        || matches!(
            link,
            "of" | "is" | "was" | "at" | "to" | "averaged" | "stood" | "hit" | "reached" | "rate"
        );
    linked
        && item.n.scale == 0
        && (from..start).any(|i| {
            READINGS.contains(s.lower(i))
                || s.lower(i) == "number"
                    && i > 0
                    && matches!(s.lower(i - 1), "reproduction" | "magic" | "r" | "the")
        })
}
