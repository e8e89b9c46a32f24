//! Which figures of some documents speak of the same thing, and whether they can all be true.
//!
//! [`check`] compares the figures of documents about one story with one another, and each document with itself:
//!
//! * [`frame`](self) gathers what a figure speaks of: the counted thing, subject, names, time and the words around it;
//! * `similarity` says how surely two frames speak of the same thing, `apart` why they do not;
//! * `pairing` finds the pairs, `index` without comparing everything with everything;
//! * `alarm` says when a contradiction is worth an alarm, `slip` what digits tell of that, `exchange` whether two values
//!   have changed places, and `judge` what a model thinks of it;
//! * `verdict` compares two figures by the values that their wording allows, `codes` says when their units are one;
//! * `inside` does the sums of one document: conversions, changes, totals, ages and lengths of time;
//! * `merge` says nothing twice and puts the most serious first, `explain` says it in a sentence.

mod alarm;
mod apart;
mod codes;
mod exchange;
mod explain;
mod frame;
mod index;
mod inside;
mod judge;
mod merge;
mod pairing;
mod similarity;
mod slip;
mod stories;
mod verdict;
mod words;

use rust_decimal::Decimal;

use crate::figure::Extraction;
use crate::{Document, Stopped};

/// A document with what was read from it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The document.
    pub document: Document<'a>,
    /// Its figures and times.
    pub extraction: &'a Extraction,
}

/// What to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Also report figures that are alike in words but speak of different times, things or currencies.
    pub not_comparable: bool,
}

/// What two or more figures say about each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether they can all be true.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What is compared, at least two, the first two being those that `explanation` speaks of.
    pub sides: Vec<Place>,
    /// The difference relative to the larger value, rounded to four places; `None` where it has no meaning.
    pub difference: Option<Decimal>,
    /// How surely the figures speak of the same thing, from 0 to 1.
    pub similarity: f64,
    /// One English sentence on which a sub-editor can act.
    pub explanation: String,
}

/// A figure or time of one of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Index of the document.
    pub document: usize,
    /// What it is there.
    pub item: Item,
}

/// A figure or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// Index into [`Extraction::figures`].
    Figure(usize),
    /// Index into [`Extraction::times`].
    Time(usize),
}

/// Whether figures can be true together. The most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// They contradict each other.
    Conflict,
    /// They differ in wording or precision only.
    Consistent,
    /// They say the same.
    Agree,
    /// They speak of different times, things or currencies.
    NotComparable,
}

/// Why a verdict was given. The most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The digits agree, the power of ten does not: "million" for "billion".
    ScaleSlip,
    /// The numbers are equal, the units are not: percent for percentage points, miles for kilometres.
    UnitSlip,
    /// A conversion in the text does not convert.
    ConversionError,
    /// Amount, before and after of one change: whether they fit together.
    ChangeArithmetic,
    /// Parts and their total, or the shares of a whole: whether they add up.
    TotalArithmetic,
    /// An age or a length of time and the dates beside it: whether they fit.
    TimeArithmetic,
    /// One denies what the other states.
    Denied,
    /// The values differ.
    DifferentValue,
    /// A value lies outside the bounds that the other states.
    BoundContradicted,
    /// The ranks differ.
    DifferentRank,
    /// One value is the other in another unit, as rounded.
    Conversion,
    /// One value is the other, rounded.
    Rounding,
    /// One value lies within the bounds of the other.
    WithinBounds,
    /// One value has the magnitude that the other names: 312 and "hundreds".
    Vague,
    /// The values are equal.
    SameValue,
    /// They hold at different times.
    DifferentTime,
    /// They are said of different things, persons or places.
    DifferentSubject,
    /// Their units or currencies do not convert.
    DifferentUnit,
    /// One is a level, the other a change, or one was before it and the other after.
    DifferentRole,
    /// One is a fact, the other a forecast, plan or possibility.
    DifferentModality,
    /// One document gives both, from different sources.
    DifferentSource,
}

