//! Compiles the words that the context readers look up: `data/en/{changes,attribution,modality}.toml`.
//!
//! Every verb is entered in all its forms, so that a reader asks once with the word as it stands.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::table;

type Lists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    verbs: Lists,
    nouns: Lists,
    adverbs: Lists,
    comparatives: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attributions {
    verbs: Lists,
    sources: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Modalities {
    modals: Lists,
    verbs: Lists,
    objects: Lists,
    adverbs: Lists,
    adjectives: Lists,
    nouns: Lists,
    conjunctions: Lists,
}

/// Writes `context.rs` into `out`.
pub fn compile(out: &Path) {
    let changes: Changes = read("changes");
    let attribution: Attributions = read("attribution");
    let modality: Modalities = read("modality");
    let mut code = String::new();

    let change = |list: &str| match list {
        "increase" => "ChangeVerb { direction: Some(Direction::Increase), object: false }",
        "decrease" => "ChangeVerb { direction: Some(Direction::Decrease), object: false }",
        "increase_object" => "ChangeVerb { direction: Some(Direction::Increase), object: true }",
        "decrease_object" => "ChangeVerb { direction: Some(Direction::Decrease), object: true }",
        "unchanged" => "ChangeVerb { direction: Some(Direction::Unchanged), object: false }",
        "open" => "ChangeVerb { direction: None, object: false }",
        other => panic!("changes.toml: unknown list {other}"),
    };
    map(&mut code, "CHANGE_VERBS", "ChangeVerb", once("changes verbs", &changes.verbs, verb_forms), change);
    map(&mut code, "CHANGE_NOUNS", "Direction", once("changes nouns", &changes.nouns, noun_forms), direction);
    map(&mut code, "CHANGE_ADVERBS", "Direction", once("changes adverbs", &changes.adverbs, same), direction);
    let comparatives = once("changes comparatives", &changes.comparatives, same);
    map(&mut code, "COMPARATIVES", "Direction", comparatives, direction);

    flags(
        &mut code,
        "REPORTING_VERBS",
        &attribution.verbs,
        verb_forms,
        &["say", "give", "put", "want", "quote"],
    );
    flags(&mut code, "SOURCE_NOUNS", &attribution.sources, noun_forms, &["documents", "surveys", "claims"]);

    for (name, lists, forms) in [
        ("MODALS", &modality.modals, same as fn(&str) -> Vec<String>),
        ("MODAL_VERBS", &modality.verbs, verb_forms),
        ("MODAL_OBJECT_VERBS", &modality.objects, verb_forms),
        ("MODAL_ADVERBS", &modality.adverbs, same),
        ("MODAL_ADJECTIVES", &modality.adjectives, same),
        ("MODAL_NOUNS", &modality.nouns, noun_forms),
        ("CONJUNCTIONS", &modality.conjunctions, same),
    ] {
        map(&mut code, name, "Modality", once(name, lists, forms), modality_of);
    }
    std::fs::write(out.join("context.rs"), code).expect("writing context.rs");
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    let path = format!("data/en/{name}.toml");
    println!("cargo:rerun-if-changed={path}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn direction(list: &str) -> &'static str {
    match list {
        "increase" => "Direction::Increase",
        "decrease" => "Direction::Decrease",
        "unchanged" => "Direction::Unchanged",
        other => panic!("changes.toml: unknown list {other}"),
    }
}

fn modality_of(list: &str) -> &'static str {
    match list {
        "possible" => "Modality::Possible",
        "projected" => "Modality::Projected",
        "negated" => "Modality::Negated",
        "disputed" => "Modality::Disputed",
        "conditional" => "Modality::Conditional",
        other => panic!("modality.toml: unknown list {other}"),
    }
}

/// Every form with its list. A word that stands in two lists is an error; a form of one verb that happens
/// to be a form of another ("found", "fell") keeps its first list.
fn once(what: &str, lists: &Lists, forms: fn(&str) -> Vec<String>) -> BTreeMap<String, String> {
    let (mut entries, mut all) = (BTreeMap::new(), BTreeMap::new());
    for (list, words) in lists {
        for word in words {
            let base = word.split(' ').next().unwrap_or_default().to_owned();
            if let Some(before) = entries.insert(base.clone(), list) {
                panic!("{what}: \"{base}\" stands in {before} and in {list}");
            }
            for form in forms(word) {
                all.entry(form).or_insert_with(|| list.clone());
            }
        }
    }
    all
}

fn map(
    code: &mut String,
    name: &str,
    value: &str,
    entries: BTreeMap<String, String>,
    of: impl Fn(&str) -> &'static str,
) {
    let table = table::map(entries.iter().map(|(form, list)| (form.as_str(), of(list).to_owned())));
    writeln!(code, "pub(crate) static {name}: crate::table::Map<{value}> = {table};")
        .expect("writing to a string");
}

/// A table of bit sets: bit `i` says that the word stands in list `names[i]`.
fn flags(code: &mut String, name: &str, lists: &Lists, forms: fn(&str) -> Vec<String>, names: &[&str]) {
    let mut bits: BTreeMap<String, u8> = BTreeMap::new();
    for (list, words) in lists {
        let bit = names
            .iter()
            .position(|n| n == list)
            .unwrap_or_else(|| panic!("attribution.toml: unknown list {list}"));
        for form in words.iter().flat_map(|w| forms(w)) {
            *bits.entry(form).or_default() |= 1 << bit;
        }
    }
    let table = table::map(bits.iter().map(|(form, set)| (form.as_str(), set.to_string())));
    writeln!(code, "pub(crate) static {name}: crate::table::Map<u8> = {table};")
        .expect("writing to a string");
}

fn same(word: &str) -> Vec<String> {
    vec![word.to_owned()]
}

fn noun_forms(word: &str) -> Vec<String> {
    vec![word.to_owned(), s_form(word)]
}

/// "rise rose risen" → rise, rises, rising, rose, risen.
fn verb_forms(entry: &str) -> Vec<String> {
    let mut words = entry.split(' ').map(str::to_owned);
    let base = words.next().unwrap_or_default();
    let irregular: Vec<String> = words.collect();
    let doubled =
        irregular.iter().find_map(|w| w.strip_suffix("ed").filter(|stem| stem.len() == base.len() + 1));
    let ing = match (doubled, base.as_str()) {
        (Some(stem), _) => format!("{stem}ing"),
        (None, b) if short_closed(b) && !irregular.is_empty() => format!("{b}{}ing", &b[b.len() - 1..]),
        (None, b) if b.ends_with('e') && !b.ends_with("ee") => format!("{}ing", &b[..b.len() - 1]),
        (None, b) => format!("{b}ing"),
    };
    let mut forms = vec![base.clone(), s_form(&base), ing];
    if irregular.is_empty() {
        forms.push(match base.strip_suffix('e') {
            Some(stem) => format!("{stem}ed"),
            None => match base.strip_suffix('y').filter(|stem| !stem.ends_with(vowel)) {
                Some(stem) => format!("{stem}ied"),
                None => format!("{base}ed"),
            },
        });
    }
    forms.extend(irregular);
    forms
}

fn s_form(base: &str) -> String {
    if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        return format!("{base}es");
    }
    match base.strip_suffix('y').filter(|stem| !stem.ends_with(vowel)) {
        Some(stem) => format!("{stem}ies"),
        None if base == "go" => "goes".to_owned(),
        None => format!("{base}s"),
    }
}

/// Consonant, vowel, consonant at the end of a short word: its last letter doubles ("cut": "cutting").
fn short_closed(word: &str) -> bool {
    let c: Vec<char> = word.chars().rev().take(3).collect();
    word.len() <= 4
        && matches!(c[..], [a, b, d] if !vowel(a) && !matches!(a, 'w' | 'x' | 'y') && vowel(b) && !vowel(d))
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
