//! Says a finding in one sentence that a sub-editor can act on.

use super::{Checked, Item, Pair, Place, Reason, Verdict};
use crate::Span;

/// What is known of a pair beyond its verdict.
#[derive(Clone, Debug)]
pub(super) enum Note {
    None,
    /// One of the two stands in the headline of the same document.
    Headline,
    /// The sentence is written already.
    Said(String),
}

/// Writes the sentences about some documents.
pub(super) struct Writer<'a> {
    documents: &'a [Checked<'a>],
    /// Where the paragraphs of each document begin.
    paragraphs: Vec<Vec<u32>>,
}

impl<'a> Writer<'a> {
    pub fn new(documents: &'a [Checked<'a>]) -> Writer<'a> {
        Writer { documents, paragraphs: documents.iter().map(|d| paragraphs(d.document.text)).collect() }
    }

    /// The sentence for a pair.
    pub fn sentence(&self, pair: &Pair) -> String {
        let documents = self.documents;
        if let Note::Said(said) = &pair.note {
            return format!("{}: {said}", self.where_alone(pair.sides[0]));
        }
        let [one, other] = [pair.sides[0], pair.sides[1]];
        let [x, y] = [words(documents, one), words(documents, other)];
        let (here, there) = self.places(one, other, matches!(pair.note, Note::Headline));
        let also = match pair.sides.len() {
            2 => String::new(),
            3 => " (and one more place)".to_owned(),
            n => format!(" (and {} more places)", n - 2),
        };
        format!("{here} {x}, {there} {y}{also}: {}.", judgement(pair))
    }

    /// Paragraphs are counted from 1.
    fn paragraph(&self, place: Place) -> usize {
        let start = span(&self.documents[place.document], place).start;
        self.paragraphs[place.document].partition_point(|p| *p <= start).max(1)
    }

    /// "Paragraph 2 says", "the other report"; "The headline says", "paragraph 4"; "Report 1 says", "report 3".
    fn places(&self, one: Place, other: Place, headline: bool) -> (String, String) {
        let [p, q] = [one, other].map(|place| self.paragraph(place));
        match (one.document == other.document, self.documents.len()) {
            (true, n) => {
                let of = if n > 1 { format!(" of report {}", one.document + 1) } else { String::new() };
                let here = if headline { format!("The headline{of}") } else { format!("Paragraph {p}{of}") };
                let there = if p == q { "and then".to_owned() } else { format!("paragraph {q}") };
                (format!("{here} says"), there)
            }
            (false, 2) => (format!("Paragraph {p} says"), "the other report".to_owned()),
            (false, _) => (
                format!("Report {} says in paragraph {p}", one.document + 1),
                format!("report {}", other.document + 1),
            ),
        }
    }

    /// Where a sum stands.
    fn where_alone(&self, place: Place) -> String {
        let paragraph = self.paragraph(place);
        match self.documents.len() {
            1 => format!("Paragraph {paragraph}"),
            _ => format!("Report {}, paragraph {paragraph}", place.document + 1),
        }
    }
}

/// What follows from it, and what to check.
fn judgement(pair: &Pair) -> String {
    let apart = pair.difference.map(|d| format!(" by {}%", percent(d))).unwrap_or_default();
    match (pair.verdict, pair.reason) {
        (_, Reason::ScaleSlip) => format!("same digits, {}; check the scale word", magnitude(pair)),
        (_, Reason::UnitSlip) => "same number, another unit; check the unit".to_owned(),
        (_, Reason::Denied) => "one denies what the other states; check who says so".to_owned(),
        (_, Reason::DifferentRank) => "the ranks differ; check which is right".to_owned(),
        (_, Reason::BoundContradicted) => "the value lies outside the bounds; check both".to_owned(),
        (_, Reason::Conversion) => "the same in another unit, as rounded".to_owned(),
        (_, Reason::Rounding) => "the same, rounded".to_owned(),
        (_, Reason::WithinBounds) => "both can be true".to_owned(),
        (_, Reason::Vague) => "the value has the magnitude that is named".to_owned(),
        (_, Reason::SameValue) => "they agree".to_owned(),
        (_, Reason::DifferentTime) => "not compared, they hold at different times".to_owned(),
        (_, Reason::DifferentSubject) => "not compared, they are said of different things".to_owned(),
        (_, Reason::DifferentUnit) => "not compared, their units do not convert".to_owned(),
        (_, Reason::DifferentRole) => "not compared, one is a change or an earlier value".to_owned(),
        (_, Reason::DifferentModality) => "not compared, one is no established fact".to_owned(),
        (_, Reason::DifferentSource) => "not compared, each has a source of its own".to_owned(),
        (Verdict::Conflict, _) if apart.is_empty() => {
            "they contradict each other; check which is right".to_owned()
        }
        (Verdict::Conflict, _) => format!("they differ{apart}; check which is right"),
        _ => "compared".to_owned(),
    }
}

fn percent(share: rust_decimal::Decimal) -> String {
    let percent = share.saturating_mul(rust_decimal::Decimal::ONE_HUNDRED);
    let places = u32::from(percent < rust_decimal::Decimal::TEN);
    percent.round_dp(places).max(rust_decimal::Decimal::new(1, places)).normalize().to_string()
}

/// How many times apart two values with the same digits are.
fn magnitude(pair: &Pair) -> &'static str {
    let rest = pair.difference.map(|d| rust_decimal::Decimal::ONE.saturating_sub(d));
    match rest.and_then(|r| f64::try_from(r).ok()) {
        Some(r) if r > 0.03 => "ten times apart",
        Some(r) if r > 0.003 => "a hundred times apart",
        Some(r) if r > 0.0003 => "a thousand times apart",
        Some(_) => "far more than a thousand times apart",
        None => "powers of ten apart",
    }
}

/// The figure or time as it is written, in one line.
fn words(documents: &[Checked<'_>], place: Place) -> String {
    let checked = &documents[place.document];
    let span = span(checked, place);
    let written = checked.document.text.get(span.range()).unwrap_or("");
    let mut short: String = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = short.char_indices().nth(80) {
        short.truncate(cut);
        short.push('…');
    }
    short
}

fn span(checked: &Checked<'_>, place: Place) -> Span {
    match place.item {
        Item::Figure(i) => checked.extraction.figures[i].span,
        Item::Time(i) => checked.extraction.times[i].span,
    }
}

/// Where the paragraphs of a document begin: its lines, those without text left out.
fn paragraphs(text: &str) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            starts.push(at);
        }
        at += line.len() as u32;
    }
    starts
}
