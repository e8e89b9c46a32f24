//! Writing answers.

use jiff::civil;
use prost::Message;
use rust_decimal::Decimal;

use super::offsets::Offsets;
use super::{EXTRACTOR_VERSION, Query, enums};
use crate::error::Error;
use crate::figure::{
    Attribution, Change, Extraction, Figure, Interval, Phrase, Quantity, Relation, TimeExpression, Unit,
};
use crate::proto;
use crate::proto::v1;
use crate::{Span, Stopped};

/// The longest span whose words are sent, in bytes. Every figure carries its sentence, so the words of a
/// "sentence" that never ends would make the answer grow with the square of the text.
const LONGEST_WORDS: u32 = 1024;
/// How many figures are written before it is asked again whether to go on.
const FIGURES_AT_ONCE: usize = 256;

/// The answer to a query.
pub fn extract_response(query: &Query<'_>, extraction: &Extraction) -> v1::ExtractFiguresResponse {
    extract_response_within(query, extraction, usize::MAX, || true).unwrap_or_default()
}

/// As [`extract_response`], but not longer than so many bytes on the wire, and asks now and then whether to go on.
/// Where the answer is no, or not short enough, that is the error.
pub fn extract_response_within(
    query: &Query<'_>,
    extraction: &Extraction,
    most_bytes: usize,
    keep_going: impl Fn() -> bool,
) -> Result<v1::ExtractFiguresResponse, Error> {
    let text = query.document.text;
    let writer = Writer { text, offsets: Offsets::new(text, query.offset_unit), query, extraction };
    let look =
        |i: usize| if i.is_multiple_of(FIGURES_AT_ONCE) && !keep_going() { Err(Stopped) } else { Ok(()) };
    let (mut figures, mut bytes) = (Vec::with_capacity(extraction.figures.len()), 0_usize);
    for (i, figure) in extraction.figures.iter().enumerate() {
        look(i)?;
        if query.wants(figure.kind) {
            let figure = writer.figure(i, figure);
            bytes = bytes.saturating_add(figure.encoded_len());
            if bytes > most_bytes {
                return Err(Error::too_large(most_bytes));
            }
            figures.push(figure);
        }
    }
    let times = extraction.times.iter().enumerate().map(|(i, time)| look(i).map(|()| writer.time(i, time)));
    Ok(v1::ExtractFiguresResponse {
        document_id: query.id.to_owned(),
        figures,
        times: times.collect::<Result<_, _>>()?,
        language_code: query.language_code.to_owned(),
        extractor_version: EXTRACTOR_VERSION.to_owned(),
    })
}

/// An exact decimal: no exponent, no grouping, no trailing zeros, never "-0".
///
/// ```
/// use factfigures::wire::decimal;
/// assert_eq!(decimal("2.30".parse().unwrap()), "2.3");
/// assert_eq!(decimal("-0.00".parse().unwrap()), "0");
/// assert_eq!(decimal("3000000".parse().unwrap()), "3000000");
/// ```
pub fn decimal(value: Decimal) -> String {
    if value.is_zero() { "0".to_owned() } else { value.normalize().to_string() }
}

/// The words of a span that are sent.
pub(super) fn shown(text: &str, span: Span) -> &str {
    if span.len() > LONGEST_WORDS { "" } else { text.get(span.range()).unwrap_or("") }
}

/// Whether the other figure of a tie is asked for.
pub(super) fn wanted(query: &Query<'_>, extraction: &Extraction, relation: &Relation) -> bool {
    extraction.figures.get(relation.figure).is_some_and(|other| query.wants(other.kind))
}

pub(super) fn figure_id(index: usize) -> String {
    format!("f{}", index + 1)
}

pub(super) fn time_id(index: usize) -> String {
    format!("t{}", index + 1)
}

fn date(date: civil::Date) -> proto::Date {
    proto::Date { year: date.year().into(), month: date.month().into(), day: date.day().into() }
}

