//! What a figure speaks of, as far as its sentence says: the counted thing, subject, names, time and the words around.

mod holds;
mod reader;
mod whole;

use rust_decimal::Decimal;

use super::Checked;
use super::words::{self, Lexicon};
use crate::Span;
use crate::currency;
use crate::figure::{ChangeRole, Dimension, Extraction, Figure, Interval, Kind, Unit};
use reader::Scene;
use whole::Whole;

/// So many words on either side of a figure say what it speaks of.
const NEAR: usize = 32;

/// No person is so many years old.
const OLDEST: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

/// Figures of different classes are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Counts and bare numbers.
    Count,
    Ordinal,
    Money,
    /// Percentages, points and fractions of a whole.
    Share,
    Measure(Dimension),
    Duration,
    Age,
    Rate,
    Score,
    Multiple,
}

impl Class {
    pub fn is_measure(self) -> bool {
        matches!(self, Class::Measure(_))
    }

    /// A number that tells the class from the others, spread over all bits.
    pub fn key(self) -> u64 {
        let number = match self {
            Class::Count => 1,
            Class::Ordinal => 2,
            Class::Money => 3,
            Class::Share => 4,
            Class::Duration => 5,
            Class::Age => 6,
            Class::Rate => 7,
            Class::Score => 8,
            Class::Multiple => 9,
            Class::Measure(dimension) => 10 + dimension as u64,
        };
        number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// How far the text stands behind a figure, as far as that decides whether two can contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// Stated or denied as a fact.
    Fact,
    /// Planned: what a text that looks back states as a fact.
    Planned,
    /// Forecast, possible or under a condition.
    Open,
}

/// Over what stretch a change is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    Year,
    Month,
}

/// At what time of a day's trading a price or change was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Session {
    Intraday,
    Finish,
}

/// A numbered part of a contest or course of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stage {
    /// Key of the word for such parts: "round".
    pub of: u64,
    pub number: u32,
}

/// What a figure speaks of.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub document: usize,
    pub figure: usize,
    pub class: Class,
    /// Key of the counted thing's head.
    pub thing: Option<u64>,
    /// Key of that head as a word of a sentence.
    pub thing_word: Option<u64>,
    /// Whether the counted things are persons, and whether the word leaves open of what kind.
    pub person: bool,
    pub anyone: bool,
    /// What the counted thing is a kind of.
    pub kind: Option<u64>,
    /// By what an ordinal ranks: "largest".
    pub scale: Option<u64>,
    /// Which part of a contest or course of events it belongs to: the second "round".
    pub stage: Option<Stage>,
    /// Whether it counts a crowd.
    pub crowd: bool,
    /// Words with their weights, sorted by key: 1 beside the figure, less in the rest of the sentence.
    pub words: Vec<(u64, f32)>,
    /// Names in the sentence, sorted; those that only say who reports it left out.
    pub names: Vec<u64>,
    /// Names in the subject, sorted.
    pub who: Vec<u64>,
    /// Key of the subject's head, where that is a telling word.
    pub anchor: Option<u64>,
    /// Key of the subject's head, whatever word it is.
    pub subject: Option<u64>,
    /// Telling words before the heads of the subject and of the counted phrase, sorted.
    pub modifiers: [Vec<u64>; 2],
    /// "in the year to June", "monthly": over what stretch a change is measured, where the sentence says it.
    pub stretch: Option<Stretch>,
    /// The concept of each group of exclusive ones that applies to the figure.
    pub aspects: Vec<(&'static str, &'static str)>,
    /// "another 12", "12 others".
    pub further: bool,
    /// "including 12", "12 of them".
    pub part: bool,
    /// "still missing", "now 20": of another time than one that is not.
    pub still: bool,
    /// "arrested aged 48": an age at what happened once.
    pub then: bool,
    /// "the halfway mark of 122", "a margin of error of 3 points": what something is measured by.
    pub bar: bool,
    /// "before costs", "after the refurbishment": whether it is said of the time after something, or before it.
    pub turn: Option<bool>,
    /// Which sort of what is measured it is: "services inflation", "core profit"; sorted.
    pub sorts: Vec<u64>,
    /// "a total of 31 years": of several together.
    pub total: bool,
    /// "12 a day", "12 each".
    pub each: bool,
    /// "in a separate poll": of another event than the text is about.
    pub separate: bool,
    /// "by Thursday evening": its time says until when was counted.
    pub until: bool,
    /// The time of the figure, or else the only one of its sentence.
    pub time: Option<usize>,
    /// Over what part of a year it is counted, where the words beside it say so.
    pub period: Option<&'static str>,
    /// Telling words of a phrase that opens the sentence and says of what it holds: "In the port of Lubo,", "Among women,".
    pub within: Vec<u64>,
    /// At what time of a day's trading.
    pub session: Option<Session>,
    /// Names that say where or for whom it holds: "in Wales", sorted.
    pub places: Vec<u64>,
    pub role: Option<ChangeRole>,
    pub stance: Stance,
    /// Head of who says it.
    pub source: Option<u64>,
    /// The length of time that names the thing it is said of: "a two-year fixed deal".
    pub term: Option<Decimal>,
    /// Whether a percentage is said of that thing.
    pub priced: bool,
    /// The digits of its value without zeros at the end, if they are two or more.
    pub digits: Option<u64>,
    /// Whether whoever says it only estimates.
    pub estimate: bool,
    /// Hash of the sentence and the figure's place in it: equal only for the very same words.
    pub identity: u64,
    pub sentence: Span,
    /// Whether it stands in the headline.
    pub headline: bool,
    /// The figure as another report may give it, where this is that second reading of it.
    pub plain: Option<Box<Figure>>,
}

