//! Writing answers as JSON at once, without making messages of them first.
//!
//! The words of every figure and sentence would be copied into a message only to be copied into the JSON. What is
//! written is byte for byte what the messages of [`extract_response`](super::extract_response) give;
//! `tests/contract.rs` compares the two.

use std::io::Write;

use jiff::civil;
use rust_decimal::Decimal;

use super::offsets::Offsets;
use super::response::{shown, wanted};
use super::{EXTRACTOR_VERSION, Query, decimal, enums};
use crate::Span;
use crate::figure::{
    Attribution, Change, Extraction, Figure, Interval, Phrase, Quantity, TimeExpression, Unit,
};

/// The name of a member as it is written.
macro_rules! key {
    ($name:literal) => {
        concat!("\"", $name, "\":")
    };
}

/// Writes the answer to a query behind `out`, as a line without its end.
pub fn write_extract_response(query: &Query<'_>, extraction: &Extraction, out: &mut Vec<u8>) {
    let text = query.document.text;
    let offsets = Offsets::new(text, query.offset_unit);
    Writer { out, text, offsets, query, extraction, sentence: None }.response();
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    text: &'a str,
    offsets: Offsets<'a>,
    query: &'a Query<'a>,
    extraction: &'a Extraction,
    /// The sentence written last, and where: the figures of one sentence all carry it.
    sentence: Option<(Span, usize, usize)>,
}

