//! Figures for people: every sentence with its figures marked, and what was read below it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use factfigures::Span;
use factfigures::figure::{Extraction, Figure, Interval, Phrase, Quantity, TimeExpression};
use factfigures::wire::{Query, decimal};

const MARK: Style = AnsiColor::Yellow.on_default().bold();
const FAINT: Style = Style::new().dimmed();

/// The figures that the query asks for, sentence by sentence.
pub fn render(
    query: &Query<'_>,
    found: &Extraction,
    heading: Option<&str>,
    explain: bool,
    colour: bool,
) -> String {
    let mut page = Page { text: query.document.text, found, explain, colour, out: String::new() };
    if let Some(heading) = heading {
        let _ = writeln!(page.out, "== {heading} ==\n");
    }
    let wanted: Vec<_> =
        found.figures.iter().enumerate().filter(|(_, figure)| query.wants(figure.kind)).collect();
    for group in wanted.chunk_by(|(_, a), (_, b)| a.sentence == b.sentence) {
        page.sentence(group[0].1.sentence, group.iter().map(|(_, figure)| figure.span));
        for (i, figure) in group {
            page.figure(*i, figure);
        }
        page.out.push('\n');
    }
    let count = wanted.len();
    let _ = writeln!(page.out, "{count} {}", if count == 1 { "figure" } else { "figures" });
    page.out
}

struct Page<'a> {
    text: &'a str,
    found: &'a Extraction,
    explain: bool,
    colour: bool,
    out: String,
}

impl Page<'_> {
    /// The sentence with the spans marked: coloured, else in square brackets.
    fn sentence(&mut self, sentence: Span, marks: impl Iterator<Item = Span>) {
        let mut at = sentence.start;
        for mark in marks.filter(|mark| sentence.contains(*mark)) {
            if mark.start < at {
                continue;
            }
            self.words(Span::new(at, mark.start));
            self.out.push_str(&if self.colour { MARK.render().to_string() } else { "[".to_owned() });
            self.words(mark);
            self.out.push_str(&if self.colour { MARK.render_reset().to_string() } else { "]".to_owned() });
            at = mark.end;
        }
        self.words(Span::new(at, sentence.end));
        self.out.push('\n');
    }

    /// Words of the text on one line. Control characters, which a terminal might obey, become spaces.
    fn words(&mut self, span: Span) {
        let words = self.text.get(span.range()).unwrap_or("");
        self.out.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }

    fn quoted(&self, span: Span) -> String {
        let words = self.text.get(span.range()).unwrap_or("");
        words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    fn row(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let (faint, plain) = if self.colour {
            (FAINT.render().to_string(), FAINT.render_reset().to_string())
        } else {
            Default::default()
        };
        let _ = writeln!(self.out, "      {faint}{name:<12}{plain}{value}");
    }

    fn figure(&mut self, index: usize, figure: &Figure) {
        let kind = figure.kind.as_str();
        let _ = writeln!(self.out, "  f{:<3} {kind:<12} {}", index + 1, quantity(&figure.quantity));
        if let Some(normalized) = &figure.normalized {
            self.row("base unit", &quantity(normalized));
        }
        if let Some(counted) = figure.thing() {
            self.row("counted", &self.phrase(counted));
        }
        if let Some(subject) = &figure.subject {
            self.row("subject", &self.phrase(subject));
        }
        if let Some(change) = figure.change {
            let (direction, role) = (name(change.direction), name(change.role));
            self.row("change", &format!("{direction} {role} ({})", self.quoted(change.cue)));
        }
        if let Some(said) = &figure.attribution {
            let quoted = if said.quoted { ", quoted" } else { "" };
            self.row("source", &format!("{} ({}{quoted})", self.phrase(&said.source), self.quoted(said.cue)));
        }
        if figure.modality != Default::default() {
            self.row("modality", &name(figure.modality));
        }
        if let Some(time) = figure.time.and_then(|i| self.found.times.get(i)) {
            self.row("time", &self.time(time));
        }
        for relation in &figure.relations {
            self.row("relation", &format!("{} f{}", name(relation.relation), relation.figure + 1));
        }
        if self.explain {
            self.row("rule", figure.rule);
            for choice in &figure.choices {
                self.row("choice", choice);
            }
        }
    }

    fn phrase(&self, phrase: &Phrase) -> String {
        let words = self.quoted(phrase.span);
        match &phrase.resolved {
            Some(resolved) => format!("{words} = {resolved}"),
            None => words,
        }
    }

    fn time(&self, time: &TimeExpression) -> String {
        let mut line = format!("{} ({})", self.quoted(time.span), time.timex);
        match (time.start, time.end) {
            (Some(start), Some(end)) if start == end => {
                let _ = write!(line, " {start}");
            }
            (None, None) => {}
            (start, end) => {
                let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
                let _ = write!(line, " {}..{}", day(start), day(end));
            }
        }
        line
    }
}

/// A variant's name in lower case.
fn name(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

/// "6700 {container}, approximately, 6365 to 7035".
fn quantity(quantity: &Quantity) -> String {
    let value = match (quantity.value, &quantity.parts[..]) {
        (Some(value), _) => decimal(value),
        (None, parts) => parts.iter().copied().map(decimal).collect::<Vec<_>>().join(":"),
    };
    let unit = quantity.unit.as_ref().map_or("", |unit| &unit.code);
    let comparator = quantity.comparator.as_str().to_lowercase().replace('_', " ");
    let mut line = format!("{value} {unit}").trim().to_owned();
    for part in [comparator, quantity.interval.as_ref().map(bounds).unwrap_or_default()] {
        if !part.is_empty() {
            line.push_str(if line.is_empty() { "" } else { ", " });
            line.push_str(&part);
        }
    }
    line
}

/// The interval in mathematical notation: "[5, 10]", "(200, ∞)".
fn bounds(interval: &Interval) -> String {
    let (open, lower) = match interval.lower {
        Some(lower) => (if interval.lower_open { '(' } else { '[' }, decimal(lower)),
        None => ('(', "-∞".to_owned()),
    };
    let (close, upper) = match interval.upper {
        Some(upper) => (if interval.upper_open { ')' } else { ']' }, decimal(upper)),
        None => (')', "∞".to_owned()),
    };
    format!("{open}{lower}, {upper}{close}")
}
