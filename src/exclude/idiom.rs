//! Idioms: "cloud nine", "zero tolerance", "nine-to-five".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::before;
use crate::lexicon::identifiers::{IDIOM_WORDS, IDIOMS};
use crate::number::Numeral;
use crate::sentence::Sentence;

/// The idioms by their first words.
static IDIOMS_BY_FIRST: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut idioms: HashMap<&str, Vec<&str>> = HashMap::new();
    for idiom in IDIOMS.keys() {
        idioms.entry(idiom.split(' ').next().unwrap_or(idiom)).or_default().push(idiom);
    }
    idioms
});

/// Whether the numeral is part of an idiom.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    let (i, j, before) = (n.tokens.start, n.tokens.end, before(s, n));
    let (word, next) = (s.lower(i), s.lower(j));
    if IDIOM_WORDS.contains(word)
        && (0..4.min(i + 1)).any(|back| {
            let idioms = IDIOMS_BY_FIRST.get(s.lower(i - back));
            idioms.is_some_and(|idioms| idioms.iter().any(|idiom| s.starts_with(i - back, idiom)))
        })
    {
        return true;
    }
    match word {
        _ if next == "block" && s.lower(j + 1) == "of" => true,
        "million" | "billion" if next == "-" && s.lower(j + 1) == "dollar" => true,
        "a" if s.lower(i + 1) == "million"
            && (matches!(next, "thanks" | "times" | "reasons")
                || next == "-" && s.lower(j + 1) == "dollar") =>
        {
            true
        }
        "one" if next == "and" && s.lower(j + 1) == "all" => true,
        "half"
            if next == "-"
                && matches!(s.lower(j + 1), "year" | "time" | "brother" | "sister" | "baked" | "way") =>
        {
            true
        }
        "one" if before == "at" && matches!(next, "point" | "time" | "stage") => true,
        // "doubled down", a double-C rating
        "double" | "doubled" | "doubles" | "doubling" if next == "down" => true,
        "double" | "triple" | "single" if next == "-" && s.word(j + 1).len() == 1 && s.glued(j + 1) => true,
        "zero" if matches!((next, s.lower(j + 1)), ("-", "sum") | ("tolerance", _)) => true,
        "50" | "fifty" if next == "-" && matches!(s.lower(j + 1), "50" | "fifty") => true,
        "second" | "seconds" if matches!(before, "split" | "a" | "per" | "every") && !s.tag(j).is_noun() => {
            true
        }
        "nine" if next == "-" && s.lower(j + 1) == "to" => true,
        "single" => true,
        _ => false,
    }
}
