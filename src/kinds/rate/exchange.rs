//! Exchange rates: "the pound bought $1.2142", "103.20 yen to the dollar".

use crate::figure::{Dimension, Kind, Unit};
use crate::item::Item;
use crate::mention::Mention;
use crate::number;
use crate::sentence::TokenKind;
use crate::unit_phrase::{self, Found};

use super::{Context, money};

/// "the pound bought $1.2142", "$1.1104 to the euro", "103.20 yen to the dollar": an exchange rate.
pub(super) fn read(c: &Context, item: &Item) -> Option<Mention> {
    let s = c.s;
    let quoted = item.money.is_none().then(|| quoted_currency(c, item)).flatten();
    let money = item.money.as_ref().or(quoted.as_ref())?;
    let money_at = |i: usize| unit_phrase::after(s, i, c.region).filter(|u| u.kind == Kind::Money);
    let of = if s.lower(item.end) == "to" && matches!(s.lower(item.end + 1), "the" | "a" | "one") {
        money_at(item.end + 2)
    } else {
        None
    };
    let other = of.clone().or_else(|| {
        let start = item.cue.filter(|q| q.start < item.start).map_or(item.start, |q| q.start);
        let and = start.checked_sub(1).filter(|&i| {
            s.lower(i) == "and" && c.done.last().is_some_and(|m| m.kind == Kind::Rate && m.end == i)
        });
        let verb = and
            .map_or(start, |_| s.token_at(c.done.last().map_or(0, |m| m.span.start)))
            .checked_sub(1)
            .filter(|&i| s.lower(i) == "bought" || s.lower(i) == "buys")?;
        money_at(verb.checked_sub(1)?)
    })?;
    if other.code == money.code {
        return None;
    }
    let mut mention = c.mention(Kind::Rate, "exchange rate", item);
    money::in_main_unit(&mut mention, money);
    let end = of.map_or(item.end, |u| u.end);
    mention.unit = Some(Unit {
        code: format!("{}/{}", money.code, other.code).into(),
        name: format!("{} per {}", money.name, other.name).into(),
        dimension: Dimension::Rate,
        span: (end > item.end).then(|| s.span_of(item.end, end)),
    });
    mention.span = mention.span.join(s.span_of(item.start, end));
    mention.end = end;
    Some(mention)
}

/// "the rupee closed at 83.21 to the dollar": the currency that is the subject.
fn quoted_currency(c: &Context, item: &Item) -> Option<Found> {
    let s = c.s;
    let quoted = item.bare()
        && item.n.form == number::Form::Digits
        && s.lower(item.end) == "to"
        && matches!(s.lower(item.end + 1), "the" | "a" | "one");
    if !quoted {
        return None;
    }
    (item.start.saturating_sub(8)..item.start)
        .filter(|&i| s.kind(i) == TokenKind::Word)
        .find_map(|i| unit_phrase::after(s, i, c.region).filter(|u| u.kind == Kind::Money))
}
