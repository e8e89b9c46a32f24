//! Base forms of nouns and verbs.
//!
//! Rules of spelling over two tables of exceptions, `data/en/nouns.toml` and `data/en/verbs.toml`.

use std::borrow::Cow;

include!(concat!(env!("OUT_DIR"), "/lemma.rs"));

/// What makes the base form of a word: how many of its bytes stay, and what is put behind them.
type Edit = (usize, &'static str);

/// Singular of a noun as written; a singular stays as it is.
///
/// The case of names stays ("Republicans", "iPads", "MPs"), other nouns are put in lower case.
///
/// ```
/// use factfigures::lemma::noun;
/// assert_eq!(noun("Countries", false), "country");
/// assert_eq!(noun("people", false), "person");
/// assert_eq!(noun("Republicans", true), "Republican");
/// ```
pub fn noun(word: &str, is_name: bool) -> Cow<'_, str> {
    if is_name || has_own_case(word) {
        let lower = word.to_ascii_lowercase();
        return apply(Cow::Borrowed(word), singular(&lower));
    }
    let word = lower_case(word);
    let edit = singular(&word);
    apply(word, edit)
}

/// Base form of a verb that is given in lower case.
///
/// ```
/// use factfigures::lemma::verb;
/// assert_eq!(verb("fell"), "fall");
/// assert_eq!(verb("planned"), "plan");
/// assert_eq!(verb("rising"), "rise");
/// ```
pub fn verb(word_lower: &str) -> Cow<'_, str> {
    apply(Cow::Borrowed(word_lower), base(word_lower))
}

/// Whether capitals belong to the word itself: acronyms and brands.
fn has_own_case(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let inner = word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    let (upper, lower, digit) =
        (has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase), has(u8::is_ascii_digit));
    upper && digit || inner && (lower || word.len() <= 3)
}

fn lower_case(word: &str) -> Cow<'_, str> {
    match word.chars().any(char::is_uppercase) {
        true => Cow::Owned(word.to_lowercase()),
        false => Cow::Borrowed(word),
    }
}

