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
    head: u32,
    /// How it is written: see [`shape`].
    shape: u16,
    /// What the lexicon knows of it.
    pub class: Class,
}

/// What a sentence's capitals do not say, where they do not just mark names and its start.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Casing {
    /// Most words are capitalised, as in a headline.
    Title,
    /// All capitals or none: they say nothing.
    None,
}

impl Casing {
    /// The shape of a word in such a sentence.
    fn shape(self, shape: u16) -> u16 {
        match self {
            Casing::Title => shape | TITLE,
            Casing::None => shape & !CASE | UNCASED,
        }
    }
}

const HAS_UPPER: u16 = 1;
const HAS_LOWER: u16 = 1 << 1;
const UPPER_FIRST: u16 = 1 << 2;
const CASE: u16 = HAS_UPPER | HAS_LOWER | UPPER_FIRST;
const HAS_DIGIT: u16 = 1 << 3;
const HAS_HYPHEN: u16 = 1 << 4;
const HAS_PERIOD: u16 = 1 << 5;
const HAS_OTHER: u16 = 1 << 6;
const SINGLE: u16 = 1 << 7;
const TITLE: u16 = 1 << 8;
const UNCASED: u16 = 1 << 9;
const FIRST: u16 = 1 << 10;

/// The words of a sentence, with two empty ones on either side so that features may look around.
pub fn prepare<S: AsRef<str>>(words: &[S], lexicon: &Lexicon, out: &mut Vec<Word>) {
    out.clear();
    out.extend([Word::default(); 2]);
    out.extend(words.iter().map(|word| Word::read(word.as_ref(), lexicon)));
    if let Some(casing) = casing(&out[2..]) {
        out[2..].iter_mut().for_each(|word| word.shape = casing.shape(word.shape));
    }
    let first = first_words(&out[2..]);
    out[2..2 + first].iter_mut().for_each(|word| word.shape |= FIRST);
    out.extend([Word::default(); 2]);
}

/// How many words begin the sentence: those up to the first one with a letter or digit.
pub(super) fn first_words(words: &[Word]) -> usize {
    let opening = words.iter().take_while(|word| word.shape & (CASE | HAS_DIGIT | UNCASED) == 0).count();
    words.len().min(opening + 1)
}

impl Word {
    /// A word by itself, whatever sentence it stands in.
    pub(super) fn read(word: &str, lexicon: &Lexicon) -> Word {
        let mut out = if word.is_ascii() && !is_numeral(word) {
            ascii(word)
        } else {
            let bytes = normalise(word);
            Word { shape: shape(word), ..bytes.iter().fold(Word::EMPTY, |word, &b| word.push(b)) }
        };
        out.class = lexicon.class(out.hash);
        out
    }

    /// The word as it is written at the start of a sentence.
    pub(super) fn first(self) -> Word {
        Word { shape: self.shape | FIRST, ..self }
    }

    /// The word in a sentence whose capitals say less than others.
    pub(super) fn cased(self, casing: Casing) -> Word {
        Word { shape: casing.shape(self.shape), ..self }
    }

    /// Its last `n` bytes.
    fn suffix(&self, n: u32) -> u64 {
        self.tail & ((1 << (8 * n)) - 1)
    }

    /// What its capitals say.
    fn case(&self) -> u64 {
        u64::from(self.shape & (CASE | TITLE | UNCASED | FIRST))
    }

    /// No bytes yet: the start of FNV-1a.
    const EMPTY: Word =
        Word { hash: 0xcbf2_9ce4_8422_2325, tail: 0, head: 0, shape: 0, class: Class::UNKNOWN };

    /// The word with one more byte.
    #[inline]
    fn push(self, b: u8) -> Word {
        let begins = self.head >> 24 == 0 && self.tail == u64::from(self.head);
        let head = if begins { self.head << 8 | u32::from(b) } else { self.head };
        let b = u64::from(b);
        Word { hash: (self.hash ^ b).wrapping_mul(0x0100_0000_01b3), tail: self.tail << 8 | b, head, ..self }
    }
}

