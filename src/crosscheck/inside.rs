//! The sums of one document: what its figures say about each other within a sentence or about its dates.

mod ages;
mod change;
mod conversion;
mod games;
mod lasting;
mod made;
mod neighbours;
mod parts;
mod product;
mod rest;
mod shares;
mod since;
mod sum;
mod votes;

use rust_decimal::Decimal;

use super::{Checked, Item, Pair, Place, Reason, Verdict, explain, words};
use crate::Span;
use crate::figure::{Figure, Interval, Modality, TimeExpression};
use crate::table::Set;

/// Every sum of a document that can be checked.
pub(super) fn read(document: usize, checked: &Checked<'_>) -> Vec<Pair> {
    let figures = &checked.extraction.figures;
    let mut out = Vec::new();
    let mut first = 0;
    let mut before: Option<Scene<'_>> = None;
    for group in figures.chunk_by(|a, b| a.sentence == b.sentence) {
        let times = &checked.extraction.times;
        let first_time = times.partition_point(|t| t.span.start < group[0].sentence.start);
        let scene = Scene { document, text: checked.document.text, checked, group, first, first_time };
        conversion::read(&scene, &mut out);
        change::read(&scene, &mut out);
        parts::read(&scene, &mut out);
        out.extend(rest::read(&scene));
        out.extend(made::read(&scene));
        out.extend(games::read(&scene));
        shares::read(&scene, &mut out);
        votes::read(&scene, &mut out);
        product::read(&scene, &mut out);
        lasting::read(&scene, &mut out);
        first += group.len();
        if let Some(both) = before.and_then(|before| before.with(figures.get(before.first..first)?)) {
            neighbours::read(&both, &mut out);
        }
        before = Some(scene);
    }
    ages::read(document, checked, &mut out);
    out
}

/// One sentence with its figures, or two that follow one another.
#[derive(Clone, Copy)]
struct Scene<'a> {
    document: usize,
    text: &'a str,
    checked: &'a Checked<'a>,
    group: &'a [Figure],
    /// Index of the first figure of the sentence in the document.
    first: usize,
    /// Index of its first time.
    first_time: usize,
}

impl<'a> Scene<'a> {
    /// With the figures of the next sentence; `None` where others stand between.
    fn with(self, group: &'a [Figure]) -> Option<Scene<'a>> {
        let ends = self.group.first()?.sentence.end;
        let between = self.between(ends, group.last()?.sentence.start.max(ends));
        between.is_empty().then_some(Scene { group, ..self })
    }

    /// The text between two offsets, trimmed; empty where they do not follow one another.
    fn between(&self, from: u32, to: u32) -> &'a str {
        self.text.get(from as usize..to as usize).unwrap_or("").trim()
    }

    /// The text between two offsets in lower case, its words and its commas, dashes and brackets apart.
    fn glue(&self, from: u32, to: u32) -> String {
        let text = self.between(from, to);
        if text.is_ascii() {
            return glued(text);
        }
        let mut out = String::new();
        for word in text.split_whitespace() {
            for piece in word.split_inclusive(GLUE).flat_map(|w| {
                let (word, mark) = w.split_at(w.trim_end_matches(GLUE).len());
                [word, mark]
            }) {
                if !piece.is_empty() {
                    out.push_str(if out.is_empty() { "" } else { " " });
                    out.push_str(&words::lowered(piece));
                }
            }
        }
        out
    }

    /// What stands between two figures, as [`Scene::glue`] gives it; nothing where they are not in this order.
    fn gap(&self, a: &Figure, b: &Figure) -> String {
        self.glue(end(a), start(b))
    }

    /// The last words before a figure in its sentence.
    fn before(&self, f: &Figure) -> String {
        self.before_offset(f.sentence, start(f))
    }

    /// The last words before an offset in a sentence.
    fn before_offset(&self, sentence: Span, at: u32) -> String {
        let from = at.saturating_sub(REACH).max(sentence.start);
        self.glue(self.word_from(from, sentence.start), at)
    }

    /// The first words behind it.
    fn after(&self, f: &Figure) -> String {
        let to = end(f).saturating_add(REACH);
        let to = if to < f.sentence.end { self.word_from(to, end(f)) } else { f.sentence.end };
        self.glue(end(f), to)
    }

    /// The last offset up to `at`, but not before `least`, where a word begins or the text ends.
    fn word_from(&self, at: u32, least: u32) -> u32 {
        let bytes = self.text.as_bytes();
        let begins =
            |i: &u32| *i as usize == bytes.len() || *i > 0 && bytes[*i as usize - 1].is_ascii_whitespace();
        (least..=at).rev().find(begins).unwrap_or(least)
    }

