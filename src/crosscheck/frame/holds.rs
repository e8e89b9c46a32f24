//! When, where and of whom a figure holds, by the words beside it.

use super::super::words::{self, Word, lowered};
use super::reader::Scene;
use super::{Class, Session, Stretch};
use crate::Span;
use crate::figure::Figure;
use crate::lexicon::crosscheck::{AROUND, PERIODS};

/// How adjectives of places end.
const ADJECTIVES: [&str; 4] = ["ish", "ese", "ian", "ean"];

/// So many bytes on either side of a figure belong to it at most.
const BESIDE: u32 = 160;

impl<F: Fn(u64) -> bool> Scene<'_, F> {
    /// The list of words around figures that has a word.
    pub fn around(&self, word: Span) -> Option<&'static str> {
        AROUND.get(&lowered(word.of(self.text))).copied()
    }

    /// Whether the time of a figure says until when was counted: "by Thursday evening", "as of Monday".
    pub fn until(&self, figure: &Figure) -> bool {
        let time = figure.time.and_then(|t| self.times.get(t));
        let word = time.and_then(|t| self.before(t.span.start).trim_end().rsplit(' ').next()).map(lowered);
        word.is_some_and(|word| AROUND.get(&word) == Some(&"until"))
    }

    /// Whether a word of a list stands beside a figure: "still missing", "a total of 31 years".
    pub fn beside_says(&self, beside: Span, list: &str) -> bool {
        self.whole.marks.iter().any(|(word, of)| *of == list && beside.contains(*word))
    }

    /// Which sort of what is measured the words beside a figure name.
    pub fn sorts(&self, class: Class, own: &[Option<bool>]) -> Vec<u64> {
        let measured = matches!(class, Class::Share | Class::Money | Class::Rate);
        let beside = self.words.iter().zip(own).filter(|(_, own)| measured && **own == Some(true));
        let mut sorts: Vec<u64> =
            beside.filter(|(w, _)| w.around == Some("sort") && !w.name).map(|(w, _)| w.key).collect();
        sorts.sort_unstable();
        sorts.dedup();
        sorts
    }

    /// Whether it is said of the time before something, or after it: "before costs", "since the rise".
    pub fn turn(&self, beside: Span) -> Option<bool> {
        match (self.beside_says(beside, "before"), self.beside_says(beside, "after")) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }

    /// "arrested aged 48", "26 when she began", other than "died aged 84", which is said of one who is that old in all reports.
    pub fn at_an_event(&self, figure: &Figure) -> bool {
        let start = figure.span.start.min(figure.number.start);
        let mut words = self.before(start).rsplit(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let event = words.next().filter(|aged| *aged == "aged").and_then(|_| words.next());
        let after = self.text.get(figure.number.end as usize..self.sentence.end as usize).unwrap_or("");
        after.starts_with(" when ")
            || event.is_some_and(|verb| verb.ends_with("ed") && words::meaning(verb).1 != Some("dead"))
    }

    /// "profits before tax" are no tax.
    pub fn is_before_tax(&self, tax: &Word) -> bool {
        let before = self.before(tax.span.start);
        let word = before.trim_end_matches([' ', '-']).rsplit(|c: char| !c.is_alphanumeric()).next();
        matches!(word.map(lowered).as_deref(), Some("before" | "after" | "pre" | "post"))
    }

    /// "8 percent of its workforce" says of what it is a share, not that they are employed.
    pub fn is_of_it(&self, word: &Word) -> bool {
        let before = self.before(word.span.start);
        ["of its ", "of the ", "of their ", "of "].iter().any(|of| before.ends_with(of))
    }

    pub fn time(&self, figure: &Figure) -> Option<usize> {
        let first = self.times.partition_point(|t| t.span.start < self.sentence.start);
        let mut inside = self.times[first..].iter().take_while(|t| t.span.start < self.sentence.end);
        let only = inside.next().filter(|_| inside.next().is_none());
        figure.time.or(only.map(|_| first))
    }

    pub fn session(&self, figure: &Figure, own: &[Option<bool>]) -> Option<Session> {
        let beside = self.words.iter().zip(own).filter(|(_, own)| **own == Some(true)).map(|(w, _)| w.around);
        let time = figure.time.and_then(|t| self.times.get(t)).map(|t| t.span);
        let in_time = time.into_iter().flat_map(|span| words::runs(self.text, span));
        let in_time = in_time.map(|(word, _)| self.around(word));
        let sessions = beside.chain(in_time).filter_map(|around| match around {
            Some("intraday") => Some(Session::Intraday),
            Some("finish") => Some(Session::Finish),
            _ => None,
        });
        // "trading ended 2 % lower"
        sessions.max_by_key(|session| *session == Session::Finish)
    }

    /// The words between commas, brackets and dashes around a figure, not far from it.
    pub fn beside(&self, figure: &Figure) -> Span {
        let (from, to) = (figure.span.start.min(figure.number.start), figure.span.end.max(figure.number.end));
        let mut start = from.saturating_sub(BESIDE).max(self.sentence.start);
        let mut end = to.saturating_add(BESIDE).min(self.sentence.end);
        while !self.text.is_char_boundary(start as usize) {
            start += 1;
        }
        while !self.text.is_char_boundary(end as usize) {
            end -= 1;
        }
        let (before, after) = (Span::new(start, from).of(self.text), Span::new(to, end).of(self.text));
        let last =
            (0..before.len()).rev().find_map(|at| break_at(before, at).map(|len| at + len)).unwrap_or(0);
        let first = (0..after.len()).find(|&at| break_at(after, at).is_some()).unwrap_or(after.len());
        Span::new(start + last as u32, to + first as u32)
    }

    /// Over what part of a year a figure is counted: by the nearest words beside it that say so.
    pub fn period(&self, figure: &Figure, beside: Span) -> Option<&'static str> {
        let apart = |phrase: &Span| phrase.end <= figure.number.start || figure.number.end <= phrase.start;
        let near = self.whole.periods.iter().filter(|(phrase, _)| beside.contains(*phrase) && apart(phrase));
        let nearest = near.min_by_key(|(phrase, _)| phrase.start.abs_diff(figure.number.start));
        // "In the third quarter profit was 410 million, up 5 percent"
        let only = || self.whole.periods.first().filter(|p| self.whole.periods.iter().all(|q| q.1 == p.1));
        nearest.or_else(|| only().filter(|_| figure.change.is_some())).map(|(_, period)| *period)
    }

    /// Telling words of a phrase that opens the sentence and says of what it holds.
    pub fn within(&self, figure: &Figure) -> Vec<u64> {
        if !matches!(self.whole.opens, Some("place" | "among")) {
            return Vec::new();
        }
        let said = self.reporter(figure).map(|a| a.source.span);
        let open = self.whole.opening;
        let inside = |w: &&Word| w.span.end <= open && open <= figure.number.start && !w.common;
        let words = self.words.iter().filter(inside).filter(|w| !said.is_some_and(|s| s.contains(w.span)));
        words.map(|w| w.key).collect()
    }

    /// Names behind "in", "at", "for" beside the figure, and those of a phrase that opens the sentence so.
    pub fn places(&self, figure: &Figure, own: &[Option<bool>]) -> Vec<u64> {
        let opens = self.whole.opens == Some("place") && self.whole.opening <= figure.number.start;
        let in_front = |word: &Word| opens && word.span.end <= self.whole.opening;
        // "in the Scottish borders"
        let adjective = |word: &Word| ADJECTIVES.iter().any(|end| word.span.of(self.text).ends_with(end));
        let names = self.words.iter().zip(own).filter(|(word, own)| word.name && own.is_some());
        let mut places: Vec<u64> = names
            .filter(|(word, own)| in_front(word) || **own == Some(true) && word.placed)
            .filter(|(word, _)| !adjective(word))
            .map(|(word, _)| word.key)
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    pub fn stretch(&self) -> Option<Stretch> {
        let sentence = self.sentence.of(self.text);
        if !["year", "month"].iter().any(|word| sentence.contains(word)) && !self.whole.says("yearly") {
            return None;
        }
        let sentence = sentence.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|p| sentence.contains(p));
        let year = [
            "the year to ",
            "months to ",
            "year-on-year",
            "year on year",
            "on the year",
            "year earlier",
            "year ago",
            "12 months",
            "year before",
        ];
        let month = [
            "month-on-month",
            "month on month",
            "on the month",
            "in the month",
            "over the month",
            "month earlier",
            "month before",
            "previous month",
        ];
        match () {
            () if says(&year) || self.whole.says("yearly") => Some(Stretch::Year),
            () if says(&month) || self.whole.says("monthly") => Some(Stretch::Month),
            () => None,
        }
    }
}