/// Writes the parts of one document's answer.
struct Writer<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    query: &'a Query<'a>,
    extraction: &'a Extraction,
}

impl Writer<'_> {
    fn figure(&self, index: usize, figure: &Figure) -> v1::Figure {
        v1::Figure {
            id: figure_id(index),
            kind: enums::kind(figure.kind).into(),
            span: Some(self.span(figure.span)),
            number: Some(self.span(figure.number)),
            quantity: Some(self.quantity(&figure.quantity)),
            normalized: figure.normalized.as_ref().map(|quantity| self.quantity(quantity)),
            counted: figure.thing().map(|phrase| self.phrase(phrase)),
            subject: figure.subject.as_ref().map(|phrase| self.phrase(phrase)),
            change: figure.change.as_ref().map(|change| self.change(change)),
            attribution: figure.attribution.as_ref().map(|attribution| self.attribution(attribution)),
            modality: enums::modality(figure.modality).into(),
            time_id: figure.time.map(time_id).unwrap_or_default(),
            sentence: Some(self.span(figure.sentence)),
            relations: figure.relations.iter().filter_map(|relation| self.relation(relation)).collect(),
        }
    }

    fn span(&self, span: Span) -> v1::Span {
        v1::Span {
            start: self.offsets.of(span.start),
            end: self.offsets.of(span.end),
            text: shown(self.text, span).to_owned(),
        }
    }

    fn phrase(&self, phrase: &Phrase) -> v1::Phrase {
        v1::Phrase {
            span: Some(self.span(phrase.span)),
            head: phrase.head.clone(),
            resolved: phrase.resolved.clone().unwrap_or_default(),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> v1::Quantity {
        v1::Quantity {
            value: quantity.value.map(decimal).unwrap_or_default(),
            interval: quantity.interval.as_ref().map(interval),
            parts: quantity.parts.iter().copied().map(decimal).collect(),
            comparator: enums::comparator(quantity.comparator).into(),
            unit: quantity.unit.as_ref().map(|unit| self.unit(unit)),
            significant_digits: quantity.significant_digits,
        }
    }

    fn unit(&self, unit: &Unit) -> v1::Unit {
        v1::Unit {
            code: unit.code.as_ref().to_owned(),
            name: unit.name.as_ref().to_owned(),
            dimension: enums::dimension(unit.dimension).into(),
            span: unit.span.map(|span| self.span(span)),
        }
    }

    fn change(&self, change: &Change) -> v1::Change {
        v1::Change {
            direction: enums::direction(change.direction).into(),
            role: enums::change_role(change.role).into(),
            cue: Some(self.span(change.cue)),
        }
    }

    fn attribution(&self, attribution: &Attribution) -> v1::Attribution {
        v1::Attribution {
            source: Some(self.phrase(&attribution.source)),
            cue: Some(self.span(attribution.cue)),
            quoted: attribution.quoted,
        }
    }

    /// `None` where the other figure is not asked for.
    fn relation(&self, relation: &Relation) -> Option<v1::Relation> {
        wanted(self.query, self.extraction, relation).then(|| v1::Relation {
            r#type: enums::relation_type(relation.relation).into(),
            figure_id: figure_id(relation.figure),
        })
    }

    fn time(&self, index: usize, time: &TimeExpression) -> v1::TimeExpression {
        v1::TimeExpression {
            id: time_id(index),
            span: Some(self.span(time.span)),
            r#type: enums::time_type(time.time_type).into(),
            timex: time.timex.clone(),
            start: time.start.map(date),
            end: time.end.map(date),
        }
    }
}

fn interval(interval: &Interval) -> v1::Interval {
    v1::Interval {
        lower: interval.lower.map(decimal).unwrap_or_default(),
        upper: interval.upper.map(decimal).unwrap_or_default(),
        lower_open: interval.lower_open,
        upper_open: interval.upper_open,
    }
}
