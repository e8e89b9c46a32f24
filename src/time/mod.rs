//! Calendar and clock expressions, typed and valued as TIMEX3.
//!
//! "Tuesday", "last year" and "the third quarter" are resolved against the publication date, with the
//! tense of the verb choosing past or future; without a publication date they stay unresolved
//! ("XXXX-WXX-2"). The words are in `data/en/time.toml`.
//!
//! ```
//! use factfigures::document::Document;
//! use factfigures::{Span, time, token};
//!
//! let text = "It opened on June 12, 2024.";
//! let lowered = text.to_ascii_lowercase();
//! let sentence = token::tokenize(text, &lowered, Span::new(0, text.len() as u32), 0);
//! let times = time::read(&sentence, &Document::new(text));
//! assert_eq!(times[0].span.of(text), "June 12, 2024");
//! assert_eq!(times[0].timex, "2024-06-12");
//! ```

mod article;
mod calendar;
mod clock;
mod cursor;
mod day;
mod holds;
mod length;
mod nth;
mod numeric;
mod period;
mod relative;
mod set;
mod tense;
mod weekday;
mod words;
mod year;

use cursor::{Cursor, Found, Memory, Value};
use period::{Period, Unit};
use words::Word;

use jiff::civil::Date;

use crate::Span;
use crate::document::Document;
use crate::figure::{TimeExpression, TimeType};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

pub use holds::holds_at;

/// Reads the times of one sentence that stands alone, in text order; none overlap.
pub fn read(sentence: &Sentence, document: &Document) -> Vec<TimeExpression> {
    Reader::new(*document).read(sentence)
}

/// Reads the times of a document's sentences in their order, and remembers which quarter or day was
/// spoken of, which is what "a year earlier" and "the quarter" stand on.
#[derive(Clone, Debug)]
pub struct Reader<'t> {
    document: Document<'t>,
    memory: Memory,
}

impl<'t> Reader<'t> {
    /// A reader at the start of a document.
    pub fn new(document: Document<'t>) -> Reader<'t> {
        Reader { document, memory: Memory::default() }
    }

    /// Reads the times of the next sentence, in text order; none overlap.
    pub fn read(&mut self, sentence: &Sentence) -> Vec<TimeExpression> {
        let mut cursor = Cursor::new(sentence, &self.document, self.memory);
        let mut times: Vec<Found> = Vec::new();
        let (mut i, mut free) = (0, 0);
        while i < sentence.len() {
            match cursor.time_at(i).filter(|f| f.to > i) {
                Some(found) => {
                    let found = Found { from: found.from.max(free), ..found };
                    remember(&mut cursor.memory, &found.value, self.document.publish_date);
                    i = found.to.min(sentence.len());
                    free = i;
                    let joined = times.last().and_then(|first| cursor.joined(first, &found));
                    if joined.is_some() {
                        times.pop();
                    }
                    times.push(joined.unwrap_or(found));
                }
                None => i += 1,
            }
        }
        self.memory = cursor.memory;
        times.into_iter().map(|found| expression(sentence, found)).collect()
    }
}

fn expression(sentence: &Sentence, found: Found) -> TimeExpression {
    let Value { kind, timex, days, .. } = found.value;
    TimeExpression {
        span: sentence.span_of(found.from, found.to.min(sentence.len())),
        time_type: kind,
        timex,
        start: days.map(|d| d.0),
        end: days.map(|d| d.1),
    }
}

fn remember(memory: &mut Memory, value: &Value, today: Option<Date>) {
    match value.period {
        _ if value.derived => {}
        Some(period @ (Period::Quarter(..) | Period::Half(..))) => {
            // a quarter that is only looked forward to is not the one that "a year earlier" is compared with
            let ended = |p: Period| p.days().zip(today).is_some_and(|(days, today)| days.1 < today);
            if memory.quarter.is_none() || ended(period) {
                memory.quarter = Some(period);
            }
            memory.last = Some(period);
        }
        Some(period) if value.kind != TimeType::Duration => memory.last = Some(period),
        _ => {}
    }
}

/// Whether the number at `span` belongs to one of the sentence's times and is no figure of its own.
///
/// The counts of lengths of time ("two" of "two weeks ago") and of frequencies ("twice a week") are figures.
pub fn covers(sentence: &Sentence, times: &[TimeExpression], span: Span) -> bool {
    let Some(time) = times.iter().find(|t| t.span.overlaps(span)) else { return false };
    let next = sentence.token_at(span.end);
    let counted = (next..next + 5)
        .take_while(|&k| sentence.tokens.get(k).is_some_and(|t| t.span.end <= time.span.end))
        .find(|&k| {
            // "three or four years", "two more days"
            let link = |k: usize| matches!(sentence.lower(k), "-" | "or" | "to");
            let joins = link(k) || sentence.tag(k) == Tag::Num && link(k - 1);
            !joins && !matches!(words::word(sentence.lower(k)), Some(Word::Adjective))
        });
    let unit = counted.and_then(|k| words::word(sentence.lower(k)));
    let clock = time.time_type == TimeType::Time || time.timex.contains('Q') || time.timex.contains('H');
    match unit {
        Some(Word::Units(_)) => false,
        Some(Word::Unit(u)) => time.time_type == TimeType::Date && (clock || u == Unit::Century),
        _ => {
            !(time.time_type == TimeType::Set
                && (counted.is_some_and(|k| sentence.lower(k) == "times")
                    || matches!(words::word(&span.of(sentence.text).to_ascii_lowercase()), Some(Word::Once))))
        }
    }
}

/// Whether this word (in lower case) alone can hold or start a time; numbers in digits can too.
pub(crate) fn is_trigger(lower: &[u8]) -> bool {
    words::is_trigger(lower)
}

/// The words that alone can hold or start a time.
pub(crate) fn triggers() -> impl Iterator<Item = &'static str> {
    words::triggers()
}

