//! "10 miles (26 km)": a quantity given twice, in two units.

use super::super::verdict::{self, Converted};
use super::super::{Pair, Reason};
use super::{Scene, number, stated};
use crate::figure::{Figure, Kind, RelationType};
use crate::unit;

/// Units of one name: a text may mean any of them.
const NAMESAKES: &[&[&str]] = &[
    &["[ston_av]", "[lton_av]", "t"],
    &["[gal_us]", "[gal_br]"],
    &["[pt_us]", "[pt_br]"],
    &["[mi_i]", "[nmi_i]"],
    &["[acr_us]", "[acr_br]"],
    &["[HP]", "{PS}"],
];

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for i in 1..scene.group.len() {
        let Some(first) = partner(scene, i) else { continue };
        let (a, b) = (&scene.group[first], &scene.group[i]);
        if !stated(a) || !stated(b) {
            continue;
        }
        let Some(converted) = best(a, b) else { continue };
        let sides = vec![scene.place(first), scene.place(i)];
        let unit = b.quantity.unit.as_ref();
        let unit = unit.map_or("", |u| unit::by_code(&u.code).map_or(&*u.name, |def| def.plural));
        let (x, y) = (scene.words(first), scene.words(i));
        let value = number(converted.value, if converted.value.abs() < 10.into() { 2 } else { 0 });
        let note = match converted.fits {
            true => format!("{x} and {y} are the same, as rounded."),
            false => format!("{x} is about {value} {unit}, not {y}: check the conversion."),
        };
        let reason = if converted.fits { Reason::Conversion } else { Reason::ConversionError };
        let mut pair = scene.sum(converted.fits, reason, sides, note);
        pair.difference = if converted.fits { None } else { converted.difference };
        out.push(pair);
    }
}

/// The figure that this one gives in another unit.
fn partner(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let (a, b) = (&scene.group[i - 1], &scene.group[i]);
    if a.kind != b.kind || !matches!(a.kind, Kind::Measurement | Kind::Duration) {
        return None;
    }
    let between = scene.between(a.span.end.max(a.number.end), b.span.start);
    let enclosed = b.relations.iter().any(|r| r.relation == RelationType::Conversion);
    // "12 miles, or 19 km, away"
    let restated = a.kind == Kind::Measurement
        && matches!(between, ", or" | "or" | "/" | ", or about" | "or about")
        && customary(a) != customary(b);
    (enclosed && between.trim_matches(['(', ' ']).len() <= 5 || restated).then_some(i - 1)
}

/// Whether the unit is one of the old ones, which UCUM puts in brackets.
fn customary(f: &Figure) -> bool {
    f.quantity.unit.as_ref().is_some_and(|u| u.code.contains('['))
}

/// The conversion with the namesakes of the units that fit best.
fn best(a: &Figure, b: &Figure) -> Option<Converted> {
    let own = verdict::convert(a, b)?;
    if own.fits {
        return Some(own);
    }
    let others = [a, b].map(namesakes);
    let tried = others[0].iter().flat_map(|x| others[1].iter().map(move |y| (x, y)));
    Some(tried.filter_map(|(x, y)| verdict::convert(x, y)).find(|c| c.fits).unwrap_or(own))
}

/// The figure in every unit that its unit's name may mean.
fn namesakes(f: &Figure) -> Vec<Figure> {
    let code = f.quantity.unit.as_ref().map_or("", |u| &u.code);
    let family = NAMESAKES.iter().find(|family| family.contains(&code));
    let mut out = vec![f.clone()];
    for other in family.into_iter().flat_map(|family| family.iter()).filter(|c| **c != code) {
        if let (Some(def), mut twin) = (unit::by_code(other), f.clone()) {
            if let Some(unit) = &mut twin.quantity.unit {
                unit.code = def.code.into();
            }
            out.push(twin);
        }
    }
    out
}
