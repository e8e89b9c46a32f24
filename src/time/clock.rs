//! Hours and parts of the day, alone and with their day.

use super::cursor::{Cursor, Found, Value};
use super::period::Part;
use super::words::Word;
use crate::figure::TimeType;
use crate::sentence::TokenKind;
use crate::tag::Tag;

/// Hour, minute and second as they are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) hour: i32,
    pub(super) minute: i32,
    pub(super) second: Option<i32>,
    pub(super) end: usize,
}

impl Written {
    pub(super) fn whole(hour: i32, end: usize) -> Written {
        Written { hour, minute: 0, second: None, end }
    }

    fn after_noon(mut self, add: i32) -> Option<Written> {
        if !(1..=12).contains(&self.hour) {
            // "17:30 pm" is written at times
            return (self.hour < 24).then_some(self);
        }
        self.hour = self.hour % 12 + add;
        Some(self)
    }

    pub(super) fn value(self) -> Option<Value> {
        let valid = (0..=24).contains(&self.hour) && (0..60).contains(&self.minute);
        let mut timex = format!("T{:02}:{:02}", self.hour, self.minute);
        if let Some(second) = self.second.filter(|s| (0..60).contains(s)) {
            timex += &format!(":{second:02}");
        }
        valid.then(|| Value::open(TimeType::Time, timex))
    }
}

impl Cursor<'_, '_> {
    /// A clock time that begins at token `i`: "9:30 a.m. ET", "10.20pm", "noon", "seven o'clock".
    pub(super) fn clock(&self, i: usize) -> Option<Found> {
        if let Some(Word::Hour(hour)) = self.word(i) {
            let end = self.zone(i + 1);
            return Some(Found::new(i, end, Written::whole(hour.into(), end).value()?));
        }
        let written = self.spoken(i).or_else(|| self.written(i))?;
        let end = self.zone(written.end);
        Some(Found::new(i, end, written.value()?))
    }

    /// "half past six", "quarter to nine", "ten minutes past five", "seven o'clock", "eight p.m.".
    pub(super) fn spoken(&self, i: usize) -> Option<Written> {
        let hour_at = |k: usize| {
            self.cardinal(k)
                .or_else(|| self.digits(k).map(|(n, _)| (n, k + 1)))
                .filter(|(n, _)| (1..=12).contains(n))
        };
        if let Some(written) = self.minutes_from(i, hour_at) {
            return self.half_of_day(written);
        }
        let (hour, end) = hour_at(i)?;
        if self.any(end, &["o'clock", "o’clock"]) {
            return self.half_of_day(Written::whole(hour, end + 1));
        }
        if self.digits(i).is_some() {
            return None;
        }
        // "five-thirty", "nine fifteen p.m."
        let cue = self.any(i.wrapping_sub(1), &["at", "by", "around", "about", "until", "before", "after"]);
        let minutes = self.cardinal(self.past_hyphen(end)).filter(|(n, _)| (10..60).contains(n));
        let unit = minutes.and_then(|(_, after)| self.word(self.past_hyphen(after)));
        if let Some((minute, after)) =
            minutes.filter(|_| !matches!(unit, Some(Word::Unit(_) | Word::Units(_))))
        {
            return if cue || self.meridiem(self.past_hyphen(after)).is_some() {
                self.half_of_day(Written { hour, minute, second: None, end: after })
            } else {
                None
            };
        }
        let written = Written::whole(hour, end);
        if cue && self.in_the_part(end).is_some() {
            return self.half_of_day(written);
        }
        if cue && self.part_of_named_day(end) {
            return Some(written);
        }
        let (add, end) = self.meridiem(end)?;
        Written { end, ..written }.after_noon(add)
    }

