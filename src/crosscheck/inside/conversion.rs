//! "10 miles (26 km)": a quantity given twice, in two units.

use rust_decimal::Decimal;

use super::super::codes::code;
use super::super::verdict::{self, Converted, last_place};
use super::super::{Pair, Reason};
use super::{Scene, closing, finding, number, stated};
use crate::figure::{Comparator, Figure, Interval, Kind, RelationType};
use crate::lexicon::sums::{APART, MOVED, NORMS, RESTATING, RISE_OF};
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
        let apart = Degrees::of(a, b);
        let difference = apart.as_ref().filter(|_| is_difference(scene, first));
        converted.fits = match difference {
            Some(apart) => apart.fits(),
            None => converted.fits || apart.as_ref().is_some_and(Degrees::fits),
        };
        let sides = vec![scene.place(first), scene.place(i)];
        let unit = b.quantity.unit.as_ref();
        let unit = unit.map_or("", |u| unit::by_code(&u.code).map_or(&*u.name, |def| def.plural));
        let (x, y) = (scene.words(first), scene.words(i));
        let value = difference.map_or(converted.value, |apart| apart.expected);
        let value = number(value, if value.abs() < 10.into() { 2 } else { 0 });
        let note = match (converted.fits, difference) {
            (true, _) => format!("{x} and {y} are the same, as rounded."),
            (false, None) => format!("{x} is about {value} {unit}, not {y}: check the conversion."),
            (false, Some(_)) => {
                format!("A difference of {x} is about {value} {unit}, not {y}: check the conversion.")
            }
        };
        let reason = if converted.fits { Reason::Conversion } else { Reason::ConversionError };
        let mut pair = finding(converted.fits, reason, sides, note);
        pair.difference = if converted.fits || difference.is_some() { None } else { converted.difference };
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

/// Two temperatures taken for the difference of others, which starts from no zero: "1.5 degrees Celsius (2.7 Fahrenheit)
/// warmer".
struct Degrees {
    /// What the second should be.
    expected: Decimal,
    said: Decimal,
    slack: Decimal,
}

impl Degrees {
    fn of(a: &Figure, b: &Figure) -> Option<Degrees> {
        let (x, y) = (a.quantity.value?, b.quantity.value?);
        // Both are rounded: half a step each.
        let half = |v: Decimal| last_place(v) / Decimal::TWO;
        let (expected, slack) = match (code(a), code(b)) {
            ("Cel", "[degF]") => {
                (x.checked_mul(FAHRENHEIT)?, half(x).checked_mul(FAHRENHEIT)?.checked_add(half(y))?)
            }
            ("[degF]", "Cel") => {
                (x.checked_div(FAHRENHEIT)?, half(x).checked_div(FAHRENHEIT)?.checked_add(half(y))?)
            }
            _ => return None,
        };
        Some(Degrees { expected, said: y, slack: slack.min(Decimal::TWO) })
    }

    fn fits(&self) -> bool {
        self.expected.saturating_sub(self.said).abs() <= self.slack
    }
}

/// Whether the words say how far two temperatures are apart: "warmed by 3 degrees", "1.5 degrees above the average".
fn is_difference(scene: &Scene<'_>, first: usize) -> bool {
    let (a, b) = (&scene.group[first], &scene.group[first + 1]);
    let before = scene.before(a);
    let after = scene.after(b);
    let mut behind = after.trim_start_matches([')', ' ']).split(' ').map(|w| w.trim_end_matches('.'));
    // "above the seasonal average", not "above the valley"
    let compared = match behind.next() {
        Some("above" | "below") => behind.take(5).any(|w| NORMS.contains(w)),
        word => word.is_some_and(|w| APART.contains(w)),
    };
    let mut words = before.rsplit(' ');
    let by = words.next() == Some("by") && words.take(3).any(|w| MOVED.contains(w));
    compared || by || closing(&before, &RISE_OF).is_some()
}

/// Degrees Fahrenheit in one Celsius.
const FAHRENHEIT: Decimal = Decimal::from_parts(18, 0, 0, false, 1);

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
