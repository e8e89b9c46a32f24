//! What every reader of times works with: the words of a sentence, the anchor, and what was read so far.

use jiff::civil::Date;

use super::period::{Hemisphere, Holiday, Period, Unit, add};
use super::tense::{Lean, lean};
use super::words::{Entry, Word, entry};
use crate::document::Document;
use crate::figure::TimeType;
use crate::sentence::{Sentence, TokenKind};

/// A time expression over tokens `from..to`.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Value,
}

/// What a time expression says.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: TimeType,
    pub(super) timex: String,
    pub(super) days: Option<(Date, Date)>,
    /// The calendar period it names, for readers that build on it.
    pub(super) period: Option<Period>,
    /// Counted from a time named before ("a year earlier"), so that nothing should be counted from it.
    pub(super) derived: bool,
}

impl Value {
    /// A resolved period of the calendar.
    pub(super) fn period(period: Period) -> Value {
        Value {
            kind: TimeType::Date,
            timex: period.timex(),
            days: period.days(),
            period: Some(period),
            derived: false,
        }
    }

    /// A value without known days.
    pub(super) fn open(kind: TimeType, timex: impl Into<String>) -> Value {
        Value { kind, timex: timex.into(), days: None, period: None, derived: false }
    }

    /// A resolved period, or the pattern that stands for it where the anchor is missing.
    pub(super) fn date(period: Option<Period>, open: impl Into<String>) -> Value {
        period.map_or_else(|| Value::open(TimeType::Date, open), Value::period)
    }

    /// A length of time, with the days it covers where they are known.
    pub(super) fn length(timex: String, days: Option<(Date, Date)>) -> Value {
        Value { days, ..Value::open(TimeType::Duration, timex) }
    }

    /// The same, but nothing is to be counted from it.
    pub(super) fn derived(self) -> Value {
        Value { derived: true, ..self }
    }