    /// "half past six", "quarter to nine", "at ten to six", "20 minutes past five".
    fn minutes_from(&self, i: usize, hour_at: impl Fn(usize) -> Option<(i32, usize)>) -> Option<Written> {
        let counted = |(n, end): (i32, usize)| {
            let unit = self.any(end, &["minutes", "min"]);
            // "at ten to six", but not "at 10 to 12 percent"
            let round = n % 5 == 0 && self.cardinal(i).is_some() && self.is(i.wrapping_sub(1), "at");
            (n < 30).then_some((n, if unit { end + 1 } else { end }, unit || round))
        };
        let (minutes, end, sure) = match self.word(i) {
            Some(Word::Half) => (30, self.past_hyphen(i + 1), false),
            _ if self.is(i, "quarter") => (15, i + 1, true),
            Some(_) => counted(self.cardinal(i)?)?,
            None => counted((self.digits(i).filter(|d| d.1 <= 2)?.0, i + 1))?,
        };
        let past = self.is(end, "past");
        let to = sure && self.is(end, "to");
        if !past && !to {
            return None;
        }
        let (hour, end) =
            hour_at(end + 1).filter(|(_, end)| !to || self.is(i, "quarter") || self.ends_time(*end))?;
        let total = hour * 60 + if past { minutes } else { -minutes };
        Some(Written { hour: total / 60, minute: total % 60, second: None, end })
    }

    /// Whether nothing at token `i` is counted by the number before it.
    fn ends_time(&self, i: usize) -> bool {
        self.ends_hour(i) || self.meridiem(i).is_some() || self.part_of_named_day(i)
    }

    /// Whether "this morning", "tonight", "Monday night" begins at token `i`, so that a bare number before it is an hour.
    fn part_of_named_day(&self, i: usize) -> bool {
        match self.word(i) {
            Some(Word::Tonight) => !self.is(i, "overnight"),
            Some(Word::Day(_) | Word::Weekday(_)) => matches!(self.word(i + 1), Some(Word::Part(_))),
            Some(Word::Direction(_)) => {
                self.any(i, &["this", "last"]) && matches!(self.word(i + 1), Some(Word::Part(_)))
            }
            _ => false,
        }
    }

    /// "a.m.", "pm", "p . m .": the hours it adds, and where it ends.
    pub(super) fn meridiem(&self, i: usize) -> Option<(i32, usize)> {
        let dot = |k: usize| if self.is(k, ".") { k + 1 } else { k };
        // "9.am"
        let i = if self.s.glued(i) && self.s.glued(i + 1) { dot(i) } else { i };
        if let Some(Word::Meridiem(add)) = self.word(i) {
            return Some((add.into(), i + 1));
        }
        let add = match self.s.lower(i) {
            "a" => 0,
            "p" => 12,
            _ => return None,
        };
        let m = dot(i + 1);
        self.is(m, "m").then(|| (add, if m > i + 1 { dot(m + 1) } else { m + 1 }))
    }

    /// Whether the word at token `i` is the verb "am".
    pub(super) fn is_verb_am(&self, i: usize) -> bool {
        self.is(i, "am") && self.any(i + 1, &["not", "i", "a", "the"])
    }

    /// An hour of the twelve with "a.m.", "in the evening" or nothing behind it.
    fn half_of_day(&self, written: Written) -> Option<Written> {
        match self.meridiem(written.end) {
            Some((add, end)) => Written { end, ..written }.after_noon(add),
            None => match self.in_the_part(written.end) {
                Some((part, end)) => {
                    Written { end, ..written }.after_noon(if part.after_noon() { 12 } else { 0 })
                }
                None => Some(written),
            },
        }
    }

    /// "in the morning", "at night": the part of the day and where it ends.
    pub(super) fn in_the_part(&self, i: usize) -> Option<(Part, usize)> {
        let at = if self.is(i, "in") && self.is(i + 1, "the") {
            i + 2
        } else if self.is(i, "at") {
            i + 1
        } else {
            return None;
        };
        match self.word(at) {
            Some(Word::Part(part)) => Some((part, at + 1)),
            _ => None,
        }
    }

