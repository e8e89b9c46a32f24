//! `data/units/*.toml` → the tables of `src/unit.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use crate::lexicon::{self, Placed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: Vec<Spanned<Block>>,
}

/// One `[[unit]]` block; `data/units/README.md` says what each key means.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    code: String,
    name: String,
    plural: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    dimension: String,
    #[serde(default)]
    factor: String,
    #[serde(default)]
    offset: String,
    base: Option<String>,
    #[serde(default)]
    prefixes: Vec<String>,
    kind: Option<String>,
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default)]
    glued: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    rank: u8,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default)]
    tests: Vec<Test>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    text: String,
    #[serde(rename = "value")]
    _value: String,
    code: String,
    #[serde(rename = "region")]
    _region: Option<String>,
}

/// A unit after its prefixes are written out.
struct Unit {
    code: String,
    name: String,
    plural: String,
    names: Vec<String>,
    symbols: Vec<String>,
    factor: String,
    base: String,
    block: Block,
    place: String,
}

const KINDS: [&str; 6] = ["MEASUREMENT", "DURATION", "PERCENTAGE", "RATE", "RATIO", "COUNT"];

/// SI and binary prefixes: code, symbols, name, factor.
const PREFIXES: &[(&str, &[&str], &str, &str)] = &[
    ("p", &["p"], "pico", "0.000000000001"),
    ("n", &["n"], "nano", "0.000000001"),
    ("u", &["µ", "μ", "u"], "micro", "0.000001"),
    ("m", &["m"], "milli", "0.001"),
    ("c", &["c"], "centi", "0.01"),
    ("d", &["d"], "deci", "0.1"),
    ("h", &["h"], "hecto", "100"),
    ("k", &["k", "K"], "kilo", "1000"),
    ("M", &["M"], "mega", "1000000"),
    ("G", &["G"], "giga", "1000000000"),
    ("T", &["T"], "tera", "1000000000000"),
    ("P", &["P"], "peta", "1000000000000000"),
    ("E", &["E"], "exa", "1000000000000000000"),
    ("Ki", &["Ki"], "kibi", "1024"),
    ("Mi", &["Mi"], "mebi", "1048576"),
    ("Gi", &["Gi"], "gibi", "1073741824"),
    ("Ti", &["Ti"], "tebi", "1099511627776"),
];

/// Reads the blocks, checks them and writes `units.rs`.
pub fn build() -> Result<(), String> {
    let bases = lexicon::read_table("data/dimensions.toml")?;
    let groups = lexicon::read_table("data/regions.toml")?;
    let mut units = Vec::new();
    for path in lexicon::files("data/units")? {
        for mut placed in lexicon::read_blocks(&path, |file: File| file.unit)? {
            place_regions(&mut placed, &groups)?;
            expand(placed, &bases, &mut units)?;
        }
    }
    check(&units)?;
    units.sort_by(|a, b| a.code.cmp(&b.code));
    lexicon::write_out("units.rs", &render(&units))
}

/// Writes out the groups of regions that a block names.
fn place_regions(placed: &mut Placed<Block>, groups: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    let mut regions = Vec::new();
    for name in std::mem::take(&mut placed.block.regions) {
        match groups.get(&name) {
            Some(group) => regions.extend(group.iter().cloned()),
            None if name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                regions.push(name)
            }
            None => return Err(format!("{}: no region or group {name:?}", placed.place)),
        }
    }
    placed.block.regions = regions;
    Ok(())
}

/// Adds the unit of a block and one unit for each of its prefixes.
fn expand(
    Placed { block, place }: Placed<Block>,
    bases: &BTreeMap<String, String>,
    units: &mut Vec<Unit>,
) -> Result<(), String> {
    let fail = |what: String| Err(format!("{place}: unit {:?}: {what}", block.code));
    let Some(base) = bases.get(&block.dimension) else {
        return fail(format!("unknown dimension {:?}", block.dimension));
    };
    if block.tests.is_empty() {
        return fail("has no test".to_owned());
    }
    if let Some(kind) = &block.kind
        && !KINDS.contains(&kind.as_str())
    {
        return fail(format!("unknown kind {kind:?}"));
    }
    for number in [&block.factor, &block.offset] {
        if !number.is_empty() && (number.split('/').any(|part| part.parse::<Decimal>().is_err())) {
            return fail(format!("{number:?} is neither a decimal nor a ratio of two"));
        }
    }
    let base = match (&block.base, block.factor.is_empty()) {
        (_, true) => String::new(),
        (Some(own), _) => own.clone(),
        (None, _) => base.clone(),
    };
    let start = units.len();
    for prefix in std::iter::once("").chain(block.prefixes.iter().map(String::as_str)) {
        let Some(unit) = prefixed(&block, &base, &place, prefix) else {
            return fail(format!("prefix {prefix:?} is unknown or makes the factor too large"));
        };
        units.push(unit);
    }
    let written =
        |entry: &String| units[start..].iter().any(|u| u.names.contains(entry) || u.symbols.contains(entry));
    if let Some(entry) = block.glued.iter().chain(&block.context).find(|entry| !written(entry)) {
        return fail(format!("doubts {entry:?}, which is none of its names and symbols"));
    }
    Ok(())
}

