//! MONEY: "$50 billion", "€3.2m", "Rs 5 crore", "20 pence", "420 million Finnish markka".

use rust_decimal::Decimal;

use crate::figure::{Comparator, Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::mention::{Mention, Written};
use crate::number::Form;
use crate::unit_phrase::Found;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    if let Form::Figures(_, _, true) = item.n.form {
        return figures(c, item);
    }
    let found = item.money.as_ref()?;
    let mut mention = c.mention(Kind::Money, "money", item);
    let sum = matches!(item.shape, Shape::Sum(_));
    if !sum {
        in_main_unit(&mut mention, found);
    }
    mention.unit = Some(Unit { span: sign_span(c, found), ..c.unit(found) });
    mention.modifies = c.modified(item);
    Some(mention)
}

fn sign_span(c: &Context, found: &Found) -> Option<crate::Span> {
    let before_number =
        found.end > found.start && c.s.kind(found.end - 1) != crate::sentence::TokenKind::Number;
    before_number.then(|| c.s.span_of(found.start, found.end))
}

/// Cents and pence are given in the main unit.
pub(super) fn in_main_unit(mention: &mut Mention, found: &Found) {
    let Some(factor) = found.minor.and_then(|f| f.parse::<Decimal>().ok()) else { return };
    let times = |v: Decimal| v.checked_mul(factor).unwrap_or(v).normalize();
    mention.step = times(mention.step);
    mention.written = match mention.written.clone() {
        Written::Value(v) => Written::Value(times(v)),
        Written::Range(a, b) => Written::Range(times(a), times(b)),
        Written::Vague { lower, upper, open } => {
            Written::Vague { lower: times(lower), upper: times(upper), open }
        }
        parts => parts,
    };
}

/// "a seven-figure donation".
fn figures(c: &Context, item: &Item) -> Option<Mention> {
    let mut mention = c.mention(Kind::Money, "six figures", item);
    mention.comparator = Comparator::Vague;
    let sense = crate::currency::pick(crate::currency::by_symbol("$"), c.region)?;
    mention.unit = Some(Unit {
        code: sense.currency.code.into(),
        name: sense.currency.name.into(),
        dimension: Dimension::Money,
        span: None,
    });
    mention.modifies = c.modified(item);
    Some(mention)
}
