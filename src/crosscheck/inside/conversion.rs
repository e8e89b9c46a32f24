//! "10 miles (26 km)": a quantity given twice, in two units.

use rust_decimal::Decimal;

use super::super::verdict::{self, Converted, code, last_place};
use super::super::{Pair, Reason};
use super::{Scene, number, stated};
use crate::figure::{Comparator, Figure, Interval, Kind, RelationType};
use crate::lexicon::sums::RESTATING;
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
        let Some(mut converted) = best(a, b) else { continue };
        converted.fits |= degrees_apart(a, b);
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
    let between = scene.gap(a, b);
    let enclosed = b.relations.iter().any(|r| r.relation == RelationType::Conversion);
    // "12 miles, or 19 km, away", "350 feet – some 110 metres – up"
    let words = between.trim_start_matches([',', '–', '—', ' ']);
    let dashed = words.is_empty() && between.starts_with(['–', '—']);
    let set_off = between == "," && scene.closes(b);
    let restated = a.kind == Kind::Measurement
        && (RESTATING.contains(words) || between == "/" || dashed || set_off)
        && customary(a) != customary(b);
    (enclosed && between.trim_matches(['(', ' ']).len() <= 5 || restated).then_some(i - 1)
}

/// "1.5 degrees Celsius (2.7 Fahrenheit) warmer": a difference of temperatures, which starts from no zero.
fn degrees_apart(a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (a.quantity.value, b.quantity.value) else { return false };
    let (celsius, fahrenheit) = match (code(a), code(b)) {
        ("Cel", "[degF]") => (x, y),
        ("[degF]", "Cel") => (y, x),
        _ => return false,
    };
    // Both are rounded: half a step each.
    let slack =
        (last_place(celsius).saturating_mul(DEGREES).saturating_add(last_place(fahrenheit))) / Decimal::TWO;
    celsius.saturating_mul(DEGREES).saturating_sub(fahrenheit).abs() <= slack.min(Decimal::TWO)
}

/// Degrees Fahrenheit in one Celsius.
const DEGREES: Decimal = Decimal::from_parts(18, 0, 0, false, 1);

/// Whether the unit is one of the old ones, which UCUM puts in brackets.
fn customary(f: &Figure) -> bool {
    f.quantity.unit.as_ref().is_some_and(|u| u.code.contains('['))
}

/// The conversion with the namesakes of the units that fit best.
fn best(a: &Figure, b: &Figure) -> Option<Converted> {
    let [a, b] = [a, b].map(unbounded);
    let own = verdict::convert(&a, &b)?;
    if own.fits {
        return Some(own);
    }
    let others = [&a, &b].map(namesakes);
    let tried = others[0].iter().flat_map(|x| others[1].iter().map(move |y| (x, y)));
    Some(tried.filter_map(|(x, y)| verdict::convert(x, y)).find(|c| c.fits).unwrap_or(own))
}

/// The figure without its bound: "up to 60 mph (95 km/h)" converts the 60.
fn unbounded(f: &Figure) -> Figure {
    let mut out = f.clone();
    let value = f.quantity.value;
    if value.is_some() && verdict::is_bound(f.quantity.comparator) {
        out.quantity.interval = Some(Interval { lower: value, upper: value, ..Interval::default() });
        out.quantity.comparator = Comparator::Exact;
    }
    out
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