    /// A clock time in figures.
    pub(super) fn written(&self, i: usize) -> Option<Written> {
        if self.s.kind(i) != TokenKind::Number {
            return None;
        }
        let mut written = self.figures(i)?;
        if let Some((add, end)) = self.meridiem(written.end) {
            let glued = self.s.glued(written.end);
            if self.is_verb_am(written.end) && !glued {
                return None;
            }
            // "730pm", "1140 a.m.", but not "in 1024 PM"
            if written.hour > 100 && (glued || self.s.word(written.end).contains('.')) {
                written = Written { hour: written.hour / 100, minute: written.hour % 100, ..written };
            }
            written.end = end;
            return written.after_noon(add);
        }
        if let Some(written) = self.about_hour(i, written) {
            return Some(written);
        }
        let width = self.s.word(i).len();
        if let Some((n, 4)) = self.digits(i).filter(|_| written.end == i + 1) {
            let zone = matches!(self.word(i + 1), Some(Word::Zone))
                || (self.is(i + 1, "local") && self.is(i + 2, "time"));
            let hours = self.is(i + 1, "hours") && self.s.word(i).starts_with('0');
            let end = if hours { i + 2 } else { i + 1 };
            return (zone || hours).then_some(Written { hour: n / 100, minute: n % 100, second: None, end });
        }
        if written.end == i + 1 && width <= 2 {
            let cued = self.any(i.wrapping_sub(1), &["at", "by", "around", "about", "until", "till"]);
            let hour = cued && (1..=12).contains(&written.hour);
            if hour && self.part_of_named_day(i + 1) {
                return Some(written);
            }
            let (part, end) = self.in_the_part(i + 1).filter(|_| hour)?;
            return Written { end, ..written }.after_noon(if part.after_noon() { 12 } else { 0 });
        }
        self.clock_expected(i, &written).then_some(written)
    }

    /// "5 to 7 p.m.", "between nine and eleven a.m.", "8:30-10pm": from one hour to another.
    pub(super) fn hours(&self, i: usize) -> Option<Found> {
        let first = match self.cardinal(i) {
            Some((n, end)) => Written::whole(n, end),
            None => self.figures(i)?,
        };
        let before = self.before(i);
        let tie = match self.s.lower(first.end) {
            "and" => before == "between",
            "to" | "until" | "till" => true,
            _ => self.hyphen(first.end),
        };
        let second = self.clock(first.end + 1).filter(|_| tie && (1..=12).contains(&first.hour))?;
        let last: i32 = second.value.timex.get(1..3).filter(|_| self.has_meridiem(&second))?.parse().ok()?;
        // "11 to 1 p.m." begins before noon
        let hour = [first.hour % 12 + 12, first.hour % 12].into_iter().find(|hour| *hour < last)?;
        let start = Written { hour, ..first }.value()?;
        let from = if matches!(before, "between" | "from") { i - 1 } else { i };
        let timex = format!("{}/{}", start.timex, second.value.timex);
        Some(Found::new(from, second.to, Value::open(TimeType::Time, timex)))
    }

    /// "11ish", "7 ish".
    fn about_hour(&self, i: usize, written: Written) -> Option<Written> {
        let end = written.end + 1;
        let cue = self.any(
            i.wrapping_sub(1),
            &["at", "by", "around", "about", "until", "till", "back", "here", "there", "home"],
        );
        (cue && self.is(written.end, "ish") && (1..=12).contains(&written.hour) && self.ends_hour(end))
            .then_some(Written { end, ..written })
    }

    /// Whether token `i` is none that a bare number before it could count.
    pub(super) fn ends_hour(&self, i: usize) -> bool {
        i >= self.s.len() || matches!(self.s.tag(i), Tag::Punct | Tag::Adp | Tag::Cconj)
    }