/// The unit of a block with one prefix; the empty prefix gives the block's own unit.
fn prefixed(block: &Block, base: &str, place: &str, prefix: &str) -> Option<Unit> {
    let (code, symbols, word, scale) = match prefix {
        "" => ("", &[""] as &[&str], "", ""),
        _ => *PREFIXES.iter().find(|(code, ..)| *code == prefix)?,
    };
    let mut names = Vec::new();
    let plural = block.plural.clone().unwrap_or_else(|| lexicon::plural(&block.name));
    for name in std::iter::once(&block.name).chain(&block.names) {
        lexicon::add_name(&mut names, &format!("{word}{name}"));
        if *name != block.name {
            lexicon::add_name(&mut names, &format!("{word}{}", lexicon::plural(name)));
        }
    }
    lexicon::add_name(&mut names, &format!("{word}{plural}"));
    let symbols =
        block.symbols.iter().flat_map(|symbol| symbols.iter().map(move |p| format!("{p}{symbol}"))).collect();
    let factor = if scale.is_empty() { block.factor.clone() } else { times(&block.factor, scale)? };
    Some(Unit {
        code: format!("{code}{}", block.code),
        name: format!("{word}{}", block.name),
        plural: format!("{word}{plural}"),
        names,
        symbols,
        factor,
        base: base.to_owned(),
        block: block.clone(),
        place: place.to_owned(),
    })
}

/// A factor ("0.3048", "5/9", or none) times the scale of a prefix.
fn times(factor: &str, scale: &str) -> Option<String> {
    let (over, under) = factor.split_once('/').map_or((factor, None), |(over, under)| (over, Some(under)));
    if over.is_empty() {
        return Some(String::new());
    }
    let product = over.parse::<Decimal>().ok()?.checked_mul(scale.parse().ok()?)?.normalize();
    Some(under.map_or(product.to_string(), |under| format!("{product}/{under}")))
}

/// Checks what only the whole lexicon shows: codes are unique, and those referred to exist.
fn check(units: &[Unit]) -> Result<(), String> {
    let mut codes: BTreeMap<&str, &Unit> = BTreeMap::new();
    for unit in units {
        if let Some(other) = codes.insert(&unit.code, unit) {
            return Err(format!("{}: unit {:?} is already at {}", unit.place, unit.code, other.place));
        }
        let names: Vec<&String> = std::iter::once(&unit.block.name).chain(&unit.block.names).collect();
        for list in [names, unit.block.symbols.iter().collect()] {
            let mut seen = BTreeSet::new();
            if let Some(entry) = list.into_iter().find(|entry| !seen.insert(*entry)) {
                return Err(format!("{}: unit {:?} lists {entry:?} twice", unit.place, unit.code));
            }
        }
    }
    for unit in units {
        if !unit.base.is_empty() && !codes.contains_key(unit.base.as_str()) {
            return Err(format!(
                "{}: unit {:?}: no unit {:?} to be its base",
                unit.place, unit.code, unit.base
            ));
        }
        for test in &unit.block.tests {
            // A test may be about a compound such as "USD/[gal_us]" that the grammar puts together.
            let known = codes.contains_key(test.code.as_str()) || test.code.contains('/');
            if !known {
                return Err(format!("{}: test {:?} expects unknown {:?}", unit.place, test.text, test.code));
            }
        }
    }
    Ok(())
}

/// The Rust source of the tables.
fn render(units: &[Unit]) -> String {
    let mut out = format!("static UNITS: [UnitDef; {}] = [\n", units.len());
    let (mut names, mut symbols) = (BTreeMap::new(), BTreeMap::new());
    for (index, unit) in units.iter().enumerate() {
        let block = &unit.block;
        writeln!(
            out,
            "    UnitDef {{ code: {:?}, name: {:?}, plural: {:?}, dimension: Dimension::{}, factor: {:?}, \
             offset: {:?}, base: {:?}, kind: Kind::{}, symbols: &{:?} }},",
            unit.code,
            unit.name,
            unit.plural,
            camel(&block.dimension),
            unit.factor,
            block.offset,
            unit.base,
            camel(block.kind.as_deref().unwrap_or("MEASUREMENT")),
            unit.symbols,
        )
        .expect("a string takes any text");
        for (table, entries) in [(&mut names, &unit.names), (&mut symbols, &unit.symbols)] {
            for entry in entries {
                let senses: &mut Vec<(u8, String)> = table.entry(entry.clone()).or_default();
                senses.push((block.rank, sense(index, entry, block)));
            }
        }
    }
    out.push_str("];\n");
    for (map, table, most) in [("NAMES", names, "MAX_NAME_WORDS"), ("SYMBOLS", symbols, "MAX_SYMBOL_WORDS")] {
        let what = if map == "NAMES" { "name" } else { "symbol" };
        writeln!(
            out,
            "/// Words in the longest {what} of a unit.\npub const {most}: usize = {};",
            lexicon::most_words(&table)
        )
        .expect("a string takes any text");
        if map == "NAMES" {
            lexicon::write_starts(&mut out, &table);
        }
        lexicon::write_map(&mut out, map, "Sense", &ranked(table));
    }
    out
}

/// The senses of each word, the likelier first.
fn ranked(table: BTreeMap<String, Vec<(u8, String)>>) -> BTreeMap<String, Vec<String>> {
    let order = |(word, mut senses): (String, Vec<(u8, String)>)| {
        senses.sort_by_key(|(rank, _)| *rank);
        (word, senses.into_iter().map(|(_, sense)| sense).collect())
    };
    table.into_iter().map(order).collect()
}

/// One sense of a word as Rust source.
fn sense(unit: usize, entry: &str, block: &Block) -> String {
    let doubt = lexicon::doubt(entry, &block.glued, &block.context);
    format!(
        "Sense {{ unit: &UNITS[{unit}], doubt: Doubt::{doubt}, regions: &{:?}, near: &{:?}, requires: &{:?} }}",
        block.regions, block.near, block.requires
    )
}

/// `AMOUNT_OF_SUBSTANCE` → `AmountOfSubstance`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_owned() + &word[1..].to_ascii_lowercase();
    name.split('_').filter(|part| !part.is_empty()).map(word).collect()
}
