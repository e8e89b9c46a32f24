//! What the tagger looks at: words boiled down to a few numbers, and the features made of them.
//!
//! The trainer uses this very code, so what was learnt is what is asked.

use super::Tag;
use super::model::{Class, Lexicon};

/// Number of features of a token.
pub const FEATURES: usize = 27;

/// A feature: a template and its values, mixed into 64 bits.
pub type Feature = u64;

/// The features of one token.
pub type Features = [Feature; FEATURES];

/// A word as the features see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hash of the word with ASCII letters in lower case, digits as 0 and plain quotes and dashes.
    pub hash: u64,
    /// Its last eight bytes, the last one lowest.
    tail: u64,
    /// Its first four bytes.
    head: u64,
    /// How it is written: see [`shape`].
    shape: u64,
    /// What the lexicon knows of it.
    pub class: Class,
}

/// How much the capitals of a sentence say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Casing {
    /// Capitals mark names and the start of the sentence.
    Sentence,
    /// Most words are capitalised, as in a headline.
    Title,
    /// All capitals or none: they say nothing.
    None,
}

const HAS_UPPER: u64 = 1;
const HAS_LOWER: u64 = 1 << 1;
const UPPER_FIRST: u64 = 1 << 2;
const CASE: u64 = HAS_UPPER | HAS_LOWER | UPPER_FIRST;
const HAS_DIGIT: u64 = 1 << 3;
const HAS_HYPHEN: u64 = 1 << 4;
const HAS_PERIOD: u64 = 1 << 5;
const HAS_OTHER: u64 = 1 << 6;
const SINGLE: u64 = 1 << 7;
const TITLE: u64 = 1 << 8;
const UNCASED: u64 = 1 << 9;
const FIRST: u64 = 1 << 10;

/// The words of a sentence, with two empty ones on either side so that features may look around.
pub fn prepare<S: AsRef<str>>(words: &[S], lexicon: &Lexicon, out: &mut Vec<Word>) {
    out.clear();
    out.extend([Word::default(); 2]);
    let mut normal = Vec::with_capacity(32);
    for word in words {
        let word = word.as_ref();
        let mut prepared = if word.is_ascii() && !is_numeral(word) {
            ascii(word)
        } else {
            normalise(word, &mut normal);
            Word { shape: shape(word), ..normal.iter().fold(Word::EMPTY, |word, &b| word.push(b)) }
        };
        prepared.class = lexicon.class(prepared.hash);
        out.push(prepared);
    }
    let casing = casing(&out[2..]);
    let mut first = true;
    for word in &mut out[2..] {
        match casing {
            Casing::Sentence => {}
            Casing::Title => word.shape |= TITLE,
            Casing::None => word.shape = word.shape & !CASE | UNCASED,
        }
        if first {
            word.shape |= FIRST;
            first = word.shape & (CASE | HAS_DIGIT | UNCASED) == 0;
        }
    }
    out.extend([Word::default(); 2]);
}

impl Word {
    /// No bytes yet: the start of FNV-1a.
    const EMPTY: Word =
        Word { hash: 0xcbf2_9ce4_8422_2325, tail: 0, head: 0, shape: 0, class: Class::UNKNOWN };

    /// The word with one more byte.
    #[inline]
    fn push(self, b: u8) -> Word {
        let b = u64::from(b);
        let head =
            if self.head >> 24 == 0 && self.tail == self.head { self.head << 8 | b } else { self.head };
        Word { hash: (self.hash ^ b).wrapping_mul(0x0100_0000_01b3), tail: self.tail << 8 | b, head, ..self }
    }
}

/// A word in ASCII that is no numeral: what [`normalise`] and [`shape`] say of it, in one go.
fn ascii(word: &str) -> Word {
    let mut out = Word::EMPTY;
    for b in word.bytes() {
        let (normal, shape) = SORTS[usize::from(b) & 127];
        out = Word { shape: out.shape | u64::from(shape), ..out.push(normal) };
    }
    if word.as_bytes().first().is_some_and(u8::is_ascii_uppercase) {
        out.shape |= UPPER_FIRST;
    }
    if word.len() == 1 {
        out.shape |= SINGLE;
    }
    out
}

/// Every ASCII character as the weights know it, and its sort.
static SORTS: [(u8, u8); 128] = {
    let mut sorts = [(0, 0); 128];
    let mut b = 0;
    while b < 128 {
        let normal = if (b as u8).is_ascii_digit() { b'0' } else { (b as u8).to_ascii_lowercase() };
        sorts[b] = (normal, sort(b as u8) as u8);
        b += 1;
    }
    sorts
};

/// The sort of character of a byte.
const fn sort(b: u8) -> u64 {
    match b {
        b'A'..=b'Z' => HAS_UPPER,
        b'a'..=b'z' => HAS_LOWER,
        b'0'..=b'9' => HAS_DIGIT,
        b'-' => HAS_HYPHEN,
        b'.' => HAS_PERIOD,
        _ => HAS_OTHER,
    }
}