fn apply(word: Cow<'_, str>, (keep, add): Edit) -> Cow<'_, str> {
    match word {
        Cow::Borrowed(word) if add.is_empty() => Cow::Borrowed(&word[..keep]),
        Cow::Borrowed(word) => Cow::Owned([&word[..keep], add].concat()),
        Cow::Owned(mut word) => {
            word.truncate(keep);
            word.push_str(add);
            Cow::Owned(word)
        }
    }
}

/// The edit that makes `base` of `word`.
fn towards(word: &str, base: &'static str) -> Edit {
    let same = word.bytes().zip(base.bytes()).take_while(|(a, b)| a == b && a.is_ascii()).count();
    (same, &base[same..])
}

/// The rule for the first ending that fits: bytes to cut, ending to add.
fn by_ending(word: &str, rules: &[(&str, usize, &'static str)]) -> Edit {
    let rule = rules.iter().find(|(ending, ..)| word.ends_with(ending));
    rule.map_or((word.len(), ""), |(_, cut, add)| (word.len() - cut, add))
}

/// What follows the word that shows the number.
const TAILS: [&str; 4] = ["-in-law", "-general", "-up", "-by"];

fn singular(word: &str) -> Edit {
    if let Some(base) = NOUNS.get(word) {
        return towards(word, base);
    }
    for tail in TAILS {
        if let Some((keep, "")) = word.strip_suffix(tail).map(singular) {
            return (keep, tail);
        }
    }
    if let Some((first, last)) = word.rsplit_once('-') {
        // Aircraft and rifles ("F-16s"), but not years of life or of a century ("mid-80s").
        let model = first.len() <= 3 && first != "mid" && last.starts_with(|c: char| c.is_ascii_digit());
        let (keep, add) = if model { by_ending(last, &[("s", 1, "")]) } else { singular(last) };
        return (first.len() + 1 + keep, add);
    }
    let stem = word.strip_suffix('s').unwrap_or(word);
    if stem.len() < 2 || stem.bytes().all(|b| !b.is_ascii_alphabetic()) {
        return (word.len(), "");
    }
    if word.ends_with("uses") && !word.ends_with("ouses") && !word.ends_with("auses") && syllables(word) > 2 {
        return (word.len() - 2, "");
    }
    by_ending(word, NOUN_ENDINGS)
}

const NOUN_ENDINGS: &[(&str, usize, &str)] = &[
    ("'s", 2, ""),
    ("’s", "’s".len(), ""),
    ("children", 3, ""),
    ("men", 2, "an"),
    ("ss", 0, ""),
    ("us", 0, ""),
    ("is", 0, ""),
    ("ies", 3, "y"),
    ("sses", 2, ""),
    ("shes", 2, ""),
    ("ches", 2, ""),
    ("xes", 2, ""),
    ("zzes", 2, ""),
    ("oes", 2, ""),
    ("lyses", 2, "is"),
    ("theses", 2, "is"),
    ("crises", 2, "is"),
    ("s", 1, ""),
];

fn base(word: &str) -> Edit {
    if let Some(base) = VERBS.get(word) {
        return towards(word, base);
    }
    let has_vowel = |stem: &str| stem.bytes().any(|b| b"aeiouy".contains(&b));
    match word {
        _ if word.ends_with("eed") => {}
        _ if word.ends_with("ied") => return (word.len() - 3, if word.len() == 4 { "ie" } else { "y" }),
        _ if let Some(stem) = word.strip_suffix("ing").filter(|s| has_vowel(s)) => return unstem(stem),
        _ if let Some(stem) = word.strip_suffix("ed").filter(|s| has_vowel(s)) => return unstem(stem),
        _ if word.len() > 2 => return by_ending(word, VERB_ENDINGS),
        _ => {}
    }
    (word.len(), "")
}

const VERB_ENDINGS: &[(&str, usize, &str)] = &[
    ("ss", 0, ""),
    ("ies", 3, "y"),
    ("sses", 2, ""),
    ("shes", 2, ""),
    ("ches", 2, ""),
    ("xes", 2, ""),
    ("zzes", 2, ""),
    ("oes", 2, ""),
    ("s", 1, ""),
];

/// The base of a verb's form without -ed or -ing: as it is, without a doubled consonant, or with a silent e.
fn unstem(stem: &str) -> Edit {
    let as_is = (stem.len(), "");
    let with_e = (stem.len(), "e");
    let when = |silent: bool| if silent { with_e } else { as_is };
    let bytes = stem.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    let (a, b, c) = match *bytes {
        [.., a, b, c] => (a, b, c),
        [b, c] => return when(vowel(b) && !vowel(c)),
        _ => return as_is,
    };
    let one_syllable = syllables(stem) == 1;
    if b == c && !vowel(c) {
        let belongs =
            matches!(c, b's' | b'f' | b'z') || c == b'l' && one_syllable || stem.len() == 3 && vowel(a);
        return (stem.len() - usize::from(!belongs), "");
    }
    match c {
        b'v' | b'c' | b'u' | b's' => with_e,
        b'z' => when(b != b't'),
        b'k' => when(vowel(b) && !vowel(a)),
        b'h' => when(one_syllable && matches!((a, b), (b'a' | b'e' | b'o', b't'))),
        b'w' | b'x' | b'y' | b'a' | b'e' | b'i' | b'o' => as_is,
        b'g' if b == b'n' => when(matches!(a, b'a' | b'e' | b'u')),
        b'g' => when(vowel(b) || matches!(b, b'd' | b'l' | b'r')),
        b'l' if !vowel(b) => when(!matches!(b, b'l' | b'r' | b'w')),
        b'r' if !vowel(b) => when(matches!(b, b't' | b'c')),
        b't' if b == b'a' && matches!(a, b'i' | b'u') => with_e,
        _ if !vowel(b) => as_is,
        _ if a == b'u' && stem.contains("qu") => when(b != b'e'),
        _ if vowel(a) => when((a, b) == (b'u', b'i') && matches!(c, b'd' | b'r')),
        _ if one_syllable => with_e,
        b't' => when(matches!(b, b'a' | b'o' | b'u')),
        b'n' | b'b' => when(b == b'i'),
        b'r' => when(matches!(b, b'a' | b'i' | b'u')),
        b'l' => when(matches!(b, b'i' | b'u')),
        b'm' => when(b == b'u'),
        b'd' => with_e,
        _ => as_is,
    }
}

/// Groups of vowels.
fn syllables(word: &str) -> usize {
    let vowel = |b: &u8| b"aeiouy".contains(b);
    let starts = word.as_bytes().windows(2).filter(|w| !vowel(&w[0]) && vowel(&w[1])).count();
    starts + usize::from(word.as_bytes().first().is_some_and(vowel))
}

#[cfg(test)]
mod tests {
    use super::{noun, verb};

    fn nouns(pairs: &str) {
        for pair in pairs.split_whitespace() {
            let (word, lemma) = pair.split_once('=').expect("plural=singular");
            assert_eq!(noun(word, false), lemma, "{word}");
            assert_eq!(noun(lemma, false), lemma, "a singular stays");
        }
    }

    #[test]
    fn plurals_of_common_nouns() {
        nouns("containers=container countries=country days=day ways=way buses=bus classes=class dishes=dish");
        nouns(
            "women=woman businessmen=businessman grandchildren=grandchild wives=wife leaves=leaf moves=move",
        );
        nouns(
            "houses=house causes=cause viruses=virus uses=use excuses=excuse crises=crisis analyses=analysis",
        );
        nouns(
            "movies=movie boxes=box prizes=prize quizzes=quiz heroes=hero shoes=shoe aches=ache beaches=beach",
        );
        nouns(
            "species=species headquarters=headquarters aircraft=aircraft data=data troops=troop media=media",
        );
        nouns(
            "rabbis=rabbi gurus=guru seats=seat glasses=glass bonuses=bonus lenses=lens criteria=criterion",
        );
        nouns(
            "cafés=café brothers-in-law=brother-in-law runners-up=runner-up F-16s=F-16 ATMs=ATM iPads=iPad",
        );
    }

    #[test]
    fn case_of_names_stays() {
        assert_eq!(noun("Republicans", true), "Republican");
        assert_eq!(noun("Iraqis", true), "Iraqi");
        assert_eq!(noun("Germanies", true), "Germany");
        assert_eq!(noun("Texas", true), "Texas");
        assert_eq!(noun("Women", true), "Woman");
        assert_eq!(noun("Containers", false), "container");
        assert_eq!(noun("TROOPS", false), "troop");
        assert_eq!(noun("1980s", false), "1980s");
    }

    #[test]
    fn forms_of_verbs() {
        let pairs = "fell=fall rising=rise said=say planned=plan visited=visit invited=invite tried=try died=die \
            dying=die seized=seize hoped=hope hopping=hop called=call controlled=control travelled=travel \
            added=add used=use being=be agreed=agree created=create treated=treat offered=offer cared=care \
            changed=change hanged=hang belonging=belong handled=handle focused=focus goes=go passes=pass \
            dies=die flies=fly bring=bring led=lead fed=feed need=need shed=shed paid=pay 's=be panicked=panic \
            quoted=quote required=require doubled=double tripled=triple climbed=climb dropped=drop \
            increased=increase plunged=plunge surged=surge slid=slide shrank=shrink halved=halve rose=rise";
        for pair in pairs.split_whitespace() {
            let (form, lemma) = pair.split_once('=').expect("form=base");
            assert_eq!(verb(form), lemma, "{form}");
        }
    }

    #[test]
    fn odd_words_do_no_harm() {
        for word in
            ["", "s", "'s", "’s", "-", "--", "é", "és", "És", "ing", "ed", "ied", "İNGS", "日本s", "-s", "s-"]
        {
            noun(word, false);
            noun(word, true);
            verb(word);
        }
    }
}
