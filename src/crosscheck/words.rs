//! The words of a sentence as cross-checking sees them: what they mean, whether they are names, where they stand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::Span;
use crate::lemma;
use crate::lexicon::crosscheck::{ANYONE, AROUND, COMMON, CONCEPTS, EMPTY, NAMELESS, PERSONS, THINGS};

/// A word that means something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The same for all words that mean the same.
    pub key: u64,
    pub span: Span,
    /// Written as a name.
    pub name: bool,
    /// Says little, because half of all news has it.
    pub common: bool,
    /// What it means, where the lexicon knows.
    pub concept: Option<&'static str>,
    /// The list of words around figures that has it.
    pub around: Option<&'static str>,
    /// Whether it stands behind "in", "at" or "for".
    pub placed: bool,
    /// Stretches between commas, dashes and conjunctions are counted from 0.
    pub part: u32,
}

/// The key of a word or name that is given in any case.
pub(super) fn key(word: &str) -> u64 {
    // sets the bit by which small letters differ from capitals, and which digits have
    hash(word, 0x2020_2020_2020_2020)
}

/// Eight bytes at a time, as most words have no more.
fn hash(word: &str, also: u64) -> u64 {
    let golden = 0x9e37_79b9_7f4a_7c15_u64;
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ (u64::from_le_bytes(bytes) | also)).wrapping_mul(golden);
    }
    hash ^ hash >> 32
}

/// What a word means: the key of its concept, or else of its base form, the concept, and whether half of all news has it.
pub(super) type Meaning = (u64, Option<&'static str>, bool);

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub meaning: Meaning,
    around: Option<&'static str>,
    /// Whether it means nothing of its own.
    empty: bool,
    /// Whether it is never a name, however it is written.
    nameless: bool,
    /// Whether it is one that cross-checking knows: no name at the head of a sentence.
    known: bool,
}

/// What is known of words, looked up once for each.
#[derive(Default)]
pub(super) struct Lexicon(HashMap<u64, Entry, Keyed>);

impl Lexicon {
    pub fn of(&mut self, word: &str) -> Entry {
        *self.0.entry(hash(word, 0)).or_insert_with(|| Entry::new(word))
    }
}

impl Entry {
    fn new(word: &str) -> Entry {
        let lower = lowered(word);
        let meaning = meaning(word);
        let noun = lemma::noun(&lower, false);
        let known = meaning.1.is_some() || meaning.2;
        Entry {
            meaning,
            around: AROUND.get(&lower).copied(),
            empty: EMPTY.contains_key(&lower),
            nameless: NAMELESS.contains_key(&lower),
            known: known || PERSONS.contains_key(&noun) || THINGS.contains_key(&noun),
        }
    }
}

/// For keys that are hashes already.
pub(super) type Keyed = BuildHasherDefault<AsItIs>;

/// Passes a key through, and mixes the parts of what is more than a key.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl AsItIs {
    fn mix(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.mix(u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 ^= key;
    }

    fn write_usize(&mut self, part: usize) {
        self.mix(part as u64);
    }

    fn write_isize(&mut self, part: isize) {
        self.mix(part as u64);
    }
}

/// What a word means: its concept, or else its base form.
pub(super) fn meaning(word: &str) -> Meaning {
    let lower = lowered(word);
    if let Some(concept) = CONCEPTS.get(&lower) {
        return (key(concept), Some(concept), COMMON.contains_key(&lower));
    }
    let noun = lemma::noun(&lower, false);
    let verb = lemma::verb(&noun);
    for form in [&*noun, &*verb, &*lemma::verb(&lower)] {
        if let Some(concept) = CONCEPTS.get(form) {
            return (key(concept), Some(concept), COMMON.contains_key(form));
        }
    }
    let common = [&*lower, &*noun, &*verb].iter().any(|form| COMMON.contains_key(form));
    if let Some(thing) = THINGS.get(&noun) {
        return (key(thing), None, common);
    }
    // "deliver" and "delivery", "measure" and "measurement"
    let stem = verb.char_indices().nth(7).map_or(&*verb, |(end, _)| &verb[..end]);
    (key(stem), None, common)
}

/// The key of what a word means, unless half of all news has it.
pub(super) fn telling(word: &str) -> Option<u64> {
    let (key, _, common) = meaning(word);
    (!common && !EMPTY.contains_key(&lowered(word))).then_some(key)
}

/// Whether a noun, in lower case and the singular, is one of persons.
pub(super) fn is_person(noun: &str) -> bool {
    PERSONS.contains_key(noun) || ANYONE.contains_key(noun)
}

/// The noun of a braced unit: `container` of `{container}`.
pub(super) fn braced(code: &str) -> Option<&str> {
    code.strip_prefix('{')?.strip_suffix('}')
}

pub(super) fn lowered(word: &str) -> Cow<'_, str> {
    match word.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
        true => word.to_lowercase().into(),
        false => word.into(),
    }
}

/// Every run of letters and digits in a stretch of text, without the possessive "'s", and what stands before it.
pub(super) fn runs(text: &str, span: Span) -> impl Iterator<Item = (Span, &str)> {
    let stretch = text.get(span.range()).unwrap_or("");
    let mut rest = stretch;
    std::iter::from_fn(move || {
        let before = rest;
        let start = stretch_end(rest, false);
        let word = rest.get(start..).filter(|word| !word.is_empty())?;
        let len = stretch_end(word, true);
        rest = &word[len..];
        if rest.starts_with(['\'', '’']) {
            for quote in ["'s", "’s"] {
                let after = rest.strip_prefix(quote);
                rest = after.filter(|a| !a.starts_with(char::is_alphanumeric)).unwrap_or(rest);
            }
        }
        let from = span.start + (stretch.len() - word.len()) as u32;
        Some((Span::new(from, from + len as u32), &before[..start]))
    })
}