    /// Whether a phrase closes behind a figure: with a comma, a bracket or the sentence.
    fn closes(&self, f: &Figure) -> bool {
        let after = self.between(end(f), f.sentence.end);
        after.is_empty() || after.starts_with([',', ')', '.', ';', '–', '—'])
    }

    /// The words of a figure.
    fn words(&self, i: usize) -> &'a str {
        self.group[i].span.of(self.text)
    }

    fn place(&self, i: usize) -> Place {
        Place { document: self.document, item: Item::Figure(self.first + i) }
    }

    /// A time of the document.
    fn time(&self, index: usize) -> Place {
        Place { document: self.document, item: Item::Time(index) }
    }

    /// The numbers of some figures, as a sum is written.
    fn listed(&self, parts: &[usize]) -> String {
        let list: Vec<&str> = parts.iter().map(|&i| self.group[i].number.of(self.text)).collect();
        list.join(" + ")
    }

    /// The times of the sentence with their indices.
    fn times(&self) -> impl Iterator<Item = (usize, &'a TimeExpression)> + use<'a> {
        let end = self.group[0].sentence.end;
        let times = self.checked.extraction.times.iter().enumerate().skip(self.first_time);
        times.take_while(move |(_, t)| t.span.start < end)
    }
}

/// A finding about a sum. `fits` where it adds up.
fn finding(fits: bool, reason: Reason, sides: Vec<Place>, note: String) -> Pair {
    Pair {
        verdict: if fits { Verdict::Consistent } else { Verdict::Conflict },
        reason,
        sides,
        difference: None,
        similarity: 1.0,
        note: explain::Note::Said(note),
    }
}

/// As [`Scene::glue`], for ASCII, which most of it is.
fn glued(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut space = false;
    for byte in text.bytes() {
        let mark = matches!(byte, b',' | b'(' | b')' | b':' | b';');
        if byte.is_ascii_whitespace() || byte == 0x0b {
            space = true;
            continue;
        }
        if (space || mark) && !out.is_empty() {
            out.push(' ');
        }
        out.push(char::from(byte.to_ascii_lowercase()));
        space = mark;
    }
    out
}

/// Where a figure begins, with its currency.
fn start(f: &Figure) -> u32 {
    f.span.start.min(f.number.start)
}

/// Where it ends, with its unit.
fn end(f: &Figure) -> u32 {
    f.span.end.max(f.number.end)
}

/// Marks that [`Scene::glue`] sets apart.
const GLUE: [char; 7] = [',', '(', ')', ':', ';', '–', '—'];

/// What stands before the longest of some phrases that ends a text.
fn closing<'t>(text: &'t str, phrases: &Set) -> Option<&'t str> {
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]).take(LONGEST_PHRASE);
    starts.filter(|&at| phrases.contains(&text[at..])).last().map(|at| text[..at].trim_end())
}

/// What stands behind the longest of some phrases that begins a text.
fn opening<'t>(text: &'t str, phrases: &Set) -> Option<&'t str> {
    let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).take(LONGEST_PHRASE);
    ends.filter(|&at| phrases.contains(text[..at].trim_end_matches('.')))
        .last()
        .map(|at| text[at..].trim_start())
}

/// So many bytes on either side of a figure are looked at for words of sums.
const REACH: u32 = 120;

/// So many words the phrases of `data/en/sums.toml` have at most.
const LONGEST_PHRASE: usize = 6;

/// Whether what stands before a total sets it off from the rest: "…, a total of", "… for a total of".
fn set_off(before: &str) -> bool {
    before.is_empty() || before.ends_with([',', '–', '—', '(']) || before.ends_with("for")
}

/// Whether something is known of each, and of no two the same.
fn all_differ<T: PartialEq>(list: &[Option<T>]) -> bool {
    list.iter().enumerate().all(|(i, x)| x.is_some() && !list[..i].contains(x))
}

/// Whether a figure is stated as it is, so that sums with it make sense.
fn stated(figure: &Figure) -> bool {
    !matches!(figure.modality, Modality::Negated | Modality::Disputed)
}

fn is_percent(figure: &Figure) -> bool {
    figure.quantity.unit.as_ref().is_some_and(|u| u.code == "%")
}

/// Both ends of an interval; `None` where one is missing.
fn ends(interval: Option<Interval>) -> Option<(Decimal, Decimal)> {
    let interval = interval?;
    interval.lower.zip(interval.upper)
}

/// A number for people: at most so many places, grouped by thousands.
fn number(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp(places).normalize().to_string();
    let (whole, rest) = rounded.split_once('.').map_or((&*rounded, None), |(w, r)| (w, Some(r)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.map(|r| format!(".{r}")).unwrap_or_default();
    format!("{sign}{grouped}{rest}")
}
