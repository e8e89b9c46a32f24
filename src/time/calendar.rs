//! Dates as the calendar writes them: months, days, years, weekdays, holidays.

use jiff::civil::Date;

use super::cursor::{Cursor, Found, Value};
use super::period::Period;
use super::words::Word;
use crate::figure::TimeType;
use crate::sentence::TokenKind;
use crate::tag::Tag;

/// A date as far as it is written.
#[derive(Clone, Copy, Debug)]
struct Written {
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
}

impl Cursor<'_, '_> {
    /// What a written date stands for.
    fn resolve(&self, from: usize, to: usize, date: Written) -> Option<Value> {
        let make = |year: i16| match date.day {
            Some(day) => Some(Period::Day(Date::new(year, date.month, day).ok()?)),
            None => Some(Period::Month(year, date.month)),
        };
        // some year has to have the day: February 29 is a date, February 30 is none
        Date::new(date.year.unwrap_or(2000), date.month, date.day.unwrap_or(1)).ok()?;
        if let Some(year) = date.year {
            return make(year).map(Value::period);
        }
        let open = match date.day {
            Some(day) => format!("XXXX-{:02}-{day:02}", date.month),
            None => format!("XXXX-{:02}", date.month),
        };
        Some(Value::date(self.yearly(from, to, make), open))
    }

    /// A date that begins with its month: "June", "Sept. 30", "June 12, 2024", "October of 1987".
    pub(super) fn month(&self, i: usize) -> Option<Found> {
        let (month, short) = self.month_name(i)?;
        let separated = self.any(i + 1, &["-", "/"]) && self.s.glued(i + 1) && self.s.glued(i + 2);
        let next = if separated || (self.is(i + 1, ",") && self.s.kind(i + 2) == TokenKind::Number) {
            i + 2
        } else {
            i + 1
        };
        let (day, end) = match self.day_number(next).filter(|_| next == i + 1 || separated) {
            Some((day, end)) => (Some(day), end),
            None => (None, i + 1),
        };
        let (year, end) =
            self.year_after(end, day.is_some(), separated).map_or((None, end), |(y, e)| (Some(y), e));
        if day.is_none() && year.is_none() && !self.bare_month(i, short) {
            return None;
        }
        if let (Some(first), None) = (day, year)
            && let Some(found) = self.day_range(i, end, month, first)
        {
            return Some(found);
        }
        if year.is_none()
            && let Some(found) = self.month_of(i, end, month, day)
        {
            return Some(found);
        }
        Some(Found::new(i, end, self.resolve(i, end, Written { year, month, day })?))
    }

    fn month_name(&self, i: usize) -> Option<(i8, bool)> {
        match self.word(i)? {
            Word::Month(m) => Some((m, false)),
            Word::MonthShort(m) => Some((m, true)),
            _ => None,
        }
    }

    /// Whether a month stands alone as a time: not a verb, a modal or somebody's name.
    fn bare_month(&self, i: usize, short: bool) -> bool {
        let capital = self.s.word(i).starts_with(|c: char| c.is_uppercase());
        if short {
            return capital && self.after_preposition(i);
        }
        let lower = self.s.lower(i);
        if matches!(lower, "may" | "march") {
            let tag = self.s.tag(i);
            return capital && !matches!(tag, Tag::Modal | Tag::Aux) && !tag.is_verb() && !self.in_name(i);
        }
        if !capital {
            return lower != "august"
                && (self.after_preposition(i) || self.word(i.wrapping_sub(1)).is_some());
        }
        !(matches!(lower, "april" | "june" | "august" | "may") && self.in_name(i))
    }

    /// Whether the word stands in somebody's name: "Theresa May", "June Carter".
    fn in_name(&self, i: usize) -> bool {
        let name = |k: usize| {
            self.s.tag(k).is_name()
                && self.word(k).is_none()
                && self.s.word(k).starts_with(|c: char| c.is_uppercase())
        };
        (i > 0 && name(i - 1))
            || (name(i + 1) && !self.after_preposition(i) && self.word(i.wrapping_sub(1)).is_none())
    }