/// Of each byte whether it is an ASCII letter or digit (1), another ASCII character (0), or of none (2).
const BYTES: [u8; 256] = {
    let mut table = [2; 256];
    let mut byte: usize = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() as u8;
        byte += 1;
    }
    table
};

/// Where a run of letters and digits, or of anything else, ends with which a text begins.
fn stretch_end(text: &str, alphanumeric: bool) -> usize {
    let own = u8::from(alphanumeric);
    let ascii = text.bytes().position(|b| BYTES[usize::from(b)] != own);
    let from = ascii.unwrap_or(text.len());
    match text.as_bytes().get(from) {
        Some(byte) if !byte.is_ascii() => {
            let rest = &text[from..];
            from + rest.find(|c: char| c.is_alphanumeric() != alphanumeric).unwrap_or(rest.len())
        }
        _ => from,
    }
}

/// The words of a sentence.
pub(super) struct Words {
    /// Those that mean something.
    pub telling: Vec<Word>,
    /// Where words of the lists stand that say of a figure what it is measured by or when: "still", "total", "annual".
    pub marks: Vec<(Span, &'static str)>,
}

/// The words of a sentence, without those in `skip`, which is in text order.
///
/// `is_name` says of a capitalised word at the head of a sentence, or in a headline, whether it is a name elsewhere.
pub(super) fn read(
    lexicon: &mut Lexicon,
    text: &str,
    sentence: Span,
    skip: &[Span],
    is_name: impl Fn(u64) -> bool,
) -> Words {
    let headline = sentence.start < HEADLINES && is_headline(text, sentence);
    let (mut words, mut marks) = (Vec::new(), Vec::new());
    let (mut part, mut skipped, mut first, mut place) = (0, 0, true, false);
    for (span, before) in runs(text, sentence) {
        while skip.get(skipped).is_some_and(|s| s.end <= span.start) {
            skipped += 1;
        }
        if skip.get(skipped).is_some_and(|s| s.start <= span.start) {
            first = false;
            continue;
        }
        let word = span.of(text);
        // most words have but a space before them
        let apart = before.as_bytes() != b" ";
        let breaks =
            apart && (before.contains([',', ';', ':', '(', ')', '—', '–']) || before.contains(" - "));
        if breaks || matches!(word, "and" | "while" | "but" | "But" | "And") {
            part += 1;
        }
        let opens = std::mem::replace(&mut first, false) || apart && opens(before);
        let Entry { meaning: (meant, concept, common), around, empty, nameless, .. } = lexicon.of(word);
        marks.extend(around.filter(|list| MARKS.contains(list)).map(|list| (span, list)));
        let placed = place;
        place = around == Some("place") || place && word == "the";
        if empty || word.len() <= 1 {
            continue;
        }
        let telling = word.starts_with(char::is_uppercase) && !nameless;
        let name = telling && if opens || headline { is_name(key(word)) } else { true };
        let key = if name && concept.is_none() { key(word) } else { meant };
        words.push(Word { key, span, name, common: common && !name, concept, around, placed, part });
    }
    Words { telling: words, marks }
}

const MARKS: [&str; 8] = ["still", "total", "bar", "before", "after", "forecast", "yearly", "monthly"];

/// Whether a sentence opens behind what stands before a word: a quotation mark, a colon, the dash of a dateline.
fn opens(before: &str) -> bool {
    before.contains(['"', '“', ':', '—', '–']) || before.contains(" - ")
}

/// Headlines stand within so many bytes from the start.
const HEADLINES: u32 = 400;

/// Whether a sentence is set in capitals, as headlines are: its case tells no names.
fn is_headline(text: &str, sentence: Span) -> bool {
    let (mut upper, mut all) = (0, 0);
    for (span, _) in runs(text, sentence) {
        let word = span.of(text);
        if word.len() > 3 && word.starts_with(char::is_alphabetic) {
            all += 1;
            upper += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    all >= 3 && upper * 3 > all * 2
}

/// The names of a text: its capitalised words that do not open a sentence, and apart from them those that do, which are
/// names if they are so elsewhere, or if a name follows: "Fenwold Analytics posted a loss".
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub sure: Vec<u64>,
    opening: Vec<u64>,
    pub leading: Vec<u64>,
}

impl Names {
    pub fn new(text: &str, lexicon: &mut Lexicon) -> Names {
        let mut names = Names::default();
        let (mut after_name, mut opener) = (false, None);
        let whole = Span::new(0, text.len() as u32);
        for (span, before) in runs(text, whole) {
            let word = span.of(text);
            let starts = || before.is_empty() || before.contains(['.', '!', '?', '\n']) || opens(before);
            let opens = before.as_bytes() != b" " && starts();
            let upper = word.starts_with(char::is_uppercase);
            let entry = (upper && word.len() > 1).then(|| lexicon.of(word));
            let telling = entry.is_some_and(|e| !e.empty && !e.nameless);
            let open = opens && !(after_name && before == ". ");
            if telling && !open {
                names.sure.push(key(word));
                names.leading.extend(opener.take().filter(|_| before == " "));
            }
            let opening = (telling && open).then(|| key(word));
            names.opening.extend(opening);
            opener = opening.filter(|_| entry.is_some_and(|e| !e.known));
            after_name = upper && word.len() == 1;
        }
        names.sure.sort_unstable();
        names.sure.dedup();
        names
    }

    /// All names of the text, given those of all texts, sorted.
    pub fn among(self, all: &[u64]) -> Vec<u64> {
        let Names { mut sure, opening, .. } = self;
        sure.extend(opening.into_iter().filter(|key| all.binary_search(key).is_ok()));
        sure.sort_unstable();
        sure.dedup();
        sure
    }
}
