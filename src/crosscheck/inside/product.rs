//! "50 buses at $200,000 each, a total of $10 million": a number of things, the price of one and that of all.

use rust_decimal::Decimal;

use super::super::{Pair, Reason};
use super::{Scene, closing, number, opening, set_off, stated};
use crate::figure::{Comparator, Figure, Kind};
use crate::lexicon::sums::{ALTOGETHER, APIECE, PRICED, TAKINGS, TOTALS};

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for all in 2..scene.group.len() {
        out.extend(
            product(scene, [all - 2, all - 1, all]).or_else(|| product(scene, [all - 1, all - 2, all])),
        );
    }
}

/// A number of things, the price of one, in either order, and what they make.
fn product(scene: &Scene<'_>, [number_of, price, total]: [usize; 3]) -> Option<Pair> {
    let (things, one, all) = (&scene.group[number_of], &scene.group[price], &scene.group[total]);
    let given = |f: &Figure| {
        stated(f) && matches!(f.quantity.comparator, Comparator::Exact | Comparator::Approximately)
    };
    if things.kind != Kind::Count || all.kind != Kind::Money || ![things, one, all].into_iter().all(given) {
        return None;
    }
    let (first, second) = if number_of < price { (things, one) } else { (one, things) };
    let (before, between) = (scene.before(one), scene.gap(second, all));
    let (behind, after) = (scene.after(one), scene.after(all));
    let each =
        closing(&before, &PRICED).is_some() || opening(&behind, &APIECE).is_some() || one.kind == Kind::Rate;
    let follows = |rest: &str| set_off(rest) || matches!(rest, "each" | "apiece");
    let sum = closing(&between, &TOTALS).or_else(|| closing(&between, &TAKINGS)).is_some_and(follows)
        || opening(&after, &ALTOGETHER).is_some();
    if !each
        || !sum
        || between.len() > 60
        || scene.gap(first, second).len() > 60
        || currency(one)? != currency(all)?
    {
        return None;
    }
    let (low, high) = product_of(range(things)?, range(one)?)?;
    let (least, most) = range(all)?;
    let value = things.quantity.value?.checked_mul(one.quantity.value?)?;
    let fits = low <= most && least <= high;
    let (n, p, t) = (scene.words(number_of), scene.words(price), scene.words(total));
    let note = match fits {
        true => format!("{n} at {p} make {t}."),
        false => format!("{n} at {p} make {}, not {t}: check all three.", number(value, 2)),
    };
    let sides = [total, number_of, price].into_iter().map(|i| scene.place(i)).collect();
    Some(scene.sum(fits, Reason::TotalArithmetic, sides, note))
}

/// The currency of a sum, or of a price.
fn currency(f: &Figure) -> Option<&str> {
    let code = &*f.quantity.unit.as_ref()?.code;
    matches!(f.kind, Kind::Money | Kind::Rate).then(|| code.split('/').next().unwrap_or(code))
}

/// The values that a figure may stand for, as rounded.
fn range(f: &Figure) -> Option<(Decimal, Decimal)> {
    let value = f.quantity.value.filter(|v| *v > Decimal::ZERO)?;
    let interval = f.quantity.interval?;
    Some((interval.lower.unwrap_or(value), interval.upper.unwrap_or(value)))
}

fn product_of(a: (Decimal, Decimal), b: (Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    Some((a.0.checked_mul(b.0)?, a.1.checked_mul(b.1)?))
}