    /// "9", "9:30", "9:30:15", "10.20" as hour, minute and second.
    pub(super) fn figures(&self, i: usize) -> Option<Written> {
        let text = self.s.word(i);
        if let Some((hour, minute)) = text.split_once('.') {
            let end = i + 1;
            let meridiem = self.meridiem(end).is_some() || self.zone(end) > end;
            return (minute.len() == 2 && hour.len() <= 2 && meridiem).then_some(Written {
                hour: hour.parse().ok()?,
                minute: minute.parse().ok()?,
                second: None,
                end,
            });
        }
        let (hour, width) = self.digits(i)?;
        let tied = |k: usize| self.is(k, ":") && self.s.glued(k) && self.s.glued(k + 1);
        if width <= 2 && hour <= 24 && tied(i + 1) {
            let (minute, 2) = self.digits(i + 2)? else { return None };
            let second = if tied(i + 3) { Some(self.digits(i + 4).filter(|d| d.1 == 2)?.0) } else { None };
            let end = if second.is_some() { i + 5 } else { i + 3 };
            return (minute < 60 && !tied(end)).then_some(Written { hour, minute, second, end });
        }
        (hour <= 24 || width > 2).then_some(Written::whole(hour, i + 1))
    }

    /// Whether figures such as "9:30" are read as an hour where no "a.m." says so.
    fn clock_expected(&self, i: usize, written: &Written) -> bool {
        let zone = self.zone(written.end) > written.end;
        if written.end == i + 1 {
            return zone && self.s.word(i).contains('.');
        }
        let cue = self.any(
            i.wrapping_sub(1),
            &[
                "at", "by", "until", "till", "around", "about", "before", "after", "since", "@", "from",
                "between",
            ],
        );
        let dated =
            i > 0 && matches!(self.word(i - 1), Some(Word::Weekday(_) | Word::Day(_) | Word::Month(_)));
        // "GMT 17:45"
        let zoned = i > 0 && self.zone(i - 1) == i;
        let zone = zone || zoned;
        if written.second.is_some() {
            return zone || dated || self.any(i.wrapping_sub(1), &["at", "@"]);
        }
        let score = self.s.tag(written.end).is_noun() && self.is(written.end, "ratio");
        !score
            && (zone
                || cue
                || dated
                || self.heads(i, written)
                || (self.s.word(i).len() == 2
                    && !self.any(i.wrapping_sub(1), &["in", "of", "a", "-"])
                    && self.digits(i).is_some_and(|(h, _)| h == 0 || h > 12)
                    && self.day_near(i)))
    }

    /// "17:45", "17:45 Two ferries collide": an hour that stands alone in its line, or before what happened at it.
    fn heads(&self, i: usize, written: &Written) -> bool {
        let line = written.end == self.s.len() || self.s.word(written.end).starts_with(char::is_uppercase);
        i == 0 && self.s.word(i).len() == 2 && self.s.word(i + 2).len() == 2 && line
    }

    /// Whether a day stands right before or after an hour.
    fn day_near(&self, i: usize) -> bool {
        (i.saturating_sub(3)..i + 6).any(|k| {
            matches!(
                self.word(k),
                Some(Word::Weekday(_) | Word::Day(_) | Word::Month(_) | Word::MonthShort(_))
            )
        })
    }

    /// Where a time zone ends that begins at token `i`, or `i`.
    fn zone(&self, i: usize) -> usize {
        if matches!(self.word(i), Some(Word::Zone)) && self.s.word(i).starts_with(|c: char| c.is_uppercase())
        {
            return i + 1;
        }
        let capital = self.s.word(i).starts_with(|c: char| c.is_uppercase());
        if self.is(i, "(") && matches!(self.word(i + 1), Some(Word::Zone)) && self.is(i + 2, ")") {
            return i + 3;
        }
        if (self.is(i, "local") || capital) && self.is(i + 1, "time") {
            return i + 2;
        }
        if capital && self.any(i + 1, &["standard", "daylight", "summer"]) && self.is(i + 2, "time") {
            return i + 3;
        }
        i
    }
}