    /// The day it names, where it names one.
    pub(super) fn day(&self) -> Option<Date> {
        match self.period {
            Some(Period::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// Whether it names a day, resolved or not, without an hour.
    pub(super) fn is_day(&self) -> bool {
        self.kind == TimeType::Date
            && (self.day().is_some()
                || (self.timex.len() == 10 && !self.timex.ends_with("REF"))
                || self.timex.starts_with("XXXX-WXX-"))
    }

    /// This day at an hour or part of it ("T09:00", "TMO", "T09:00/T10:00").
    pub(super) fn at(self, clock: &str) -> Value {
        let timex = match clock.split_once('/') {
            Some((first, last)) => format!("{0}{first}/{0}{last}", self.timex),
            None => self.timex + clock,
        };
        Value { kind: TimeType::Time, timex, ..self }
    }
}

impl Found {
    pub(super) fn new(from: usize, to: usize, value: Value) -> Found {
        Found { from, to, value }
    }

    pub(super) fn from(self, from: usize) -> Found {
        Found { from, ..self }
    }
}

/// What earlier sentences of the document left behind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Memory {
    /// The quarter or half-year spoken of.
    pub(super) quarter: Option<Period>,
    /// The last period of the calendar that was named.
    pub(super) last: Option<Period>,
}

/// A sentence under the eyes of the readers.
pub(super) struct Cursor<'a, 't> {
    pub(super) s: &'a Sentence<'t>,
    words: Vec<Option<&'static Entry>>,
    pub(super) publish: Option<Date>,
    pub(super) month_first: bool,
    pub(super) hemisphere: Hemisphere,
    pub(super) memory: Memory,
}

impl<'a, 't> Cursor<'a, 't> {
    pub(super) fn new(s: &'a Sentence<'t>, document: &Document, memory: Memory) -> Cursor<'a, 't> {
        let words = s.tokens.iter().map(|t| if t.kind == TokenKind::Word { entry(t.lower) } else { None });
        let south = matches!(document.region.as_str(), "AU" | "NZ" | "ZA" | "AR" | "CL" | "UY" | "ZW");
        Cursor {
            s,
            words: words.collect(),
            publish: document.publish_date,
            month_first: document.region.month_first(),
            hemisphere: if south { Hemisphere::South } else { Hemisphere::North },
            memory,
        }
    }

    pub(super) fn word(&self, i: usize) -> Option<Word> {
        self.entry(i)?.word
    }

    /// What the lexicon knows of token `i`; `None` where it is no word of a time.
    pub(super) fn entry(&self, i: usize) -> Option<&'static Entry> {
        self.words.get(i).copied().flatten()
    }

    /// Whether token `i` is this word.
    pub(super) fn is(&self, i: usize, lower: &str) -> bool {
        self.s.lower(i) == lower
    }

    /// Whether token `i` is one of these words.
    pub(super) fn any(&self, i: usize, lower: &[&str]) -> bool {
        lower.contains(&self.s.lower(i))
    }

    /// The word before token `i`, in lower case.
    pub(super) fn before(&self, i: usize) -> &str {
        if i == 0 { "" } else { self.s.lower(i - 1) }
    }

    /// Whether token `i` is a hyphen or dash that ties its neighbours together.
    pub(super) fn hyphen(&self, i: usize) -> bool {
        self.any(i, &["-", "–", "‑", "‐"]) && self.s.glued(i) && self.s.glued(i + 1)
    }

    /// The token after an optional hyphen.
    pub(super) fn past_hyphen(&self, i: usize) -> usize {
        if self.hyphen(i) { i + 1 } else { i }
    }

    /// Whether token `i` is the genitive "'s".
    pub(super) fn genitive(&self, i: usize) -> bool {
        self.any(i, &["'s", "’s"])
    }

    /// A numeral of up to four digits without grouping or decimals, and how many digits it has.
    pub(super) fn digits(&self, i: usize) -> Option<(i32, usize)> {
        let text = self.s.word(i);
        let plain = self.s.kind(i) == TokenKind::Number
            && text.len() <= 4
            && text.bytes().all(|b| b.is_ascii_digit());
        if plain { Some((text.parse().ok()?, text.len())) } else { None }
    }

    /// A number below a hundred in words ("twenty-four"), and where it ends.
    pub(super) fn cardinal(&self, i: usize) -> Option<(i32, usize)> {
        let Some(Word::Cardinal(n)) = self.word(i) else { return None };
        let next = self.past_hyphen(i + 1);
        match self.word(next) {
            Some(Word::Cardinal(ones)) if n >= 20 && ones < 10 => Some((n + ones, next + 1)),
            _ => Some((n, i + 1)),
        }
    }

    /// An ordinal in words or digits ("second", "twenty-third", "20th"), and where it ends.
    pub(super) fn ordinal(&self, i: usize) -> Option<(i32, usize)> {
        if let Some((n, _)) = self.digits(i) {
            let suffix = self.s.glued(i + 1) && self.any(i + 1, &["st", "nd", "rd", "th"]);
            return suffix.then_some((n, i + 2));
        }
        if self.is(i, "second") {
            return Some((2, i + 1));
        }
        match self.word(i)? {
            Word::Ordinal(n) => Some((n, i + 1)),
            Word::Cardinal(tens @ (20 | 30)) => {
                let next = self.past_hyphen(i + 1);
                match self.ordinal(next) {
                    Some((ones @ 1..=9, end)) if self.digits(next).is_none() => Some((tens + ones, end)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The period of this unit that the publication date lies in, `n` later.
    pub(super) fn relative(&self, unit: Unit, n: i32) -> Option<Period> {
        Period::around(unit, self.publish?)?.shift(n)
    }

    /// Which way the tense around tokens `from..to` leans.
    pub(super) fn lean(&self, from: usize, to: usize) -> Lean {
        lean(self.s, from, to)
    }

    /// The occurrence of a period that comes every year which is meant by tokens `from..to`: the nearest
    /// one, where the tense has a strong say.
    pub(super) fn yearly(
        &self,
        from: usize,
        to: usize,
        of: impl Fn(i16) -> Option<Period>,
    ) -> Option<Period> {
        let today = self.publish?;
        let lean = self.lean(from, to);
        let candidates = (-1..=1).filter_map(|k| of(today.year() + k)).filter_map(|p| Some((p, p.days()?)));
        let distance = |(_, (start, end)): &(Period, (Date, Date))| {
            if *end < today {
                today.duration_since(*end).as_hours()
            } else if *start > today {
                start.duration_since(today).as_hours()
            } else {
                0
            }
        };
        let against = |(period, (start, end)): &(Period, (Date, Date))| match lean {
            // "In December" in the past is the last December, but "extended to Dec. 7" is the next Dec. 7
            Lean::Past if *start > today => {
                if matches!(period, Period::Day(_)) {
                    3
                } else {
                    9
                }
            }
            // a quarter is reported after its end, whatever is expected
            Lean::Future if *end < today && !matches!(period, Period::Quarter(..)) => 3,
            _ => 1,
        };
        candidates.min_by_key(|c| distance(c) * against(c)).map(|(p, _)| p)
    }

    /// The day of this weekday that tokens `from..to` mean.
    pub(super) fn weekday(&self, from: usize, to: usize, weekday: i8) -> Option<Period> {
        let today = self.publish?;
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let offset = if back != 0 && self.lean(from, to) == Lean::Future { 7 - back } else { -back };
        Some(Period::Day(add(today, Unit::Day, offset)?))
    }

    /// The holiday that starts at token `i`, and where its name ends.
    pub(super) fn holiday(&self, i: usize) -> Option<(Holiday, usize)> {
        self.entry(i)?.holidays.iter().find_map(|&(rest, rule)| {
            let mut end = i + 1;
            for name in rest.split(' ').filter(|w| !w.is_empty()) {
                let same = self.is(end, name)
                    || (name == "'s" && self.genitive(end))
                    || (name == "'" && self.is(end, "’"));
                if !same {
                    return None;
                }
                end += 1;
            }
            Some((rule, end))
        })
    }
}