    /// Whether a preposition of time stands before token `i`, or a word of time.
    pub(super) fn after_preposition(&self, i: usize) -> bool {
        i > 0
            && (matches!(
                self.before(i),
                "in" | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "from"
                    | "of"
                    | "to"
                    | "through"
                    | "during"
                    | "before"
                    | "after"
                    | "between"
                    | "and"
                    | "or"
                    | "for"
                    | "on"
                    | "around"
                    | "about"
                    | "throughout"
                    | "circa"
                    | "early"
                    | "late"
                    | "mid"
                    | "last"
                    | "next"
                    | "this"
                    | "every"
                    | "each"
                    | "the"
                    | "as"
                    | "at"
                    | "beginning"
                    | "starting"
                    | "than"
            ))
    }

    /// A day of the month: "12", "12th", "twenty-third", "the 4th"; and where it ends.
    fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        let i = if self.is(i, "the") { i + 1 } else { i };
        if let Some((n, end)) = self.ordinal(i) {
            return (1..=31).contains(&n).then_some((n as i8, end));
        }
        if let Some((n, width)) = self.digits(i) {
            // "9" of "9 a.m." and "9:30" is an hour
            let hour = self.meridiem(i + 1).is_some()
                || (self.is(i + 1, ":") && self.s.glued(i + 1) && self.s.glued(i + 2));
            // "in May 20 people died", where "on May 20 people marched" has a day
            let counted = self.is(i.wrapping_sub(2), "in") && self.s.tag(i + 1) == Tag::Nouns;
            let unit = counted || self.any(i + 1, &["%", "percent", "per", "million", "billion"]);
            return (width <= 2 && (1..=31).contains(&n) && !hour && !unit).then_some((n as i8, i + 1));
        }
        if self.year_in_words(i).is_some() {
            return None;
        }
        let (n, end) = self.cardinal(i)?;
        ((1..=31).contains(&n) && !matches!(self.word(end), Some(Word::Units(_) | Word::Unit(_))))
            .then_some((n as i8, end))
    }

    /// The year that follows a month or day, and where it ends.
    fn year_after(&self, end: usize, after_day: bool, separated: bool) -> Option<(i16, usize)> {
        let of = self.is(end, "of")
            || self.is(end, ",")
            || (self.is(end, "in") && after_day)
            || (separated && self.any(end, &["-", "/"]));
        let at = if of { end + 1 } else { end };
        if let Some((year, 4)) = self.digits(at) {
            let counted = self.any(at + 1, &["%", "percent", "people", "million", "billion"]);
            return ((1000..=2199).contains(&year) && !counted).then_some((year as i16, at + 1));
        }
        if self.any(at, &["'", "’"])
            && let Some((year, 2)) = self.digits(at + 1)
        {
            return Some((self.century_of(year), at + 2));
        }
        if let Some((year, 2)) = self.digits(at) {
            let two =
                (self.is(end, "of") && year > 31) || (separated && self.s.glued(at) && after_day && at > end);
            return two.then(|| (self.century_of(year), at + 1));
        }
        self.year_in_words(at).filter(|_| !self.is(end, ",") || after_day)
    }

    /// A year of two digits: the one within 85 years back and 15 ahead of the publication date.
    pub(super) fn century_of(&self, year: i32) -> i16 {
        let today = self.publish.map_or(2020, |d| i32::from(d.year()));
        let full = today - today.rem_euclid(100) + year;
        let full = if full > today + 15 {
            full - 100
        } else if full <= today - 85 {
            full + 100
        } else {
            full
        };
        full.clamp(1, 9999) as i16
    }

    /// "Sept. 19 to 22", "June 12-14, 2024": one time from the first day to the last.
    fn day_range(&self, from: usize, end: usize, month: i8, first: i8) -> Option<Found> {
        let ties = self.hyphen(end) || (self.is(end, "to") && self.is(from.wrapping_sub(1), "from"));
        let (last, after) = self.day_number(end + 1).filter(|_| ties)?;
        if last <= first || matches!(self.word(after), Some(Word::Month(_) | Word::MonthShort(_))) {
            return None;
        }
        let (year, after) = self.year_after(after, true, false).map_or((None, after), |(y, e)| (Some(y), e));
        let start = self.resolve(from, after, Written { year, month, day: Some(first) })?;
        let stop = self.resolve(from, after, Written { year, month, day: Some(last) })?;
        Some(Found::new(from, after, span_of(&start, &stop)))
    }

    /// "June last year", "July of next year".
    fn month_of(&self, from: usize, end: usize, month: i8, day: Option<i8>) -> Option<Found> {
        let at = if self.is(end, "of") { end + 1 } else { end };
        let year = self.directed(at).filter(|f| matches!(f.value.period, Some(Period::Year(_))))?;
        let Some(Period::Year(y)) = year.value.period else { return None };
        let value = self.resolve(from, year.to, Written { year: Some(y), month, day })?;
        Some(Found::new(from, year.to, value))
    }

    /// "18-22 June", "18 to 22 June 2024": one time; the first of "18 and 19 June".
    pub(super) fn days_of_month(&self, i: usize) -> Option<Found> {
        let (first, end) = self.day_number(i)?;
        let joins = self.hyphen(end) || self.any(end, &["to", "and"]);
        let last = self.day_month(end + 1).filter(|f| joins && f.value.is_day())?;
        let (_, after) = self.day_number(end + 1)?;
        let (month, _) = self.month_name(if self.is(after, "of") { after + 1 } else { after })?;
        let year = match last.value.period {
            Some(Period::Day(day)) => Some(day.year()),
            _ => None,
        };
        let start = self.resolve(i, last.to, Written { year, month, day: Some(first) })?;
        if self.is(end, "and") && !self.is(i.wrapping_sub(1), "between") {
            return Some(Found::new(i, end, start));
        }
        Some(Found::new(i, last.to, span_of(&start, &last.value)))
    }

    /// A date that begins with its day: "12 June 2024", "the 4th of July", "15-Aug-2016".
    pub(super) fn day_month(&self, i: usize) -> Option<Found> {
        let (day, mut at) = self.day_number(i)?;
        let separated = self.any(at, &["-", "/"]) && self.s.glued(at) && self.s.glued(at + 1);
        if separated {
            at += 1;
        } else {
            if self.is(at, "day") {
                at += 1;
            }
            if self.is(at, "of") {
                at += 1;
            }
            if self.is(at, "the") {
                return None;
            }
        }
        if let Some(found) = self.hyphenated_month(i, at, day).filter(|_| separated) {
            return Some(found);
        }
        let (month, short) = self.month_name(at)?;
        if self.s.lower(at) == "may" && !self.s.word(at).starts_with('M') && self.s.tag(at) == Tag::Modal {
            return None;
        }
        let end = at + 1;
        let tied = separated && self.any(end, &["-", "/"]);
        let (year, end) = self.year_after(end, true, tied).map_or((None, end), |(y, e)| (Some(y), e));
        if short && year.is_none() && !self.s.word(at).starts_with(|c: char| c.is_uppercase()) {
            return None;
        }
        if year.is_none()
            && let Some(found) = self.month_of(i, end, month, Some(day))
        {
            return Some(found);
        }
        Some(Found::new(i, end, self.resolve(i, end, Written { year, month, day: Some(day) })?))
    }

    /// A holiday, with its year where one is given.
    pub(super) fn holiday_at(&self, i: usize) -> Option<Found> {
        let (holiday, end) = self.holiday(i)?;
        let make = |y: i16| holiday.day(y).map(Period::Day);
        let found = match self.year_after(end, false, false) {
            Some((year, end)) => Found::new(i, end, Value::date(make(year), format!("{year:04}-XX-XX"))),
            None => Found::new(i, end, Value::date(self.yearly(i, end, make), holiday.timex())),
        };
        Some(self.weekend_beside(found))
    }

    /// "Labor Day weekend": the weekend next to the day.
    pub(super) fn weekend_beside(&self, day: Found) -> Found {
        if !self.is(day.to, "weekend") {
            return day;
        }
        let weekend = day.value.day().and_then(Period::weekend_beside);
        Found::new(day.from, day.to + 1, Value::date(weekend, "XXXX-WXX-WE"))
    }
}

/// The stretch from the first time to the last.
pub(super) fn span_of(start: &Value, end: &Value) -> Value {
    let days = start.days.zip(end.days).map(|((first, _), (_, last))| (first, last)).filter(|(a, b)| a <= b);
    Value { days, ..Value::open(TimeType::Date, format!("{}/{}", start.timex, end.timex)) }
}
