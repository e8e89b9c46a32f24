//! "50 buses at $200,000 each, a total of $10 million": a number of things, the price of one and that of all.

use rust_decimal::Decimal;

use super::super::codes::{code, same_unit};
use super::super::verdict::last_place;
use super::super::{Pair, Reason};
use super::sum::joined;
use super::{Scene, closing, finding, number, opening, set_off, stated};
use crate::figure::{Comparator, Figure, Kind};
use crate::lexicon::sums::{
    ALTOGETHER, APIECE, AVERAGES, EXTRAS, OVER, PRICED, SPLITS, TAKINGS, TOTALS, YIELDS,
};

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for all in 2..scene.group.len() {
        out.extend(
            product(scene, [all - 2, all - 1, all])
                .or_else(|| product(scene, [all - 1, all - 2, all]))
                .or_else(|| average(scene, [all - 2, all - 1, all]))
                .or_else(|| average(scene, [all - 1, all - 2, all]))
                .or_else(|| shared(scene, [all - 2, all - 1, all]))
                .or_else(|| shared(scene, [all - 1, all - 2, all])),
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
    // "12 lamps at $20 each and three chairs"
    let apart = scene.gap(first, second);
    let (behind, after) = (scene.after(one), scene.after(all));
    let each =
        closing(&before, &PRICED).is_some() || opening(&behind, &APIECE).is_some() || one.kind == Kind::Rate;
    let extra = after.split(' ').next().is_some_and(|w| EXTRAS.contains(w));
    let follows = |rest: &str| set_off(rest) || matches!(rest, "each" | "apiece");
    let sum = closing(&between, &TOTALS).or_else(|| closing(&between, &TAKINGS)).is_some_and(follows)
        || closing(&between, &YIELDS).is_some_and(str::is_empty) && !extra
        || opening(&after, &ALTOGETHER).is_some();
    if !each
        || !sum
        || between.len() > 60
        || apart.len() > 60
        || apart.split(' ').any(|w| w == "and")
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
    Some(finding(fits, Reason::TotalArithmetic, sides, note))
}

/// "120 goals in 40 matches, an average of three a match": what all come to, how many they are, and what each has.
fn average(scene: &Scene<'_>, [total, number_of, each]: [usize; 3]) -> Option<Pair> {
    let (all, things, one) = (&scene.group[total], &scene.group[number_of], &scene.group[each]);
    let exact = |f: &Figure| stated(f) && f.quantity.comparator == Comparator::Exact;
    let (first, second) = match total < number_of {
        true => (scene.gap(all, things), scene.gap(things, one)),
        // "2 million phones for $800 million, or an average of $400"
        false => (scene.gap(things, all), scene.gap(all, one)),
    };
    let over = first.split(' ').next().is_some_and(|w| OVER.contains(w)) && first.split(' ').count() <= 3;
    let averaged = closing(&second, &AVERAGES).is_some_and(|rest| set_off(rest) || rest == ", or");
    let same = match (one.kind, code(one).split_once('/')) {
        // "three a game" leaves out of what
        (Kind::Rate, Some((of_what, per))) => of_what == code(all) || of_what == per && per == code(things),
        _ => one.kind == all.kind && same_unit(one, all),
    };
    // "2 million phones and 1 million tablets for $800 million"
    let listed = number_of.checked_sub(1).is_some_and(|i| i != total && joined(scene, i));
    let counts = !listed
        && things.kind == Kind::Count
        && matches!(all.kind, Kind::Count | Kind::Money | Kind::Measurement);
    if !over || !averaged || !same || !counts || ![all, things, one].into_iter().all(exact) {
        return None;
    }
    let (whole, n) = (range(all)?, things.quantity.value.filter(|n| *n > Decimal::ONE)?);
    let (low, high) = (whole.0.checked_div(n)?, whole.1.checked_div(n)?);
    let said = one.quantity.value?;
    // What is given as a whole number may be rounded to it.
    let slack = last_place(said).min(Decimal::ONE).max(said / Decimal::from(50));
    let fits = said.saturating_sub(slack) <= high && low <= said.saturating_add(slack);
    let (t, k, words) = (scene.words(total), scene.words(number_of), scene.words(each));
    let value = number(all.quantity.value?.checked_div(n)?, 2);
    let note = match fits {
        true => format!("{t} by {k} is {words}, as rounded."),
        false => format!("{t} by {k} is {value} each, not {words}: check all three."),
    };
    let sides = [each, total, number_of].into_iter().map(|i| scene.place(i)).collect();
    Some(finding(fits, Reason::TotalArithmetic, sides, note))
}

/// "The three brothers will share $900,000 equally, or $300,000 each.": how many they are, the whole, and the share of each.
fn shared(scene: &Scene<'_>, [number_of, total, each]: [usize; 3]) -> Option<Pair> {
    let (heirs, all, one) = (&scene.group[number_of], &scene.group[total], &scene.group[each]);
    // "$9 million was shared equally by six players, who got $1.5 million each"
    let (first, second) = match number_of < total {
        true => (scene.gap(heirs, all), scene.gap(all, one)),
        false => (scene.gap(all, heirs), scene.gap(heirs, one)),
    };
    let split = first.split(' ').any(|w| SPLITS.contains(w));
    let equal = opening(&scene.after(one), &APIECE).is_some() || one.kind == Kind::Rate;
    let given = |f: &Figure| stated(f) && f.quantity.comparator == Comparator::Exact;
    let kinds = heirs.kind == Kind::Count && all.kind == Kind::Money && currency(one)? == currency(all)?;
    let equally =
        second == ", or" || [&first, &second].iter().any(|gap| gap.split(' ').any(|w| w == "equally"));
    if !split
        || !equal
        || !equally
        || !kinds
        || first.len() > 40
        || second.len() > 40
        || ![heirs, all, one].into_iter().all(given)
    {
        return None;
    }
    let (whole, part, n) = (range(all)?, range(one)?, heirs.quantity.value.filter(|n| *n > Decimal::ONE)?);
    let (low, high) = (whole.0.checked_div(n)?, whole.1.checked_div(n)?);
    let fits = low <= part.1 && part.0 <= high;
    let (k, t, words) = (scene.words(number_of), scene.words(total), scene.words(each));
    let value = number(all.quantity.value?.checked_div(n)?, 2);
    let note = match fits {
        true => format!("{t} shared by {k} is {words}."),
        false => format!("{t} shared by {k} is {value} each, not {words}: check all three."),
    };
    let sides = [each, total, number_of].into_iter().map(|i| scene.place(i)).collect();
    Some(finding(fits, Reason::TotalArithmetic, sides, note))
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
