//! MEASUREMENT: "152mm shells", "90 F", "a magnitude-6.1 quake", "40 mph".

use crate::figure::{Dimension, Kind};
use crate::item::{Item, Shape};
use crate::mention::{Mention, Written};
use crate::unit_phrase::{self, Found};

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if matches!(item.shape, Shape::Parts(..)) || item.money.is_some() {
        return None;
    }
    if let Some(found) = magnitude(c, item)
        .or_else(|| quake(c, item))
        .or_else(|| below_zero(c, item))
        .or_else(|| weather(c, item))
    {
        let mut mention = c.mention(Kind::Measurement, "measurement", item);
        if found.dimension == Dimension::Temperature
            && c.s.lower(item.end) == "below"
            && let Written::Value(v) = mention.written
        {
            mention.written = Written::Value(-v.abs());
        }
        mention.unit = Some(c.unit(&found));
        mention.modifies = c.modified(item);
        if c.s.lower(item.end) == "below" && c.s.lower(item.end + 1) == "zero" {
            mention.end = item.end + 2;
        }
        return Some(mention);
    }
    if super::percentage::is_point(c, item) {
        // "12-point type"
        let typeset = matches!(c.s.lower(item.end), "type" | "font" | "print" | "text");
        let found = unit_phrase::with_code("[pnt]", item.end, item.end).filter(|_| typeset)?;
        let mut mention = c.mention(Kind::Measurement, "points of type", item);
        mention.unit = Some(c.unit(&found));
        mention.modifies = c.modified(item);
        return Some(mention);
    }
    let unit = item.unit.as_ref().filter(|u| u.kind == Kind::Measurement)?;
    if countable(c, item, unit) {
        return None;
    }
    let found = degrees(c, item, unit).unwrap_or_else(|| unit.clone());
    let mut mention = c.mention(Kind::Measurement, "measurement", item);
    if found.code != unit.code {
        mention.choices.push(format!("degree: {}", found.code).into());
    }
    mention.unit = Some(c.unit(&found));
    mention.modifies = c.modified(item);
    Some(mention)
}

/// Unit words that count things here: "two World Cups", "three Stones albums".
fn countable(c: &Context, item: &Item, unit: &Found) -> bool {
    let capital = c.s.word(unit.start).starts_with(|ch: char| ch.is_uppercase())
        && c.s.word(unit.start).len() > 2
        && unit.dimension != Dimension::Temperature;
    unit.doubtful && capital && item.end - item.number.end == 1 && c.s.tag(unit.start).is_name()
}

/// "a 5.4 aftershock".
fn quake(c: &Context, item: &Item) -> Option<Found> {
    let noun = item.end + (c.s.word(item.end) == "-") as usize;
    let strong = item.bare()
        && item.n.form == crate::number::Form::Digits
        && item.n.value.scale() > 0
        && item.n.value < rust_decimal::Decimal::TEN;
    let named = |i: usize| {
        matches!(c.s.lower(i), "quake" | "earthquake" | "aftershock" | "tremor" | "temblor" | "foreshock")
    };
    let found = named(noun) || matches!(c.s.lower(noun), "magnitude") && named(noun + 1);
    // "the quake measured 5.8"
    let measured = matches!(c.before(item, 1), "measured" | "measuring" | "registered" | "of" | "at" | "to")
        && !c.s.tag(item.end).is_noun()
        && (item.start.saturating_sub(8)..item.start).any(named);
    (strong && (found || measured))
        .then(|| unit_phrase::with_code("{magnitude}", item.end, item.end))
        .flatten()
}

/// Units that stand before their number: "magnitude 6.1", "Mach 2", "a pH of 6".
fn magnitude(c: &Context, item: &Item) -> Option<Found> {
    let before = match c.before(item, 1) {
        "-" | "of" => c.before(item, 2),
        word => word,
    };
    let code = match before {
        "magnitude" => "{magnitude}",
        "mach" => "{mach}",
        "ph" => "[pH]",
        _ => return None,
    };
    if !item.bare() {
        return None;
    }
    unit_phrase::with_code(code, item.end, item.end)
}

/// "60 below zero", "20 below".
fn below_zero(c: &Context, item: &Item) -> Option<Found> {
    let at = item.end;
    let below = c.s.lower(at) == "below" && matches!(c.s.lower(at + 1), "zero" | "freezing" | "." | ",");
    if !below
        || !(item.bare()
            || item
                .unit
                .as_ref()
                .is_some_and(|u| u.dimension == Dimension::Angle || u.dimension == Dimension::Temperature))
    {
        return None;
    }
    item.unit
        .clone()
        .filter(|u| u.dimension == Dimension::Temperature)
        .or_else(|| unit_phrase::with_code(scale(c), at, at))
}

/// "temperatures of 45-plus", "the normal -27", "and +9 in the south": a bare number in a sentence on weather.
fn weather(c: &Context, item: &Item) -> Option<Found> {
    if !c.facts.weather
        || !item.bare()
        || item.n.scale > 0
        || item.n.value > rust_decimal::Decimal::from(150)
        || matches!(item.n.form, crate::number::Form::Ordinal | crate::number::Form::Multiple)
    {
        return None;
    }
    let signed = item.n.negative || c.before(item, 1) == "+";
    let placed = matches!(
        c.before(item, 1),
        "of" | "at"
            | "to"
            | "normal"
            | "hit"
            | "near"
            | "reached"
            | "reach"
            | "around"
            | "above"
            | "below"
            | "from"
            | "high"
            | "low"
            | "like"
    );
    let counted =
        crate::counted::phrase(c.s, item.end).is_some_and(|p| c.s.tag(p.head) == crate::tag::Tag::Nouns);
    if counted || !(signed || placed) {
        return None;
    }
    let code = spoken_scale(c);
    unit_phrase::with_code(code, item.end, item.end)
}

/// The temperature scale of the figures before, or that of the region.
fn spoken_scale(c: &Context) -> &'static str {
    c.done
        .iter()
        .rev()
        .filter_map(|m| m.unit.as_ref())
        .find(|u| u.dimension == Dimension::Temperature)
        .map_or(scale(c), |u| if u.code == "Cel" { "Cel" } else { "[degF]" })
}

/// The temperature scale that a region speaks in.
fn scale(c: &Context) -> &'static str {
    if matches!(c.region.as_str(), "US" | "PR" | "BS" | "BZ" | "KY" | "PW" | "FM" | "MH" | "LR") {
        "[degF]"
    } else {
        "Cel"
    }
}

/// "90 degrees": a temperature in the region's scale unless angles are spoken of.
fn degrees(c: &Context, item: &Item, unit: &Found) -> Option<Found> {
    let word = c.s.lower(unit.start);
    if !matches!(word, "degree" | "degrees" | "°" | "deg") || unit.end - unit.start > 1 {
        return None;
    }
    let angle = c.facts.angle;
    if item.n.form == crate::number::Form::Words
        && (0..c.s.len()).any(|i| {
            matches!(c.s.lower(i), "university" | "college" | "bachelor" | "law" | "honorary" | "doctorate")
        })
    {
        return Some(Found {
            code: "{degree}".into(),
            name: "degree".into(),
            dimension: Dimension::Count,
            ..unit.clone()
        });
    }
    let circle = matches!(item.n.value.normalize().to_string().as_str(), "360" | "180")
        && item.end < c.s.len()
        && !c.near(item, 8, &["temperature", "oven", "heat", "bake", "preheat"]);
    let code = if angle || circle { "deg" } else { spoken_scale(c) };
    unit_phrase::with_code(code, unit.start, unit.end)
}
