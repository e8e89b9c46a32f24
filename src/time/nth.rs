//! Days and periods by their place: "the last Sunday in March", "the second week of June", "the day after
//! tomorrow", "later that year".

use super::cursor::{Cursor, Found, Value};
use super::period::{Holiday, Period, Unit, add};
use super::words::{Direction, Word};
use crate::figure::TimeType;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A day or period by its place in a longer one, at token `i`.
    pub(super) fn placed(&self, i: usize) -> Option<Found> {
        let last = self.any(i, &["last", "final"]).then_some((None, i + 1));
        let (n, end) = last.or_else(|| self.ordinal(i).map(|(n, end)| (Some(n), end)))?;
        match self.word(end) {
            Some(Word::Weekday(weekday)) => self.nth_weekday(i, n, weekday, end + 1),
            Some(Word::Unit(unit)) => self.nth_unit(i, n, unit, end + 1),
            _ => self.nth_day(i, n?, end),
        }
    }

    /// "the third Saturday of May", "the last Sunday in March", "the first Monday of every month".
    fn nth_weekday(&self, from: usize, n: Option<i32>, weekday: i8, of: usize) -> Option<Found> {
        if !self.any(of, &["of", "in"]) {
            return None;
        }
        let nth =
            |month: i8| Some(Holiday::Nth(n.map_or(Some(-1), |n| i8::try_from(n).ok())?, weekday, month, 0));
        if let Some(end) = self.every_month(of + 1) {
            let timex = nth(0)?.timex().replace("-00-", "-XX-");
            return Some(Found::new(from, end, Value::open(TimeType::Set, timex)));
        }
        let month = self.simple(of + 1)?;
        let value = match (month.value.period, self.word(of + 1)) {
            (Some(Period::Month(year, m)), _) => Value::period(Period::Day(nth(m)?.day(year)?)),
            (None, Some(Word::Month(m))) if month.to == of + 2 => {
                Value::open(TimeType::Date, nth(m)?.timex())
            }
            _ => return None,
        };
        Some(Found::new(from, month.to, value))
    }

    /// "the second week of June", "the 15th day of next month", "the last quarter of 2016".
    fn nth_unit(&self, from: usize, n: Option<i32>, unit: Unit, of: usize) -> Option<Found> {
        let base = if self.is(of, "of") { self.simple(of + 1)? } else { return None };
        let (first, last) = base.value.days?;
        let period = match n {
            Some(n) => {
                let start = Period::around(unit, first)?;
                // the first week of a year or month is the one with its first Thursday
                let skip = matches!(start, Period::Week(monday) if add(monday, Unit::Day, 3)? < first);
                start.shift(n - 1 + i32::from(skip))?
            }
            None => Period::around(unit, last)?,
        };
        let (start, end) = period.days()?;
        let inside = start <= last && end >= first && unit < Unit::Year && (start, end) != (first, last);
        inside.then(|| Found::new(from, base.to, Value::period(period)))
    }

    /// "the 5th of this month", "the 1st of every month".
    fn nth_day(&self, from: usize, n: i32, of: usize) -> Option<Found> {
        if !self.is(of, "of") || !(1..=31).contains(&n) {
            return None;
        }
        if let Some(end) = self.every_month(of + 1) {
            return Some(Found::new(from, end, Value::open(TimeType::Set, format!("XXXX-XX-{n:02}"))));
        }
        let month = self.simple(of + 1)?;
        let Some(Period::Month(year, m)) = month.value.period else { return None };
        let day = Period::Day(self.date(year.into(), m.into(), n)?);
        Some(Found::new(from, month.to, Value::period(day)))
    }

    /// Where "every month" ends that begins at token `i`.
    fn every_month(&self, i: usize) -> Option<usize> {
        let every = matches!(self.word(i), Some(Word::Each));
        (every && matches!(self.word(i + 1), Some(Word::Unit(Unit::Month)))).then_some(i + 2)
    }

    /// "the day before", "the week after Easter", "the day after tomorrow", "the Friday before last".
    pub(super) fn before_or_after(&self, from: usize, at: usize) -> Option<Found> {
        let step = match self.s.lower(at + 1) {
            "before" => -1,
            "after" => 1,
            _ => return None,
        };
        let end = at + 2;
        if self.any(end, if step < 0 { &["last"] } else { &["next"] }) {
            return self.before_last(from, at, step);
        }
        let (unit, part) = match self.word(at)? {
            Word::Unit(unit) => (unit, None),
            Word::Part(part) => (Unit::Day, Some(part)),
            _ => return None,
        };
        let named =
            self.simple(end).and_then(|f| Some((Period::around(unit, f.value.day()?)?.shift(step)?, f.to)));
        let (value, to) = match named {
            Some((period, to)) => (Value::period(period), to),
            None if end >= self.s.len() || matches!(self.s.tag(end), Tag::Punct | Tag::Cconj) => {
                (self.unit(from, at, unit, Direction::Same, step)?.value, end)
            }
            None => return None,
        };
        Some(Found::new(from, to, part.map_or(value.clone(), |part| value.at(part.timex()))))
    }

    /// "the week before last", "the Friday before last", "the month after next".
    fn before_last(&self, from: usize, at: usize, step: i32) -> Option<Found> {
        let value = match self.word(at)? {
            Word::Unit(unit) => self.unit(from, at, unit, Direction::This, 2 * step)?.value,
            Word::Weekday(n) => {
                let beside = if step < 0 { Direction::Last } else { Direction::Next };
                let day = self.stepped_weekday(n, beside, false).and_then(Period::days);
                let day = day.and_then(|(day, _)| add(day, Unit::Week, step)).map(Period::Day);
                Value::date(day, format!("XXXX-WXX-{n}"))
            }
            _ => return None,
        };
        Some(Found::new(from, at + 3, value))
    }

    /// "that day", "later that year": the one that was spoken of.
    pub(super) fn that_unit(&self, i: usize, unit: Unit) -> Option<Found> {
        if i == 0
            || !self.is(i - 1, "that")
            || unit < Unit::Day
            || self.s.tag(i + 1).is_noun()
            || self.hyphen(i + 1)
        {
            return None;
        }
        let edge = i > 1 && matches!(self.word(i - 2), Some(Word::Edge));
        let from = if edge { i - 2 } else { i - 1 };
        // a year that was named has no "that day"
        let (start, end) = self.memory.last?.days()?;
        let inside = Period::around(unit, start) == Period::around(unit, end);
        Some(Found::new(from, i + 1, Value::period(self.remembered(unit).filter(|_| inside)?)))
    }
}
