//! Idioms: "cloud nine", "zero tolerance", "nine-to-five".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::before;
use crate::lexicon::identifiers::IDIOMS;
use crate::number::Numeral;
use crate::sentence::Sentence;

/// The idioms by each of their words, with how many words stand before it.
static IDIOMS_BY_WORD: LazyLock<HashMap<&str, Vec<(usize, &str)>>> = LazyLock::new(|| {
    let mut idioms: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
    for idiom in IDIOMS.keys() {
        for (k, word) in idiom.split(' ').enumerate() {
            idioms.entry(word).or_default().push((k, idiom));
        }
    }
    idioms
});

/// Whether the numeral is part of an idiom.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    let (i, j, before) = (n.tokens.start, n.tokens.end, before(s, n));
    let (word, next) = (s.lower(i), s.lower(j));
    let said = |&(k, idiom): &(usize, &str)| i.checked_sub(k).is_some_and(|from| s.starts_with(from, idiom));
    if IDIOMS_BY_WORD.get(word).is_some_and(|idioms| idioms.iter().any(said)) {
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
        "50" | "fifty" if matches!(next, "-" | "/") && matches!(s.lower(j + 1), "50" | "fifty") => true,
        "50" | "fifty" if matches!(before, "-" | "/") && i > 1 && s.lower(i - 2) == word => true,
        "second" | "seconds" if matches!(before, "split" | "a" | "per" | "every") && !s.tag(j).is_noun() => {
            true
        }
        "single" => true,
        _ => false,
    }
}
