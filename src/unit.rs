//! The units of measure: what their names and symbols mean, and how they convert.
//!
//! The tables come from `data/units/*.toml`, one block a unit; `build.rs` compiles and checks them.

use rust_decimal::Decimal;

use crate::document::Region;
use crate::figure::{Dimension, Kind};

include!(concat!(env!("OUT_DIR"), "/units.rs"));

/// A unit of measure.
#[derive(Debug, PartialEq, Eq)]
pub struct UnitDef {
    /// Its case-sensitive UCUM code: `km`, `[mi_i]`, `[degF]`, `{decade}`.
    pub code: &'static str,
    /// Singular, British spelling: "kilometre".
    pub name: &'static str,
    /// Plural: "kilometres", "square feet".
    pub plural: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units one of it makes, a decimal or a ratio of two ("5/9"); empty if it does not convert.
    pub factor: &'static str,
    /// What is added before multiplying, in this unit: "459.67" for `[degF]`; empty if nothing.
    pub offset: &'static str,
    /// Code of the unit it converts to; empty if it does not convert.
    pub base: &'static str,
    /// The kind of figure it makes.
    pub kind: Kind,
    /// How it is abbreviated, the usual way first.
    pub symbols: &'static [&'static str],
}

/// How careful a reader of a word must be before it takes the word for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// After a number it is the unit.
    None,
    /// A symbol that is the unit only glued to its digits, or where nothing else is possible: "m", "in", "C".
    Glued,
    /// A word that needs further evidence, a hyphen or what is measured: "point", "foot", "stone".
    Context,
}

/// One of the meanings of a name or symbol.
#[derive(Debug)]
pub struct Sense {
    /// The unit meant.
    pub unit: &'static UnitDef,
    /// How careful to be.
    pub doubt: Doubt,
    /// Regions whose texts mean this unit by the word; empty = what all others mean.
    pub regions: &'static [&'static str],
    /// Words, in lower case, beside which this sense is meant: "gold" for the troy ounce.
    pub near: &'static [&'static str],
    /// Words, in lower case, of which one must stand in the sentence for this sense at all: "horse" for the hand.
    pub requires: &'static [&'static str],
}

/// Senses of a word or phrase, the likelier first: lower case, words separated by single spaces.
///
/// ```
/// use factfigures::unit;
/// assert_eq!(unit::by_name("square miles")[0].unit.code, "[smi_us]");
/// assert!(unit::by_name("containers").is_empty());
/// ```
pub fn by_name(lower: &str) -> &'static [Sense] {
    NAMES.get(lower).copied().unwrap_or_default()
}

/// How many words the longest name of a unit has that begins with this word; 0 if none does.
pub(crate) fn longest_name(first: &str) -> usize {
    NAME_STARTS.get(first).copied().unwrap_or(0)
}

/// Senses of a symbol exactly as written, the likelier first: "km", "sq ft", "°C", "mph", "kWh".
pub fn by_symbol(written: &str) -> &'static [Sense] {
    SYMBOLS.get(written).copied().unwrap_or_default()
}

/// The unit of a UCUM code, case-sensitive. Compound codes that are no unit of the lexicon give `None`.
pub fn by_code(code: &str) -> Option<&'static UnitDef> {
    UNITS.binary_search_by(|unit| unit.code.cmp(code)).ok().map(|at| &UNITS[at])
}

/// Every unit, sorted by code.
pub fn all() -> &'static [UnitDef] {
    &UNITS
}

/// A value in the base unit of its dimension, and that unit.
///
/// The value is exact up to the 28 digits of a [`Decimal`], trailing zeros removed. `None` for units
/// that do not convert, and where the result is out of range.
///
/// ```
/// use factfigures::unit;
/// let fahrenheit = unit::by_code("[degF]").unwrap();
/// let (value, kelvin) = unit::normalize(90.into(), fahrenheit).unwrap();
/// assert_eq!((value.round_dp(2).to_string().as_str(), kelvin.code), ("305.37", "K"));
/// ```
pub fn normalize(value: Decimal, unit: &UnitDef) -> Option<(Decimal, &'static UnitDef)> {
    let base = by_code(unit.base)?;
    let (over, under) = unit.factor.split_once('/').unwrap_or((unit.factor, "1"));
    let shifted = match unit.offset {
        "" => value,
        offset => value.checked_add(offset.parse().ok()?)?,
    };
    let scaled = shifted.checked_mul(over.parse().ok()?)?.checked_div(under.parse().ok()?)?;
    Some((scaled.normalize(), base))
}

/// The sense meant in a sentence that `has` these words: one whose own words are near, else the region's.
///
/// ```
/// use factfigures::{document::Region, unit};
/// let pick = |word: &str, text: &str| {
///     unit::pick_in(unit::by_name(word), Region::US, |w| text.contains(w)).map(|s| s.unit.code)
/// };
/// assert_eq!(pick("ounces", "an ounce of gold"), Some("[oz_tr]"));
/// assert_eq!(pick("ounces", "an ounce of flour"), Some("[oz_av]"));
/// assert_eq!(pick("hands", "with both hands"), None);
/// ```
pub fn pick_in(
    senses: &'static [Sense],
    region: Region,
    has: impl Fn(&str) -> bool,
) -> Option<&'static Sense> {
    let any = |words: &[&str]| words.iter().any(|w| has(w));
    if senses.iter().all(|sense| sense.near.is_empty() && sense.requires.is_empty()) {
        return pick(senses, region);
    }
    let possible = |sense: &&Sense| sense.requires.is_empty() || any(sense.requires);
    let near = || senses.iter().filter(possible).filter(|sense| any(sense.near));
    let code = region.as_str();
    near()
        .find(|sense| sense.regions.contains(&code))
        .or_else(|| near().find(|sense| sense.regions.is_empty()))
        .or_else(|| pick(senses, region).filter(possible))
        .or_else(|| senses.iter().find(possible))
}

/// The sense that texts of a region mean: the region's own, else the one that all others mean.
///
/// ```
/// use factfigures::{document::Region, unit};
/// let gallon = unit::by_name("gallon");
/// assert_eq!(unit::pick(gallon, Region::US).unwrap().unit.code, "[gal_us]");
/// assert_eq!(unit::pick(gallon, Region::GB).unwrap().unit.code, "[gal_br]");
/// ```
pub fn pick(senses: &[Sense], region: Region) -> Option<&Sense> {
    let code = region.as_str();
    let own = senses.iter().find(|sense| sense.regions.contains(&code));
    own.or_else(|| senses.iter().find(|sense| sense.regions.is_empty())).or(senses.first())
}
