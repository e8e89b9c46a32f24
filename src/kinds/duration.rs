//! DURATION: "a two-day trip", "more than two decades", "the past two weeks".

use crate::figure::Kind;
use crate::item::{Item, Shape};
use crate::mention::Mention;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    let unit = item.unit.as_ref().filter(|u| u.kind == Kind::Duration)?;
    if matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    let mut mention = c.mention(Kind::Duration, "duration", item);
    mention.unit = Some(c.unit(unit));
    mention.modifies = c.modified(item);
    Some(mention)
}
