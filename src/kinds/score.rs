//! SCORE: "a 3-2 win", "voted 52-48", "Celtics 121, Heat 99".

use crate::figure::{Dimension, Kind, Unit};
use crate::item::{Item, Join, Shape};
use crate::lexicon::topics::SIDES;
use crate::mention::Mention;

use super::Context;

/// Words of bets: the numbers are odds, hence a ratio.
pub(super) const ODDS: [&str; 10] =
    ["favourite", "favorite", "shot", "odds", "outsider", "ratio", "underdog", "bet", "chance", "leverage"];

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    let Shape::Parts(parts, join) = &item.shape else { return None };
    if !matches!(join, Join::Hyphen | Join::To) || is_odds(c, item, parts.len()) {
        return None;
    }
    let mut mention = c.mention(Kind::Score, "score", item);
    let voted = c.facts.vote;
    let goals = c.s.lower(item.end) == "goals";
    if voted || goals {
        let noun = if voted { "vote" } else { "goal" };
        mention.unit = Some(Unit {
            code: format!("{{{noun}}}").into(),
            name: noun.into(),
            dimension: Dimension::Count,
            span: None,
        });
    }
    Some(mention)
}

/// "100-1 shot", "a ratio of 3-to-1", "60-40": ratios in the shape of a score.
pub(super) fn is_odds(c: &Context, item: &Item, parts: usize) -> bool {
    let Shape::Parts(values, join) = &item.shape else { return false };
    if parts != 2 {
        return false;
    }
    if c.near(item, 3, &ODDS) {
        return true;
    }
    let sum = values[0].checked_add(values[1]).unwrap_or_default();
    let voted = c.facts.vote;
    match join {
        // "two wins to one"
        Join::To if SIDES.contains(c.s.lower(item.number.end.saturating_sub(3))) => false,
        Join::To => {
            !voted && (c.s.lower(item.number.start + 1) == "-" || values[1] == rust_decimal::Decimal::ONE)
        }
        Join::Hyphen => !voted && sum == rust_decimal::Decimal::ONE_HUNDRED && c.before(item, 1) != "by",
        _ => false,
    }
}