/// A word in ASCII that is no numeral: what [`normalise`] and [`shape`] say of it, in one go.
fn ascii(word: &str) -> Word {
    let mut out = Word::EMPTY;
    for b in word.bytes() {
        let (normal, shape) = SORTS[usize::from(b) & 127];
        out = Word { shape: out.shape | shape, ..out.push(normal) };
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
static SORTS: [(u8, u16); 128] = {
    let mut sorts = [(0, 0); 128];
    let mut b = 0;
    while b < 128 {
        let normal = if (b as u8).is_ascii_digit() { b'0' } else { (b as u8).to_ascii_lowercase() };
        sorts[b] = (normal, sort(b as u8));
        b += 1;
    }
    sorts
};

/// The sort of character of a byte.
const fn sort(b: u8) -> u16 {
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
fn normalise(word: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    if word.len() != 4 && is_numeral(word) {
        out.push(b'0');
        return out;
    }
    if word.is_ascii() {
        out.extend(word.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() }));
        return out;
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
    out
}

/// Whether a word is a number in digits. One of four bytes is more often a year.
fn is_numeral(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
}

/// Which sorts of characters a word has.
fn shape(word: &str) -> u16 {
    let mut shape = if word.len() == 1 { SINGLE } else { 0 };
    for b in word.bytes() {
        shape |= sort(b);
    }
    if word.chars().next().is_some_and(char::is_uppercase) {
        shape |= HAS_UPPER | UPPER_FIRST;
    }
    shape
}

/// How the sentence is written; `None` in the usual way.
pub(super) fn casing(words: &[Word]) -> Option<Casing> {
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
        Some(Casing::None)
    } else {
        (long_title >= 3 && long_title >= 5 * long_lower).then_some(Casing::Title)
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

    /// Some two tags before.
    pub(super) fn of_tags(before: Tag, before2: Tag) -> History {
        History { before, before2, ..History::START }
    }

    /// The two tags before as one number below the square of their count.
    pub(super) fn pair(self) -> usize {
        self.before as usize * Tag::ALL.len() + self.before2 as usize
    }

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
    let mut features = [0; FEATURES];
    let all = own(w).into_iter().chain(shaped(w)).chain(before(a)).chain(next(z)).chain(around(a, w, z));
    for (template, feature) in all.chain(pair(history)).chain(tagged(w, z, z2, history)) {
        features[template] = feature;
    }
    features
}

/// A feature with the number of its template. They come in groups by what they depend on, so that the tagger can
/// keep what a word says wherever it stands.
pub(super) type Numbered = (usize, Feature);

/// What a word's letters say.
pub(super) fn own(w: &Word) -> [Numbered; 7] {
    [
        number(0, w.hash),
        number(1, w.suffix(1)),
        number(2, w.suffix(3)),
        number(3, w.suffix(4)),
        number(4, w.head.into()),
        number(5, (w.head >> 8).into()),
        number(22, class(w) << 32 | w.suffix(3)),
    ]
}

/// What a word's shape says, which depends on the casing of its sentence.
pub(super) fn shaped(w: &Word) -> [Numbered; 3] {
    [
        number(6, w.shape.into()),
        number(7, u64::from(w.shape) << 32 | w.suffix(3)),
        number(21, class(w) << 32 | w.case()),
    ]
}

/// What a word says of the one behind it.
pub(super) fn before(a: &Word) -> [Numbered; 1] {
    [number(11, a.hash)]
}

/// What a word says of the one before it.
pub(super) fn next(z: &Word) -> [Numbered; 3] {
    [number(12, z.hash), number(13, z.suffix(3)), number(17, class(z))]
}

/// What a word and its neighbours say together.
pub(super) fn around(a: &Word, w: &Word, z: &Word) -> [Numbered; 4] {
    [
        number(14, w.hash.rotate_left(7) ^ a.hash),
        number(15, w.hash.rotate_left(7) ^ z.hash),
        number(19, w.case() << 32 | u64::from(a.shape & CASE) << 16 | u64::from(z.shape & CASE)),
        number(26, class(a) << 32 | class(z) << 10 | class(w)),
    ]
}

/// What the two tags before say.
pub(super) fn pair(history: History) -> [Numbered; 2] {
    let (t, t2) = (history.before as u64 + 1, history.before2 as u64 + 1);
    [number(8, t), number(9, t << 5 | t2)]
}

/// What the tags before say together with the words.
pub(super) fn tagged(w: &Word, z: &Word, z2: &Word, history: History) -> [Numbered; 7] {
    let t = history.before as u64 + 1;
    [
        number(10, w.hash ^ t << 58),
        number(16, t << 32 | class(z) << 10 | class(w)),
        number(18, t << 48 | w.case() << 16 | class(w)),
        number(20, t << 32 | z.hash),
        number(23, t << 32 | class(z) << 10 | class(z2)),
        number(24, history.verb.rotate_left(16) ^ w.hash),
        number(25, history.verb.rotate_left(16) ^ t << 10 ^ class(w)),
    ]
}

fn class(word: &Word) -> u64 {
    u64::from(word.class.0)
}

/// The feature of a template and its value.
fn number(template: usize, value: u64) -> Numbered {
    (template, mix(value, template as u64 + 1))
}

/// Spreads a template's value over 64 bits.
fn mix(value: u64, template: u64) -> Feature {
    let x = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (x ^ x >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}