impl Frame {
    /// The figure itself, however it is read.
    pub fn place(&self) -> (usize, usize) {
        (self.document, self.figure)
    }
}

/// The frames of a document's figures, in order. `names` are the names of all documents, sorted.
pub(super) fn read(
    document: usize,
    checked: &Checked<'_>,
    names: &[u64],
    lexicon: &mut Lexicon,
) -> Vec<Frame> {
    let text = checked.document.text;
    let headline = headline(text);
    let is_name = |key: u64| names.binary_search(&key).is_ok();
    let figures = &checked.extraction.figures;
    let mut out = Vec::with_capacity(figures.len());
    let mut first = 0;
    for group in figures.chunk_by(|a, b| a.sentence == b.sentence) {
        let sentence = group[0].sentence;
        let skip = skipped(checked.extraction, group, sentence);
        let words::Words { telling: words, marks } = words::read(lexicon, text, sentence, &skip, is_name);
        let whole = Whole::new(text, sentence, &words, marks, group);
        for (i, figure) in group.iter().enumerate() {
            let readings = [class(figure).map(|class| (class, None)), plain(figure)];
            let at = words.partition_point(|w| w.span.start < figure.number.start);
            let near = &words[at.saturating_sub(NEAR)..words.len().min(at + NEAR)];
            let scene = Scene {
                text,
                sentence,
                words: near,
                whole: &whole,
                is_name: &is_name,
                times: &checked.extraction.times,
            };
            for (class, plain) in readings.into_iter().flatten() {
                let mut frame = scene.frame(plain.as_deref().unwrap_or(figure), class, lexicon);
                (frame.document, frame.figure) = (document, first + i);
                frame.headline = headline.is_some_and(|h| h.contains(sentence));
                frame.plain = plain;
                out.push(frame);
            }
        }
        first += group.len();
    }
    out
}

/// The first line, where it has no full stop and more follows.
pub(super) fn headline(text: &str) -> Option<Span> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let line = text[start..].lines().next()?.trim_end();
    let more = !text[start + line.len()..].trim().is_empty();
    let short = line.len() <= 160 && !line.ends_with(['.', ',', ':', ';']);
    (more && short).then(|| Span::new(start as u32, (start + line.len()) as u32))
}

/// Numbers, units of measure and times are no words of what a figure speaks of.
fn skipped(extraction: &Extraction, group: &[Figure], sentence: Span) -> Vec<Span> {
    let numbers = group.iter().map(|f| f.number);
    let units = group.iter().filter(|f| f.kind != Kind::Count).filter_map(|f| f.quantity.unit.as_ref()?.span);
    let first = extraction.times.partition_point(|t| t.span.start < sentence.start);
    let times = extraction.times[first..].iter().map(|t| t.span).take_while(|s| s.start < sentence.end);
    let mut skip: Vec<Span> = numbers.chain(units).chain(times).collect();
    skip.sort_by_key(|s| s.start);
    skip
}

fn class(figure: &Figure) -> Option<Class> {
    let q = &figure.quantity;
    Some(match figure.kind {
        Kind::Count | Kind::Number => Class::Count,
        Kind::Ordinal => Class::Ordinal,
        Kind::Money => Class::Money,
        Kind::Percentage => Class::Share,
        Kind::Ratio if q.value.is_some() => Class::Share,
        Kind::Ratio => return None,
        Kind::Measurement => Class::Measure(q.unit.as_ref()?.dimension),
        Kind::Duration => Class::Duration,
        // "a skeleton 68 million years old"
        Kind::Age if q.value.is_some_and(|age| age > OLDEST) => Class::Duration,
        Kind::Age => Class::Age,
        Kind::Rate => Class::Rate,
        Kind::Score => Class::Score,
        Kind::Multiple => Class::Multiple,
    })
}

/// A figure as another report may give it: "163 of the 230 seats" as 163 seats, "$92.60 a barrel" as $92.60, "900,000
/// passengers a year" as 900,000 passengers.
fn plain(figure: &Figure) -> Option<(Class, Option<Box<Figure>>)> {
    let q = &figure.quantity;
    let unit = q.unit.as_ref()?;
    if !matches!(figure.kind, Kind::Ratio | Kind::Rate) && unit.code != "{point}" {
        return None;
    }
    let mut plain = figure.clone();
    match (figure.kind, &q.parts[..]) {
        (Kind::Ratio, &[part, whole]) if words::braced(&unit.code).is_some() && part < whole => {
            plain.kind = Kind::Count;
            plain.quantity.value = Some(part);
            // "no more than 15 of the 90"
            let end = |bound: Option<Decimal>| bound.map(|b| if b.is_zero() { b } else { part });
            let interval = q.interval.unwrap_or_default();
            plain.quantity.interval =
                Some(Interval { lower: end(interval.lower), upper: end(interval.upper), ..interval });
        }
        // "the index lost 1.1 points" and "1.1%"
        (Kind::Number | Kind::Count, _) if unit.code == "{point}" => {
            plain.kind = Kind::Percentage;
            plain.quantity.unit = Some(Unit {
                code: "{percentage_point}".into(),
                dimension: Dimension::Dimensionless,
                ..unit.clone()
            });
        }
        (Kind::Rate, _) => {
            let over = unit.code.split_once('/')?.0.to_owned();
            let dimension = match words::braced(&over) {
                Some(_) => Dimension::Count,
                None => currency::by_code(&over).map(|_| Dimension::Money)?,
            };
            plain.kind = if dimension == Dimension::Count { Kind::Count } else { Kind::Money };
            plain.quantity.unit = Some(Unit { code: over.into(), dimension, ..unit.clone() });
        }
        _ => return None,
    }
    Some((class(&plain)?, Some(Box::new(plain))))
}
