//! `data/currencies.toml` → the tables of `src/currency.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::lexicon::{self, Placed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    currency: Vec<Spanned<Currency>>,
}

/// One `[[currency]]` block; the head of the file says what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    code: String,
    name: String,
    plural: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    shared: Words,
    #[serde(default)]
    minor: Minor,
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default)]
    default: Vec<String>,
    #[serde(default)]
    glued: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    historic: bool,
    #[serde(rename = "until")]
    _until: Option<u16>,
    #[serde(default)]
    crypto: bool,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(rename = "tests")]
    tests: Vec<Test>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Minor {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    factor: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    #[serde(rename = "text")]
    _text: String,
    #[serde(rename = "value")]
    _value: String,
    #[serde(rename = "code")]
    _code: String,
    #[serde(rename = "region")]
    _region: Option<String>,
}

/// The senses of each word: whether it is the default reading, which currency, and the Rust source.
#[derive(Default)]
struct Table(BTreeMap<String, Vec<Entry>>);

struct Entry {
    currency: usize,
    minor: bool,
    default: bool,
    explicit: bool,
    doubt: &'static str,
    regions: Vec<String>,
}

/// Reads the blocks, checks them and writes `currencies.rs`.
pub fn build() -> Result<(), String> {
    let mut currencies = lexicon::read_blocks(Path::new("data/currencies.toml"), |file: File| file.currency)?;
    currencies.sort_by(|a, b| a.block.code.cmp(&b.block.code));
    if let Some([one, other]) = currencies.windows(2).find(|pair| pair[0].block.code == pair[1].block.code) {
        return Err(format!("{}: {:?} is already at {}", one.place, one.block.code, other.place));
    }
    let (mut names, mut symbols) = (Table::default(), Table::default());
    for (index, placed) in currencies.iter().enumerate() {
        check(placed)?;
        enter(index, &placed.block, &mut names, &mut symbols);
        doubts_exist(index, placed, &names, &symbols)?;
    }
    for (word, entries) in names.0.iter().chain(&symbols.0) {
        one_default(word, entries, &currencies)?;
    }
    lexicon::write_out("currencies.rs", &render(&currencies, names, symbols))
}

/// Checks a block by itself.
fn check(Placed { block, place }: &Placed<Currency>) -> Result<(), String> {
    let fail = |what: String| Err(format!("{place}: currency {:?}: {what}", block.code));
    if block.tests.is_empty() {
        return fail("has no test".to_owned());
    }
    let shared = [&block.shared.names, &block.shared.symbols, &block.minor.names, &block.minor.symbols];
    if let Some(word) = block.default.iter().find(|word| !shared.iter().any(|list| list.contains(word))) {
        return fail(format!("is the default of {word:?}, which is none of its words"));
    }
    let lists = [&block.names, &block.symbols].into_iter().chain(shared);
    let mut all: Vec<&String> = lists.flatten().collect();
    all.sort();
    if let Some([word, _]) = all.windows(2).find(|pair| pair[0] == pair[1]) {
        return fail(format!("lists {word:?} twice"));
    }
    if block.minor.factor.is_empty() != block.minor.names.is_empty() {
        return fail("minor unit needs both names and a factor".to_owned());
    }
    Ok(())
}

/// A word that a block doubts must be one that it enters.
fn doubts_exist(
    index: usize,
    Placed { block, place }: &Placed<Currency>,
    names: &Table,
    symbols: &Table,
) -> Result<(), String> {
    let entered = |table: &Table, word: &String| {
        table.0.get(word).is_some_and(|entries| entries.iter().any(|entry| entry.currency == index))
    };
    let doubted = block.glued.iter().chain(&block.context);
    match doubted.into_iter().find(|word| !entered(names, word) && !entered(symbols, word)) {
        Some(word) => {
            Err(format!("{place}: currency {:?}: doubts {word:?}, which is none of its words", block.code))
        }
        None => Ok(()),
    }
}