/// Brings a word into the form that the weights know.
fn normalise(word: &str, out: &mut Vec<u8>) {
    out.clear();
    if word.len() != 4 && is_numeral(word) {
        out.push(b'0');
        return;
    }
    if word.is_ascii() {
        out.extend(word.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() }));
        return;
    }
    for c in word.chars() {
        match c {
            '’' | '‘' | '`' | '´' => out.push(b'\''),
            '“' | '”' | '„' | '«' | '»' => out.push(b'"'),
            '–' | '—' | '−' | '‐' | '‑' => out.push(b'-'),
            '…' => out.extend(b"..."),
            _ => {
                let mut buffer = [0; 4];
                for lower in c.to_lowercase() {
                    out.extend(lower.encode_utf8(&mut buffer).bytes());
                }
            }
        }
    }
}

/// Whether a word is a number in digits. One of four bytes is more often a year.
fn is_numeral(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
}

/// Which sorts of characters a word has.
fn shape(word: &str) -> u64 {
    let mut shape = if word.len() == 1 { SINGLE } else { 0 };
    for b in word.bytes() {
        shape |= sort(b);
    }
    if word.chars().next().is_some_and(char::is_uppercase) {
        shape |= HAS_UPPER | UPPER_FIRST;
    }
    shape
}

fn casing(words: &[Word]) -> Casing {
    let (mut upper, mut lower, mut alphabetic, mut long_title, mut long_lower) = (false, false, 0, 0, 0);
    for word in words.iter().filter(|w| w.shape & (HAS_UPPER | HAS_LOWER) != 0) {
        alphabetic += 1;
        upper |= word.shape & HAS_UPPER != 0;
        lower |= word.shape & HAS_LOWER != 0;
        if word.tail >> 24 != 0 {
            match word.shape & UPPER_FIRST {
                0 => long_lower += 1,
                _ => long_title += 1,
            }
        }
    }
    if alphabetic >= 3 && !(upper && lower) {
        Casing::None
    } else if long_title >= 3 && long_title >= 5 * long_lower {
        Casing::Title
    } else {
        Casing::Sentence
    }
}

/// What the tags found so far tell about the next word.
#[derive(Clone, Copy, Debug)]
pub struct History {
    before: Tag,
    before2: Tag,
    /// The clause's last verb: an auxiliary's word, another verb's tag.
    verb: u64,
}

impl History {
    /// What is known before the first word.
    pub const START: History = History { before: Tag::X, before2: Tag::X, verb: 0 };

    /// What is known after `word` was tagged.
    pub fn after(self, word: &Word, tag: Tag) -> History {
        let verb = match tag {
            Tag::Aux | Tag::Modal => word.hash,
            Tag::Cconj | Tag::Sconj | Tag::Relative => 1,
            _ if tag.is_verb() => 2 + tag as u64,
            _ => self.verb,
        };
        History { before: tag, before2: self.before, verb }
    }
}

/// The features of the word at `at` of `words` (as [`prepare`]d).
pub fn features(words: &[Word], at: usize, history: History) -> Features {
    let [a, w, z, z2] = [&words[at - 1], &words[at], &words[at + 1], &words[at + 2]];
    let (t, t2) = (history.before as u64 + 1, history.before2 as u64 + 1);
    let suffix = |w: &Word, n: u32| w.tail & ((1 << (8 * n)) - 1);
    let class = |w: &Word| u64::from(w.class.0);
    let case = w.shape & (CASE | TITLE | UNCASED | FIRST);
    let templates = [
        w.hash,
        suffix(w, 1),
        suffix(w, 3),
        suffix(w, 4),
        w.head,
        w.head >> 8,
        w.shape,
        w.shape << 32 | suffix(w, 3),
        t,
        t << 5 | t2,
        w.hash ^ t << 58,
        a.hash,
        z.hash,
        suffix(z, 3),
        w.hash.rotate_left(7) ^ a.hash,
        w.hash.rotate_left(7) ^ z.hash,
        t << 32 | class(z) << 10 | class(w),
        class(z),
        t << 48 | case << 16 | class(w),
        case << 32 | (a.shape & CASE) << 16 | z.shape & CASE,
        t << 32 | z.hash,
        class(w) << 32 | case,
        class(w) << 32 | suffix(w, 3),
        t << 32 | class(z) << 10 | class(z2),
        history.verb.rotate_left(16) ^ w.hash,
        history.verb.rotate_left(16) ^ t << 10 ^ class(w),
        class(a) << 32 | class(z) << 10 | class(w),
    ];
    let mut features = templates;
    for (k, feature) in features.iter_mut().enumerate() {
        *feature = mix(*feature, k as u64 + 1);
    }
    features
}

/// Spreads a template's value over 64 bits.
fn mix(value: u64, template: u64) -> Feature {
    let x = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (x ^ x >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}
