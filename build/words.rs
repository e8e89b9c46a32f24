//! Compiles the word lists `data/en/*.toml` named below into static tables.
//!
//! A list is a TOML file of sections. An array of strings becomes a set, a table of integers or strings a
//! map, a table of arrays a map from each word to the name of its array. A word given twice in one section fails the build with the file and the section.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::table;

/// The lists: file name without ending = name of the Rust module.
const LISTS: [&str; 9] = [
    "abbreviations",
    "numbers",
    "comparators",
    "identifiers",
    "counted",
    "topics",
    "crosscheck",
    "sums",
    "subjects",
];

/// Writes `words.rs` into `out`.
pub fn compile(out: &Path) {
    let mut code = String::new();
    for list in LISTS {
        let path = format!("data/en/{list}.toml");
        println!("cargo:rerun-if-changed={path}");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        if list == "numbers" {
            add_triggers(&path, &mut table);
        }
        let _ = writeln!(code, "/// Words of `{path}`.\npub mod {list} {{");
        for (section, value) in &table {
            let _ = writeln!(code, "/// Section `{section}`.");
            code.push_str(&section_code(&path, section, value));
        }
        code.push_str("}\n");
    }
    std::fs::write(out.join("words.rs"), code).expect("OUT_DIR is writable");
}

/// Adds the words of the sections of numerals to the list `triggers`.
fn add_triggers(path: &str, table: &mut toml::Table) {
    let words = |section: &str| match table.get(section) {
        Some(toml::Value::Array(words)) => {
            words.iter().filter_map(|w| w.as_str()).map(str::to_owned).collect()
        }
        Some(toml::Value::Table(entries)) => entries.keys().cloned().collect::<Vec<String>>(),
        _ => panic!("{path} [{section}]: missing"),
    };
    let sections =
        ["triggers", "small", "tens", "scales", "ordinals", "fractions", "vague", "multiples", "decades"];
    let all: BTreeSet<String> = sections.into_iter().flat_map(words).collect();
    table.insert("triggers".into(), all.into_iter().map(toml::Value::String).collect::<Vec<_>>().into());
}

fn section_code(path: &str, section: &str, value: &toml::Value) -> String {
    let name = section.to_uppercase();
    match value {
        toml::Value::Array(words) => {
            let mut seen = BTreeSet::new();
            for word in words {
                let word = word.as_str().unwrap_or_else(|| panic!("{path} [{section}]: expected strings"));
                assert!(seen.insert(word), "{path} [{section}]: {word:?} stands there twice");
            }
            format!("pub static {name}: crate::table::Set = {};\n", table::set(seen))
        }
        toml::Value::Table(lists) if lists.values().all(|v| v.is_array()) => {
            let mut seen = BTreeMap::new();
            for (list, words) in lists {
                for word in words.as_array().into_iter().flatten() {
                    let word =
                        word.as_str().unwrap_or_else(|| panic!("{path} [{section}]: expected strings"));
                    assert!(
                        seen.insert(word, format!("{list:?}")).is_none(),
                        "{path} [{section}]: {word:?} stands there twice"
                    );
                }
            }
            format!("pub static {name}: crate::table::Map<&'static str> = {};\n", table::map(seen))
        }
        toml::Value::Table(entries) => {
            let strings = entries.values().any(|v| v.is_str());
            let value = |word: &str, value: &toml::Value| match value {
                toml::Value::String(s) => format!("{s:?}"),
                toml::Value::Integer(n) if !strings => format!("{n}"),
                _ => {
                    panic!("{path} [{section}]: {word:?} must be a string or an integer like its neighbours")
                }
            };
            let map = table::map(entries.iter().map(|(word, v)| (word.as_str(), value(word, v))));
            let of = if strings { "&'static str" } else { "i64" };
            format!("pub static {name}: crate::table::Map<{of}> = {map};\n")
        }
        _ => panic!("{path} [{section}]: expected an array or a table"),
    }
}
