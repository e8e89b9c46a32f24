//! PERCENTAGE: "12%", "0.5 percentage points", "25 basis points".

use crate::figure::{Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::mention::Mention;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    let unit = item.unit.as_ref()?;
    if unit.kind == Kind::Percentage {
        let mut mention = c.mention(Kind::Percentage, "percentage", item);
        mention.unit = Some(c.unit(unit));
        mention.modifies = c.modified(item);
        return Some(mention);
    }
    if !is_point(c, item) || !polled(c, item) {
        return None;
    }
    let mut mention = c.mention(Kind::Percentage, "points of a poll", item);
    mention.unit = Some(Unit {
        code: "{percentage_point}".into(),
        name: "percentage point".into(),
        dimension: Dimension::Fraction,
        span: c.unit(unit).span,
    });
    mention.choices.push("points: percentage points (poll or percentages around)".into());
    mention.modifies = c.modified(item);
    Some(mention)
}

/// Whether the item's unit is the word "point" or "points".
pub(super) fn is_point(c: &Context, item: &Item) -> bool {
    item.unit
        .as_ref()
        .is_some_and(|u| matches!(c.s.lower(u.start), "point" | "points" | "pts" | "pt" | "pts."))
}

/// Whether the sentence speaks of shares, so that a point is a percentage point.
fn polled(c: &Context, item: &Item) -> bool {
    let f = c.facts;
    let lead = f.lead
        || matches!(
            c.s.lower(item.end),
            "lead" | "race" | "edge" | "advantage" | "margin" | "gap" | "swing" | "bounce"
        );
    // "19 points in front of the Tories", "down two points"
    let ahead = matches!(c.s.lower(item.end), "ahead" | "behind" | "clear" | "adrift")
        || c.s.lower(item.end) == "in" && c.s.lower(item.end + 1) == "front"
        || matches!(c.before(item, 1), "by" | "up" | "down");
    f.index.is_none() && (!f.sport || f.poll) && (f.poll || lead || f.percent || f.politics && ahead)
}
