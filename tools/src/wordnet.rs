//! Which parts of speech a word may have, read from WordNet's index files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use factfigures::lemma;
use factfigures::tag::Tag;

/// The single words of a WordNet folder with their inflected forms, and the tags that each may take.
pub fn read(folder: &str) -> Result<BTreeMap<String, Vec<Tag>>, String> {
    let file = |name: &str| {
        let path = format!("{folder}/{name}");
        fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))
    };
    let mut words: BTreeMap<String, BTreeSet<Tag>> = BTreeMap::new();
    let mut add = |word: &str, tag| {
        words.entry(word.to_string()).or_default().insert(tag);
    };
    let names = names(&file("data.noun")?);
    for (index, tag) in [("noun", Tag::Noun), ("verb", Tag::Verb), ("adj", Tag::Adj), ("adv", Tag::Adv)] {
        for line in file(&format!("index.{index}"))?.lines() {
            let word = line.split(' ').next().unwrap_or_default();
            if word.is_empty() || !word.bytes().all(|b| b.is_ascii_lowercase()) {
                continue;
            }
            match tag {
                Tag::Noun if names.contains(word) => add(word, Tag::Name),
                Tag::Noun => {
                    add(word, tag);
                    add(&suffixed(word, "s"), Tag::Nouns);
                }
                Tag::Verb => {
                    add(word, tag);
                    add(&suffixed(word, "s"), Tag::VerbS);
                    for (suffix, tag) in [("ed", Tag::VerbPast), ("ing", Tag::VerbIng)] {
                        for form in [suffixed(word, suffix), doubled(word, suffix)] {
                            if lemma::verb(&form) == word {
                                add(&form, tag);
                            }
                        }
                    }
                }
                _ => add(word, tag),
            }
        }
        for line in file(&format!("{index}.exc"))?.lines() {
            let Some((form, _)) = line.split_once(' ') else { continue };
            let tag = match tag {
                Tag::Noun => Tag::Nouns,
                Tag::Verb if form.ends_with("ing") => Tag::VerbIng,
                Tag::Verb => Tag::VerbPast,
                Tag::Adj if form.ends_with("st") => Tag::AdjSuperlative,
                Tag::Adj => Tag::AdjComparative,
                _ => Tag::AdvComparative,
            };
            if form.bytes().all(|b| b.is_ascii_lowercase()) {
                add(form, tag);
            }
        }
    }
    Ok(words.into_iter().map(|(word, tags)| (word, tags.into_iter().collect())).collect())
}

/// Words that WordNet only writes with a capital.
fn names(data: &str) -> BTreeSet<String> {
    let mut capital = BTreeSet::new();
    let mut small = BTreeSet::new();
    for line in data.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let Some(count) = fields.get(3).and_then(|n| usize::from_str_radix(n, 16).ok()) else { continue };
        for word in fields.iter().skip(4).step_by(2).take(count) {
            let set = if word.starts_with(|c: char| c.is_uppercase()) { &mut capital } else { &mut small };
            set.insert(word.to_lowercase());
        }
    }
    capital.difference(&small).cloned().collect()
}

fn suffixed(word: &str, suffix: &str) -> String {
    if let Some(stem) = word.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        match suffix {
            "s" => return format!("{stem}ies"),
            "ed" => return format!("{stem}ied"),
            _ => {}
        }
    }
    let sibilant = word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh");
    match (suffix, word.strip_suffix('e')) {
        ("s", _) if sibilant => format!("{word}es"),
        ("ed" | "ing", Some(stem)) => format!("{stem}{suffix}"),
        _ => format!("{word}{suffix}"),
    }
}

fn doubled(word: &str, suffix: &str) -> String {
    let last = word.chars().last().unwrap_or_default();
    format!("{word}{last}{suffix}")
}
