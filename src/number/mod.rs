//! Reads numerals: digits and number words, with scales, fractions and signs.
//!
//! A [`Numeral`] is a number without unit or comparator: "6,700", "three million", "2½", "a dozen",
//! "two-thirds", "22nd", "dozens". What it means is decided by the kinds.

mod digits;
mod fraction;
mod ordinal;
mod scale;
mod spelled;
mod vague;
mod words;

pub(crate) use digits::superscript;
pub(crate) use words::{compares, does};

use std::ops::Range;

use rust_decimal::Decimal;

use crate::lexicon::numbers::TRIGGERS;
use crate::sentence::{Sentence, TokenKind};

/// What a numeral is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// Digits, perhaps with scale words.
    Digits,
    /// Number words.
    Words,
    /// "third", "22nd".
    Ordinal,
    /// "two-thirds", "1/2", "half": numerator and denominator.
    Fraction(u32, u32),
    /// "dozens", "several hundred": lowest and highest value, and whether the highest is left out.
    Vague(Decimal, Decimal, bool),
    /// "40s", "thirties": the first year of the ten.
    Decade,
    /// "doubled", "twice", "tenfold".
    Multiple,
    /// "double-digit", "six-figure": lowest and highest value, and whether the highest is left out.
    Figures(Decimal, Decimal, bool),
}

/// A number without unit or comparator.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// Its tokens, from the first numeral (or its article, where that stands for one) to the last.
    pub tokens: Range<usize>,
    /// The value; the lowest of a vague magnitude.
    pub value: Decimal,
    /// What it is made of.
    pub form: Form,
    /// Worth of one unit in the last place written: 100000000 for "3.2 billion".
    pub step: Decimal,
    /// Significant digits as written.
    pub digits: u32,
    /// Power of ten of its last scale word, 0 without one.
    pub scale: u32,
    /// A scale letter that may also be a unit ("5m"): its power of ten. It is not in `value` yet.
    pub letter: Option<u32>,
    /// Whether it is a couple ("a couple of hundred"), which is never exact.
    pub couple: bool,
    /// Whether a minus sign or word stands before it and belongs to it.
    pub negative: bool,
}

impl Numeral {
    /// A number over `tokens`, written in full.
    pub(crate) fn new(tokens: Range<usize>, value: Decimal, form: Form) -> Numeral {
        let written = value.normalize().mantissa().unsigned_abs().to_string();
        Numeral {
            tokens,
            value,
            form,
            step: Decimal::ONE,
            digits: written.trim_end_matches('0').len().max(1) as u32,
            scale: 0,
            letter: None,
            couple: false,
            negative: false,
        }
    }

    /// Whether it is written as bare digits without grouping or point, as years and labels are.
    pub fn plain(&self, sentence: &Sentence) -> bool {
        self.tokens.len() == 1
            && self.form == Form::Digits
            && sentence.word(self.tokens.start).bytes().all(|b| b.is_ascii_digit())
    }

    /// Takes the scale letter for a scale ("$5m").
    pub fn apply_letter(&mut self) {
        if let Some(exponent) = self.letter.take() {
            self.multiply(exponent);
            self.tokens.end += 1;
        }
    }

    /// Multiplies by a power of ten, as a scale word does.
    pub fn multiply(&mut self, exponent: u32) {
        if let Some(factor) = power(exponent)
            && let (Some(value), Some(step)) = (self.value.checked_mul(factor), self.step.checked_mul(factor))
        {
            (self.value, self.step, self.scale) = (value, step, self.scale + exponent);
        }
    }
}

/// Ten to the power `exponent`; `None` past what a decimal holds.
pub fn power(exponent: u32) -> Option<Decimal> {
    (exponent <= 27).then(|| Decimal::from_i128_with_scale(10i128.pow(exponent), 0))
}

/// Whether a word, in lower case, can begin or be a numeral: the cheap test that decides which sentences
/// are read at all.
pub(crate) fn is_trigger(lower: &[u8]) -> bool {
    TRIGGERS.get_bytes(lower).is_some()
}

/// The words that can begin or be a numeral.
pub(crate) fn triggers() -> impl Iterator<Item = &'static str> {
    TRIGGERS.keys()
}

/// Reads the numeral that starts at token `i`.
pub fn read(sentence: &Sentence, i: usize) -> Option<Numeral> {
    let reader = Reader { s: sentence };
    match sentence.kind(i) {
        TokenKind::Number => reader.digits(i),
        TokenKind::Word => reader.words(i),
        _ => None,
    }
}

/// Where the power of ten at token `j` ends, which a decimal did not hold: "1.99×10^-30" is left unread as a whole.
pub fn power_at(sentence: &Sentence, j: usize) -> Option<usize> {
    Reader { s: sentence }.ten_to(j).map(|(_, end)| end)
}

/// Reads numerals of a sentence; its methods stand in the files of this module.
struct Reader<'a> {
    s: &'a Sentence<'a>,
}

impl Reader<'_> {
    fn lower(&self, i: usize) -> &str {
        self.s.lower(i)
    }

    /// Index after an optional hyphen at `i` that is glued on both sides.
    fn after_hyphen(&self, i: usize) -> usize {
        if self.lower(i) == "-" && self.s.glued(i) && self.s.glued(i + 1) { i + 1 } else { i }
    }
}