/// How many bytes the comma, bracket or dash has that stands at a place of a text and sets words apart.
fn break_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b',' | b';' | b':' | b')' => (bytes.get(at + 1) == Some(&b' ')).then_some(2),
        b' ' if bytes.get(at + 1) == Some(&b'(') => Some(2),
        b' ' if bytes[at..].starts_with(b" - ") => Some(3),
        b' ' if text[at..].starts_with(" – ") => Some(5),
        0xe2 if text.is_char_boundary(at) && text[at..].starts_with('—') => Some(3),
        _ => None,
    }
}

/// How the words begin with which the phrases for parts of a year end.
const PERIOD_STEMS: [&[u8]; 5] = [b"mont", b"quar", b"half", b"year", b"annu"];

/// "quarter", "first half": the parts of a year that a sentence names.
pub(super) fn periods(text: &str, sentence: Span) -> Vec<(Span, &'static str)> {
    let words = sentence.of(text);
    if !["month", "quarter", "half", "year", "annual"].iter().any(|word| words.contains(word)) {
        return Vec::new();
    }
    let words: Vec<Span> = words::runs(text, sentence).map(|(word, _)| word).collect();
    let ends = |w: &&[Span]| {
        let last = w[w.len() - 1].of(text).as_bytes();
        PERIOD_STEMS.iter().any(|stem| last.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(stem)))
    };
    let phrases = (1..=3).flat_map(|n| words.windows(n)).filter(ends);
    let phrases = phrases.map(|w| Span::new(w[0].start, w[w.len() - 1].end));
    phrases.filter_map(|phrase| Some((phrase, *PERIODS.get(&lowered(phrase.of(text)))?))).collect()
}