impl Writer<'_> {
    fn response(&mut self) {
        self.out.push(b'{');
        self.string(key!("documentId"), self.query.id);
        let figures = self.extraction.figures.iter().enumerate();
        self.list(key!("figures"), figures.filter(|(_, f)| self.query.wants(f.kind)), |w, (i, f)| {
            w.figure(i, f)
        });
        self.list(key!("times"), self.extraction.times.iter().enumerate(), |w, (i, time)| w.time(i, time));
        self.string(key!("languageCode"), self.query.language_code);
        self.string(key!("extractorVersion"), EXTRACTOR_VERSION);
        self.out.push(b'}');
    }

    fn figure(&mut self, index: usize, figure: &Figure) {
        self.id(key!("id"), 'f', index);
        self.string(key!("kind"), enums::kind(figure.kind).as_str_name());
        self.span(key!("span"), figure.span);
        self.span(key!("number"), figure.number);
        self.object(key!("quantity"), |w| w.quantity(&figure.quantity));
        if let Some(quantity) = &figure.normalized {
            self.object(key!("normalized"), |w| w.quantity(quantity));
        }
        for (key, phrase) in [(key!("counted"), figure.thing()), (key!("subject"), figure.subject.as_ref())] {
            if let Some(phrase) = phrase {
                self.object(key, |w| w.phrase(phrase));
            }
        }
        if let Some(change) = &figure.change {
            self.object(key!("change"), |w| w.change(change));
        }
        if let Some(attribution) = &figure.attribution {
            self.object(key!("attribution"), |w| w.attribution(attribution));
        }
        self.string(key!("modality"), enums::modality(figure.modality).as_str_name());
        if let Some(time) = figure.time {
            self.id(key!("timeId"), 't', time);
        }
        self.sentence(figure.sentence);
        let relations = figure.relations.iter().filter(|tie| wanted(self.query, self.extraction, tie));
        self.list(key!("relations"), relations, |w, tie| {
            w.string(key!("type"), enums::relation_type(tie.relation).as_str_name());
            w.id(key!("figureId"), 'f', tie.figure);
        });
    }

    fn quantity(&mut self, quantity: &Quantity) {
        self.decimal(key!("value"), quantity.value);
        if let Some(interval) = &quantity.interval {
            self.object(key!("interval"), |w| w.interval(interval));
        }
        if !quantity.parts.is_empty() {
            self.key(key!("parts"));
            self.out.push(b'[');
            for part in &quantity.parts {
                self.separate();
                self.quoted_decimal(*part);
            }
            self.out.push(b']');
        }
        self.string(key!("comparator"), enums::comparator(quantity.comparator).as_str_name());
        if let Some(unit) = &quantity.unit {
            self.object(key!("unit"), |w| w.unit(unit));
        }
        self.number(key!("significantDigits"), quantity.significant_digits);
    }

    fn interval(&mut self, interval: &Interval) {
        self.decimal(key!("lower"), interval.lower);
        self.decimal(key!("upper"), interval.upper);
        self.flag(key!("lowerOpen"), interval.lower_open);
        self.flag(key!("upperOpen"), interval.upper_open);
    }

    fn unit(&mut self, unit: &Unit) {
        self.string(key!("code"), &unit.code);
        self.string(key!("name"), &unit.name);
        self.string(key!("dimension"), enums::dimension(unit.dimension).as_str_name());
        if let Some(span) = unit.span {
            self.span(key!("span"), span);
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        self.span(key!("span"), phrase.span);
        self.string(key!("head"), &phrase.head);
        self.string(key!("resolved"), phrase.resolved.as_deref().unwrap_or_default());
    }

    fn change(&mut self, change: &Change) {
        self.string(key!("direction"), enums::direction(change.direction).as_str_name());
        self.string(key!("role"), enums::change_role(change.role).as_str_name());
        self.span(key!("cue"), change.cue);
    }

    fn attribution(&mut self, attribution: &Attribution) {
        self.object(key!("source"), |w| w.phrase(&attribution.source));
        self.span(key!("cue"), attribution.cue);
        self.flag(key!("quoted"), attribution.quoted);
    }

    fn time(&mut self, index: usize, time: &TimeExpression) {
        self.id(key!("id"), 't', index);
        self.span(key!("span"), time.span);
        self.string(key!("type"), enums::time_type(time.time_type).as_str_name());
        self.string(key!("timex"), &time.timex);
        for (key, day) in [(key!("start"), time.start), (key!("end"), time.end)] {
            if let Some(day) = day {
                self.object(key, |w| w.date(day));
            }
        }
    }

    fn date(&mut self, date: civil::Date) {
        for (key, part) in [
            (key!("year"), date.year()),
            (key!("month"), date.month().into()),
            (key!("day"), date.day().into()),
        ] {
            if part != 0 {
                self.key(key);
                let _ = write!(self.out, "{part}"); // a vector takes all
            }
        }
    }

    fn sentence(&mut self, span: Span) {
        self.key(key!("sentence"));
        let start = self.out.len();
        match self.sentence {
            Some((written, from, to)) if written == span => self.out.extend_from_within(from..to),
            _ => self.plain_span(span),
        }
        self.sentence = Some((span, start, self.out.len()));
    }

    fn span(&mut self, key: &str, span: Span) {
        self.key(key);
        self.plain_span(span);
    }

    fn plain_span(&mut self, span: Span) {
        self.out.push(b'{');
        self.number(key!("start"), self.offsets.of(span.start));
        self.number(key!("end"), self.offsets.of(span.end));
        self.string(key!("text"), shown(self.text, span));
        self.out.push(b'}');
    }

    // ------------------------------------------------------------------------------------------- JSON

    /// What stands before another member or element.
    fn separate(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    /// The name of a member, as [`key!`] makes it.
    fn key(&mut self, key: &str) {
        self.separate();
        self.out.extend_from_slice(key.as_bytes());
    }

    fn object(&mut self, key: &str, members: impl FnOnce(&mut Self)) {
        self.key(key);
        self.out.push(b'{');
        members(self);
        self.out.push(b'}');
    }

    /// An array of objects; nothing where it is empty.
    fn list<T>(&mut self, key: &str, items: impl Iterator<Item = T>, members: impl Fn(&mut Self, T)) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            return;
        }
        self.key(key);
        self.out.push(b'[');
        for item in items {
            self.separate();
            self.out.push(b'{');
            members(self, item);
            self.out.push(b'}');
        }
        self.out.push(b']');
    }

    /// A string; nothing where it is empty.
    fn string(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key);
            self.out.push(b'"');
            escape(text, self.out);
            self.out.push(b'"');
        }
    }

    /// The name of a figure or time.
    fn id(&mut self, key: &str, letter: char, index: usize) {
        self.key(key);
        self.out.extend_from_slice(&[b'"', letter as u8]);
        self.digits(index as u64 + 1);
        self.out.push(b'"');
    }

    /// A number; nothing where it is zero.
    fn number(&mut self, key: &str, number: u32) {
        if number != 0 {
            self.key(key);
            self.digits(number.into());
        }
    }

    fn digits(&mut self, number: u64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn flag(&mut self, key: &str, set: bool) {
        if set {
            self.key(key);
            self.out.extend_from_slice(b"true");
        }
    }

    fn decimal(&mut self, key: &str, value: Option<Decimal>) {
        if let Some(value) = value {
            self.key(key);
            self.quoted_decimal(value);
        }
    }

    fn quoted_decimal(&mut self, value: Decimal) {
        self.out.push(b'"');
        match u64::try_from(value.mantissa()) {
            Ok(whole) if value.scale() == 0 => self.digits(whole),
            _ => self.out.extend_from_slice(decimal(value).as_bytes()),
        }
        self.out.push(b'"');
    }
}

/// Writes the text of a string, as serde_json does: only what has to be escaped is.
fn escape(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(plain) = first_to_escape(rest) {
        out.extend_from_slice(&rest[..plain]);
        match rest[plain] {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            control => {
                let _ = write!(out, "\\u{control:04x}"); // a vector takes all
            }
        }
        rest = &rest[plain + 1..];
    }
    out.extend_from_slice(rest);
}

/// Where the first byte stands that must be escaped. Looks at sixteen bytes at a time.
fn first_to_escape(bytes: &[u8]) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<16>();
    let plain =
        blocks.iter().take_while(|block| !block.iter().fold(false, |any, &b| any | must_be_escaped(b)));
    let from = 16 * plain.count();
    bytes[from..].iter().position(|&b| must_be_escaped(b)).map(|at| from + at)
}

fn must_be_escaped(b: u8) -> bool {
    (b < 0x20) | (b == b'"') | (b == b'\\')
}
