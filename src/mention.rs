//! What is written: a number with its unit and comparator, before its context is read.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::Span;
use crate::figure::{Comparator, Kind, Unit};

/// A figure as it stands in its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// What kind of figure it is.
    pub kind: Kind,
    /// The name of the rule that read it.
    pub rule: &'static str,
    /// Comparator, number and unit words where they are contiguous.
    pub span: Span,
    /// The number with its scale words.
    pub number: Span,
    /// The tokens of the number.
    pub tokens: Range<usize>,
    /// One past the last token that belongs to the number or its unit.
    pub end: usize,
    /// What the number says.
    pub written: Written,
    /// How the wording bounds it.
    pub comparator: Comparator,
    /// The unit, where one is stated or shared.
    pub unit: Option<Unit>,
    /// The noun phrase counted: its tokens without number and comparator, and the index of its head.
    pub counted: Option<NounPhrase>,
    /// The noun that the figure modifies ("loan" in "the $50 billion loan", "trip" in "a two-day trip").
    pub modifies: Option<NounPhrase>,
    /// Worth of one unit in the last place written: 100000000 for "3.2 billion".
    pub step: Decimal,
    /// Significant digits of the number as written; 0 where that has no meaning.
    pub significant_digits: u32,
    /// Choices between readings that were made on the way.
    pub choices: Vec<Cow<'static, str>>,
}

/// What a number says.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// One value.
    Value(Decimal),
    /// A range, both ends included.
    Range(Decimal, Decimal),
    /// A vague magnitude; the upper end itself is left out where `open`.
    Vague {
        /// Lowest value.
        lower: Decimal,
        /// Highest value.
        upper: Decimal,
        /// Whether `upper` itself is left out.
        open: bool,
    },
    /// Numbers side by side, with their quotient where they are a fraction of a whole.
    Parts(Vec<Decimal>, Option<Decimal>),
}

/// A noun phrase of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its head token.
    pub head: usize,
}