/// Compares the figures of documents with one another, and each document with itself.
///
/// Findings come most serious first, and nothing is said twice: figures of many documents that say the same thing
/// stand in one finding. What cannot be compared stays silent unless `options` ask for it. Any documents give an
/// answer, in time that grows as their figures do.
///
/// ```
/// use factfigures::crosscheck::{Checked, Options, Reason, Verdict, check};
/// use factfigures::{Document, extract};
///
/// let [one, other] = [
///     Document::new("Orbis posted a quarterly profit of $4.69 million."),
///     Document::new("Quarterly profit at Orbis was $4.69 billion."),
/// ];
/// let [first, second] = [extract(&one), extract(&other)];
/// let findings = check(
///     &[
///         Checked { document: one, extraction: &first },
///         Checked { document: other, extraction: &second },
///     ],
///     Options::default(),
/// );
/// assert_eq!((findings[0].verdict, findings[0].reason), (Verdict::Conflict, Reason::ScaleSlip));
/// ```
pub fn check(documents: &[Checked<'_>], options: Options) -> Vec<Finding> {
    check_while(documents, options, || true).unwrap_or_default()
}

/// As [`check`], but asks now and then whether to go on, and stops where the answer is no.
pub fn check_while(
    documents: &[Checked<'_>],
    options: Options,
    mut keep_going: impl FnMut() -> bool,
) -> Result<Vec<Finding>, Stopped> {
    let mut pairs = Vec::new();
    let Read { names, frames } =
        read(documents, &mut keep_going, |i, checked| pairs.extend(inside::read(i, checked)))?;
    pairs.extend(pairing::read(documents, &names, &frames, options, &mut keep_going)?);
    Ok(merge::findings(documents, pairs))
}

/// What the figures of documents speak of.
struct Read {
    /// The names of each document.
    names: Vec<Vec<u64>>,
    frames: Vec<frame::Frame>,
}

fn read(
    documents: &[Checked<'_>],
    keep_going: &mut impl FnMut() -> bool,
    mut each: impl FnMut(usize, &Checked<'_>),
) -> Result<Read, Stopped> {
    let mut frames = Vec::new();
    let mut lexicon = words::Lexicon::default();
    let names =
        documents.iter().map(|d| words::Names::new(d.document.text, &mut lexicon)).collect::<Vec<_>>();
    let mut all_names: Vec<u64> = names.iter().flat_map(|n| &n.sure).copied().collect();
    all_names.sort_unstable();
    all_names.dedup();
    let mut known: Vec<u64> = names.iter().flat_map(|n| &n.leading).chain(&all_names).copied().collect();
    known.sort_unstable();
    let names = names.into_iter().map(|n| n.among(&known)).collect::<Vec<_>>();
    for (i, checked) in documents.iter().enumerate() {
        if !keep_going() {
            return Err(Stopped);
        }
        each(i, checked);
        frames.extend(frame::read(i, checked, &all_names, &mut lexicon));
    }
    Ok(Read { names, frames })
}

/// What the model of contradictions is asked of documents: for training it, see `data/en/conflicts.md`.
#[doc(hidden)]
pub mod learning {
    use super::{Checked, Place, pairing, read};

    pub use super::judge::{ACCEPTED, DENIED, FEATURES, SLIP_DENIED};

    /// Two figures of reports of one story that cannot both be true, if they speak of the same.
    #[derive(Clone, Debug)]
    pub struct Case {
        /// The two figures.
        pub sides: [Place; 2],
        /// What the model looks at, in the order of [`FEATURES`].
        pub features: Vec<f32>,
        /// Whether the rules take them for one.
        pub by_rule: bool,
    }

    /// The cases in some documents.
    pub fn cases(documents: &[Checked<'_>]) -> Vec<Case> {
        let Ok(read) = read(documents, &mut || true, |_, _| ()) else { return Vec::new() };
        pairing::cases(documents, &read.names, &read.frames).unwrap_or_default()
    }
}

/// What is found before it is merged and explained: two sides, and for sums what else takes part.
#[derive(Clone, Debug)]
struct Pair {
    verdict: Verdict,
    reason: Reason,
    sides: Vec<Place>,
    difference: Option<Decimal>,
    similarity: f64,
    note: explain::Note,
}
