//! Compiles `data/en/{nouns,verbs}.toml` into the tables of `src/lemma.rs`: inflected form → base form.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::{fs, path::Path};

use serde::Deserialize;

use crate::table;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Words that stay as they are.
    #[serde(default)]
    unchanged: String,
    /// Base forms that are inflected by rule, but are not found back by rule.
    regular: String,
    /// Base form → its other forms.
    irregular: BTreeMap<String, String>,
}

/// Writes `lemma.rs` into the build's output folder.
pub fn compile(out: &Path) {
    let nouns = table("data/en/nouns.toml", |noun| vec![plural(noun)]);
    let verbs = table("data/en/verbs.toml", verb_forms);
    let mut code = String::new();
    for (name, table) in [("NOUNS", nouns), ("VERBS", verbs)] {
        let map = table::map(table.iter().map(|(form, base)| (form.as_str(), format!("{base:?}"))));
        writeln!(code, "static {name}: crate::table::Map<&'static str> = {map};").expect("memory");
    }
    fs::write(out.join("lemma.rs"), code).expect("the build's output folder is writable");
}

fn table(path: &str, inflect: impl Fn(&str) -> Vec<String>) -> BTreeMap<String, String> {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let words: Words = toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for (base, forms) in &words.irregular {
        for form in forms.split_whitespace() {
            if let Some(other) = table.insert(form.to_string(), base.clone()) {
                panic!("{path}: {form} belongs to both {other} and {base}");
            }
        }
    }
    for base in words.regular.split_whitespace() {
        for form in inflect(base) {
            table.entry(form).or_insert_with(|| base.to_string());
        }
    }
    let bases = words.unchanged.split_whitespace().chain(words.regular.split_whitespace());
    for base in bases.chain(words.irregular.keys().map(String::as_str)) {
        table.entry(base.to_string()).or_insert_with(|| base.to_string());
    }
    table
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

fn verb_forms(verb: &str) -> Vec<String> {
    let (past, ing) = match verb.strip_suffix('e') {
        Some(stem) if stem.ends_with(['e', 'o', 'y']) => (format!("{verb}d"), format!("{verb}ing")),
        Some(stem) => {
            let ing = stem.strip_suffix('i').map_or(format!("{stem}ing"), |s| format!("{s}ying"));
            (format!("{verb}d"), ing)
        }
        None => (format!("{verb}ed"), format!("{verb}ing")),
    };
    vec![plural(verb), past, ing]
}
