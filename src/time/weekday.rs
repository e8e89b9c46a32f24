//! Weekdays with the date that belongs to them, and days that are named by their number.

use jiff::civil::Date;

use super::cursor::{Cursor, Found, Value};
use super::period::{Period, Unit};
use super::tense::Lean;
use super::words::Word;
use crate::sentence::TokenKind;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A weekday, with the date that follows it.
    pub(super) fn named_day(&self, i: usize) -> Option<Found> {
        let weekday = match self.word(i)? {
            Word::Weekday(n) => n,
            // "Sun", "wed" and "sat" are words of their own: they need a date or an hour behind them
            Word::WeekdayShort(n) => {
                let digit = self.s.kind(i + 1) == TokenKind::Number
                    || (self.is(i + 1, ",")
                        && matches!(self.word(i + 2), Some(Word::Month(_) | Word::MonthShort(_))))
                    || matches!(self.word(i + 1), Some(Word::Month(_) | Word::MonthShort(_)));
                let sure = digit || !self.any(i, &["sun", "sat", "wed", "mon", "fri", "tue"]);
                if !sure {
                    return None;
                }
                n
            }
            _ => return None,
        };
        if self.in_title(i) {
            return None;
        }
        let open = format!("XXXX-WXX-{weekday}");
        if let Some((date, end)) = self.date_after(i + 1, weekday) {
            return Some(Found::new(i, end, date));
        }
        if let Some(week) = self.week_of(i + 1) {
            let Some(Period::Week(monday)) = week.value.period else { return None };
            let day = super::period::add(monday, Unit::Day, i32::from(weekday) - 1).map(Period::Day);
            return Some(Found::new(i, week.to, Value::date(day, open)));
        }
        Some(Found::new(i, i + 1, Value::date(self.weekday(i, i + 1, weekday), open)))
    }

    /// "next week" after a weekday, with "of" or without.
    fn week_of(&self, i: usize) -> Option<Found> {
        let at = if self.is(i, "of") { i + 1 } else { i };
        self.directed(at).filter(|f| matches!(f.value.period, Some(Period::Week(_))))
    }

    /// The date after a weekday: ", June 12", "the 4th", "13th", "(Jun-15)".
    fn date_after(&self, i: usize, weekday: i8) -> Option<(Value, usize)> {
        let opened = self.is(i, "(");
        let at = if opened || self.is(i, ",") || self.hyphen(i) { i + 1 } else { i };
        let found = match self.word(at) {
            Some(Word::Month(_) | Word::MonthShort(_)) => self.month(at).filter(|f| f.value.is_day()),
            _ => self
                .day_month(at)
                .or_else(|| {
                    self.numeric_date(at, true).filter(|f| opened || f.to > at + 3 || !self.hyphen(at + 1))
                })
                .or_else(|| self.hyphenated_month(at, at, 0).filter(|f| f.value.is_day())),
        };
        if let Some(found) = found {
            let found = self.on_weekday(found, weekday);
            let end = if opened && self.is(found.to, ")") { found.to + 1 } else { found.to };
            return Some((found.value, end));
        }
        let the = if self.is(at, "the") { at + 1 } else { at };
        let (day, end) = self.ordinal(the).filter(|_| !self.is(i, ",")).or_else(|| self.bare_day(i))?;
        Some((self.nearest_day(day, 12, |d| d.weekday().to_monday_one_offset() == weekday)?, end))
    }

    /// "on Monday 21": a number behind a weekday that counts nothing.
    fn bare_day(&self, i: usize) -> Option<(i32, usize)> {
        let (day, width) = self.digits(i)?;
        let ends = i + 1 >= self.s.len() || self.any(i + 1, &[".", ",", ";", "!", "?", ")"]);
        (width <= 2 && ends && self.is(i.wrapping_sub(2), "on")).then_some((day, i + 1))
    }

    /// "May 22 (Tue)": a weekday in brackets behind a date belongs to it.
    pub(super) fn with_weekday(&self, date: Found) -> Found {
        let (Some(Word::Weekday(n) | Word::WeekdayShort(n)), true) =
            (self.word(date.to + 1), self.is(date.to, "(") && self.is(date.to + 2, ")"))
        else {
            return date;
        };
        Found { to: date.to + 3, ..self.on_weekday(date, n) }
    }

    /// Moves a date without a year to the year nearest by in which it falls on this weekday.
    fn on_weekday(&self, found: Found, weekday: i8) -> Found {
        let year_written = (found.from..found.to).any(|k| self.digits(k).is_some_and(|d| d.1 == 4));
        let (Some(day), Some(today), false) = (found.value.day(), self.publish, year_written) else {
            return found;
        };
        let fits = |d: &Date| d.weekday().to_monday_one_offset() == weekday;
        let years = (-1..=1).filter_map(|k| Date::new(today.year() + k, day.month(), day.day()).ok());
        let away = |d: &Date| d.duration_since(today).as_hours().abs() / 24;
        match years.filter(|d| fits(d) && away(d) < 330).min_by_key(away) {
            Some(date) => Found { value: Value::period(Period::Day(date)), ..found },
            None => found,
        }
    }

    /// The day of this number nearest to the publication date that fits, some months around it.
    fn nearest_day(&self, day: i32, months: i32, fits: impl Fn(Date) -> bool) -> Option<Value> {
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        let near = self.publish.and_then(|today| {
            let this = Period::Month(today.year(), today.month());
            let days = (-months..=months).filter_map(|n| match this.shift(n)? {
                Period::Month(y, m) => Date::new(y, m, day).ok(),
                _ => None,
            });
            days.filter(|d| fits(*d)).min_by_key(|d| d.duration_since(today).as_hours().abs())
        });
        Some(Value::date(near.map(Period::Day), format!("XXXX-XX-{day:02}")))
    }

    /// "on the 18th", "on 29th": a day of a month that goes without saying.
    pub(super) fn numbered_day(&self, i: usize) -> Option<Found> {
        let (day, end) = self.digits(i).and_then(|_| self.ordinal(i))?;
        let on = self.is(i.wrapping_sub(if self.is(i.wrapping_sub(1), "the") { 2 } else { 1 }), "on");
        let goes_on = self.hyphen(end)
            || self.is(end, "of")
            || self.s.tag(end) == Tag::Cconj && self.ordinal(end + 1).is_some();
        let ends = end >= self.s.len()
            || matches!(
                self.s.tag(end),
                Tag::Punct | Tag::Adp | Tag::Cconj | Tag::Sconj | Tag::Adv | Tag::Pron
            )
            || self.s.tag(end).is_finite();
        if !on || goes_on || !ends || self.counts_places() {
            return None;
        }
        let (today, lean) = (self.publish, self.lean(i, end));
        let fits = |d: Date| match lean {
            Lean::Past => today.is_some_and(|today| d <= today),
            Lean::Future => today.is_some_and(|today| d >= today),
            Lean::Near => true,
        };
        Some(Found::new(i, end, self.nearest_day(day, 2, fits)?))
    }

    /// Whether the sentence speaks of golf or of a building, where "the 18th" is a hole or a floor.
    fn counts_places(&self) -> bool {
        const WORDS: [&str; 18] = [
            "golf", "hole", "holes", "tee", "green", "fairway", "par", "birdie", "birdies", "birdied",
            "bogey", "bogeys", "bogeyed", "eagle", "putt", "putted", "bunker", "floor",
        ];
        (0..self.s.len()).any(|k| self.any(k, &WORDS))
    }

    /// Whether the day stands in the name of something else: "Sunday Times", "Bloody Sunday", "Super Tuesday".
    fn in_title(&self, i: usize) -> bool {
        const AFTER: [&str; 10] = [
            "times",
            "telegraph",
            "mirror",
            "herald",
            "mail",
            "express",
            "post",
            "night",
            "world",
            "independent",
        ];
        let capital = |k: usize| self.s.word(k).starts_with(|c: char| c.is_uppercase());
        let night = self.is(i + 1, "night") && !self.is(i + 2, "live");
        (capital(i + 1) && self.any(i + 1, &AFTER) && !night)
            || (i > 0 && capital(i - 1) && self.any(i - 1, &["bloody", "super", "ruby", "black", "fat"]))
    }
}