impl Cursor<'_, '_> {
    /// The time that begins at token `i`, with the day or hour that belongs to it.
    fn time_at(&self, i: usize) -> Option<Found> {
        let found = self.simple(i)?;
        Some(self.extend(found))
    }

    /// The time that begins at token `i`, without what stands beside it.
    fn simple(&self, i: usize) -> Option<Found> {
        match self.s.kind(i) {
            TokenKind::Number => return self.number(i),
            TokenKind::Identifier => return self.identifier(i),
            TokenKind::Word if self.entry(i).is_some() => {}
            _ => return None,
        }
        if let Some(found) = self.holiday_at(i) {
            return Some(found);
        }
        match self.word(i)? {
            Word::Month(_) | Word::MonthShort(_) => self.month(i),
            Word::Weekday(_) | Word::WeekdayShort(_) => {
                self.plural(i).or_else(|| self.each_in_list(i)).or_else(|| self.named_day(i))
            }
            Word::Day(_) | Word::Tonight => self.deictic(i),
            Word::Hour(_) => self.clock(i),
            Word::The => self.the(i),
            Word::Direction(_) => self
                .placed(i)
                .or_else(|| self.final_part(i))
                .or_else(|| self.directed(i))
                .or_else(|| self.current(i)),
            Word::Edge => self.edge(i).or_else(|| self.clock(i)),
            Word::PartOf => self.part_of(i),
            Word::Each => self.each(i),
            Word::Fiscal => self.fiscal(i),
            Word::Ordinal(_) => self
                .ordinal_period(i)
                .or_else(|| self.century(i))
                .or_else(|| self.day_month(i))
                .or_else(|| self.placed(i)),
            Word::Unit(unit) => self.unit_word(i, unit),
            Word::Weekdays(_) | Word::Units(_) | Word::Parts(_) => self.plural(i),
            Word::Season(_) => self.season(i),
            Word::Cardinal(_) => self.number_word(i),
            Word::A | Word::Some | Word::Couple => self.length_of_time(i),
            Word::All => self.all_of(i),
            Word::Half => self.clock(i).or_else(|| self.length_of_time(i)),
            Word::Once => self.times_a_week(i),
            Word::Recent => self.recent(i),
            Word::Reference(timex) => self.reference(i, timex),
            Word::Frequency(timex) => self.frequency(i, timex),
            _ => None,
        }
    }

    fn number_word(&self, i: usize) -> Option<Found> {
        self.hours(i)
            .or_else(|| self.clock(i))
            .or_else(|| self.times_a_week(i))
            .or_else(|| self.length_of_time(i))
            .or_else(|| self.day_month(i))
            .or_else(|| {
                let (year, end) = self.year_in_words(i)?;
                // "two hundred and two thousand" goes on a number
                let goes_on = i > 1 && self.is(i - 1, "and") && self.is(i - 2, "hundred");
                let cue = !self.is(i + 1, "thousand")
                    || !goes_on && self.after_preposition(i) && !self.s.tag(end).is_noun();
                cue.then(|| Found::new(i, end, year::year_value(year.into())))
            })
    }

    fn unit_word(&self, i: usize, unit: Unit) -> Option<Found> {
        if self.is(i, "second") {
            return self.ordinal_period(i).or_else(|| self.placed(i));
        }
        let found = match unit {
            Unit::Year => self.year_earlier(i).or_else(|| self.year_word(i)),
            Unit::Week => self.year_word(i),
            Unit::Weekend => self.week_of_day(i, i),
            Unit::Quarter => self.clock(i),
            _ => None,
        };
        found.or_else(|| self.that_unit(i, unit))
    }

    /// "last half of 1989".
    fn final_part(&self, i: usize) -> Option<Found> {
        let (_, end) = self.part_of_year(i, 2000)?;
        let (year, after) = self.is(end, "of").then(|| self.digits(end + 1).map(|(y, _)| (y, end + 2)))??;
        let (period, _) = self.part_of_year(i, i16::try_from(year).ok()?)?;
        Some(Found::new(i, after, Value::period(period)))
    }

    fn reference(&self, i: usize, timex: &str) -> Option<Found> {
        let other = self.is(i, "now") && (self.is(i + 1, "that") || self.is(i.wrapping_sub(1), "until"))
            || self.is(i, "soon")
                && (self.is(i + 1, "after") || self.is(i.wrapping_sub(1), "as") || self.is(i + 1, "-"));
        (!other).then(|| Found::new(i, i + 1, Value::open(TimeType::Date, timex)))
    }

    fn frequency(&self, i: usize, timex: &str) -> Option<Found> {
        let name = self.s.tag(i).is_name();
        let adverb = !self.s.tag(i + 1).is_noun() && !self.s.tag(i + 1).is_adj();
        // "bi-weekly", "semi-annually"
        let prefix = i > 1 && self.hyphen(i - 1) && self.any(i - 2, &["bi", "semi"]);
        let joined = || words::word(&format!("{}{}", self.s.lower(i - 2), self.s.lower(i)));
        let (from, timex) = match prefix.then(joined).flatten() {
            Some(Word::Frequency(timex)) => (i - 2, timex),
            _ => (i, timex),
        };
        let hyphen = self.hyphen(i + 1) || (from > 0 && self.hyphen(from - 1));
        (!name && adverb && !hyphen).then(|| Found::new(from, i + 1, Value::open(TimeType::Set, timex)))
    }
}