/// Enters every word of a currency into the tables.
fn enter(index: usize, block: &Currency, names: &mut Table, symbols: &mut Table) {
    let add = |table: &mut Table, word: &str, key: &str, minor: bool, explicit: bool| {
        let default = explicit || block.default.iter().any(|entry| entry == word);
        let regions = if default { Vec::new() } else { block.regions.clone() };
        let entries = table.0.entry(key.to_owned()).or_default();
        if entries.iter().all(|entry| entry.currency != index) {
            let doubt = lexicon::doubt(key, &block.glued, &block.context);
            entries.push(Entry { currency: index, minor, default, explicit, doubt, regions });
        }
    };
    let own = std::iter::once(&block.name).chain(&block.names);
    for (list, minor, explicit) in [
        (own.cloned().collect::<Vec<_>>(), false, true),
        (block.plural.iter().cloned().collect(), false, true),
        (block.shared.names.clone(), false, false),
        (block.minor.names.clone(), true, false),
    ] {
        for name in &list {
            let mut forms = Vec::new();
            lexicon::add_name(&mut forms, name);
            if !name.ends_with('s') {
                lexicon::add_name(&mut forms, &lexicon::plural(name));
            }
            for form in forms {
                add(names, name, &form, minor, explicit);
            }
        }
    }
    for symbol in std::iter::once(&block.code).chain(&block.symbols) {
        for form in spellings(symbol) {
            add(symbols, symbol, &form, false, true);
        }
    }
    for symbol in &block.shared.symbols {
        add(symbols, symbol, symbol, false, false);
    }
    for symbol in &block.minor.symbols {
        add(symbols, symbol, symbol, true, false);
    }
}

/// A symbol with the ways a careless hand writes it: "HK$" is also "hk$" and "HK $". Neither "A $" nor
/// "us $" are among them: "A $50 billion loan", "it gave us $5".
fn spellings(symbol: &str) -> Vec<String> {
    let mut forms = vec![symbol.to_owned()];
    if let Some(letters) = symbol.strip_suffix('$')
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        forms.push(symbol.to_ascii_lowercase());
        if letters.len() > 1 {
            forms.push(format!("{letters} $"));
        }
    }
    forms
}

/// A word of several currencies must have one that it means where the region decides nothing.
fn one_default(word: &str, entries: &[Entry], currencies: &[Placed<Currency>]) -> Result<(), String> {
    let defaults = entries.iter().filter(|entry| entry.default).count();
    if entries.len() == 1 || defaults == 1 {
        return Ok(());
    }
    let of: Vec<String> = entries
        .iter()
        .map(|entry| {
            let Placed { block, place } = &currencies[entry.currency];
            format!(
                "{} ({place}{}{})",
                block.code,
                mark(entry.default, ", default"),
                mark(entry.explicit, ", own")
            )
        })
        .collect();
    Err(format!("{word:?} means {} but needs exactly one default", of.join(", ")))
}

fn mark(holds: bool, text: &str) -> &str {
    if holds { text } else { "" }
}

/// The Rust source of the tables.
fn render(currencies: &[Placed<Currency>], names: Table, symbols: Table) -> String {
    let mut out = format!("static CURRENCIES: [Currency; {}] = [\n", currencies.len());
    for Placed { block, .. } in currencies {
        let plural = block.plural.clone().unwrap_or_else(|| lexicon::plural(&block.name));
        let symbols: Vec<&String> = block.symbols.iter().chain(&block.shared.symbols).collect();
        let minor = block.minor.names.first().map_or("", String::as_str);
        writeln!(
            out,
            "    Currency {{ code: {:?}, name: {:?}, plural: {plural:?}, historic: {}, crypto: {}, \
             symbols: &{symbols:?}, minor_name: {minor:?}, minor_factor: {:?} }},",
            block.code, block.name, block.historic, block.crypto, block.minor.factor,
        )
        .expect("a string takes any text");
    }
    out.push_str("];\n");
    for (map, table, most, what) in
        [("NAMES", names, "MAX_NAME_WORDS", "name"), ("SYMBOLS", symbols, "MAX_SYMBOL_WORDS", "symbol")]
    {
        let table = table.0.into_iter().map(sources).collect();
        writeln!(out, "/// Words in the longest {what} of a currency.").expect("a string takes any text");
        writeln!(out, "pub const {most}: usize = {};", lexicon::most_words(&table))
            .expect("a string takes any text");
        if map == "NAMES" {
            lexicon::write_starts(&mut out, &table);
        }
        lexicon::write_map(&mut out, map, "CurrencySense", &table);
    }
    out
}

/// The senses of a word as Rust source, the default first. A word of one currency needs no region.
fn sources((word, mut entries): (String, Vec<Entry>)) -> (String, Vec<String>) {
    entries.sort_by_key(|entry| !entry.default);
    let alone = entries.len() == 1;
    let source = |Entry { currency, minor, explicit, doubt, regions, .. }: &Entry| {
        let regions: &[String] = if alone { &[] } else { regions };
        format!(
            "CurrencySense {{ currency: &CURRENCIES[{currency}], minor: {minor}, regions: &{regions:?}, \
             explicit: {}, doubt: Doubt::{doubt} }}",
            *explicit || alone
        )
    };
    let senses = entries.iter().map(source).collect();
    (word, senses)
}
