//! Dates and years in figures: "3/4/2024", "2024-06-12", "1999", "the '80s", "Q3 2024".

use jiff::civil::Date;

use super::calendar::span_of;
use super::cursor::{Cursor, Found, Value};
use super::period::Period;
use super::words::Word;
use super::year::year_value;
use crate::figure::TimeType;
use crate::sentence::TokenKind;
use crate::tag::Tag;

impl Cursor<'_, '_> {
    /// A time that begins with a number in figures.
    pub(super) fn number(&self, i: usize) -> Option<Found> {
        if i > 0 && self.s.kind(i - 1) == TokenKind::Symbol && !self.any(i - 1, &["@", "~", "|", "="]) {
            return None;
        }
        self.numeric_date(i, false)
            .or_else(|| self.year_month_day(i))
            .or_else(|| self.hours(i))
            .or_else(|| self.clock(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.days_of_month(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.placed(i))
            .or_else(|| self.century(i))
            .or_else(|| self.ordinal_period(i))
            .or_else(|| self.numbered_day(i))
            .or_else(|| self.year(i))
            .or_else(|| self.length_of_time(i))
            .or_else(|| self.times_a_week(i))
    }

    /// "3/4/2024", "2024-06-12", "23.04.2022"; without a year only where `expected` or a preposition asks for a date.
    pub(super) fn numeric_date(&self, i: usize, expected: bool) -> Option<Found> {
        if self.s.kind(i) == TokenKind::Identifier {
            return self.dotted_date(i);
        }
        let (a, a_width) = self.digits(i).or_else(|| self.compact(i))?;
        if a_width == 8 {
            let date = Date::new((a / 10000) as i16, (a / 100 % 100) as i8, (a % 100) as i8).ok()?;
            return Some(Found::new(i, i + 1, Value::period(Period::Day(date))));
        }
        let separator = self.s.lower(i + 1);
        let tied = |k: usize| self.s.glued(k) && self.s.glued(k + 1);
        if !matches!(separator, "/" | "-" | "–") || !tied(i + 1) {
            return None;
        }
        if i > 0 && self.s.glued(i) && (!self.any(i - 1, &["(", "\"", "“", "[", "-"]) || self.s.glued(i - 1))
        {
            return None;
        }
        let (b, b_width) = self.digits(i + 2)?;
        if self.is(i + 3, separator) && tied(i + 3) {
            let (c, c_width) = self.digits(i + 4)?;
            if self.is(i + 5, separator) && self.s.glued(i + 5) && self.s.glued(i + 6) {
                return None;
            }
            let date = match (a_width, c_width) {
                (4, 1 | 2) => self.date(a, b, c)?,
                (1 | 2, 4) => self.month_and_day(c, a, b)?,
                (1 | 2, 2) if separator == "/" => self.month_and_day(i32::from(self.century_of(c)), a, b)?,
                _ => return None,
            };
            return Some(Found::new(i, i + 5, Value::period(Period::Day(date))));
        }
        self.two_part_date(i, (a, a_width), (b, b_width), separator, expected)
    }

    fn two_part_date(
        &self,
        i: usize,
        (a, a_width): (i32, usize),
        (b, b_width): (i32, usize),
        separator: &str,
        expected: bool,
    ) -> Option<Found> {
        let found = |value: Value| Some(Found::new(i, i + 3, value));
        let year = |n: i32| (1000..=2199).contains(&n);
        if a_width == 4 && year(a) && b_width == 2 && separator != "/" && b > 12 && b == (a + 1) % 100 {
            return found(span_of(&year_value(a), &year_value(a + 1)));
        }
        if a_width == 4 && year(a) && b_width == 4 && b > a && year(b) && b - a < 200 {
            return found(span_of(&year_value(a), &year_value(b)));
        }
        if a_width == 4 && b_width == 2 && (1900..2100).contains(&a) && b > a % 100 && b > 12 {
            return found(span_of(&year_value(a), &year_value(a - a % 100 + b)));
        }
        let month = |m: i32, y: i32| {
            ((1..=12).contains(&m) && (1900..2100).contains(&y))
                .then(|| Value::period(Period::Month(y as i16, m as i8)))
        };
        match (a_width, b_width) {
            (4, 1 | 2) => {
                return if b_width == 2 && b == (a + 1) % 100 && !expected {
                    found(span_of(&year_value(a), &year_value(a + 1)))
                } else {
                    found(month(b, a)?)
                };
            }
            (1 | 2, 4) => return found(month(a, b)?),
            _ => {}
        }
        if (a, b, separator) == (9, 11, "/") && !expected {
            return found(Value::period(Period::Day(self.date(2001, 9, 11)?)));
        }
        let asked = expected
            || (separator == "/"
                && self.any(
                    i.wrapping_sub(1),
                    &["on", "by", "until", "before", "after", "since", "from", "dated"],
                ));
        let noun = matches!(self.s.tag(i + 3), Tag::Noun | Tag::Nouns);
        if !asked || noun || (a, b) == (24, 7) || a_width > 2 || b_width > 2 {
            return None;
        }
        let (m, d) = self.order(a, b);
        let make = |y: i16| self.date(i32::from(y), m, d).map(Period::Day);
        make(2000)?;
        found(Value::date(self.yearly(i, i + 3, make), format!("XXXX-{m:02}-{d:02}")))
    }

    /// "2020/Sep/23", "2020-Sep-23".
    fn year_month_day(&self, i: usize) -> Option<Found> {
        let (year, 4) = self.digits(i)? else { return None };
        let tied = |k: usize| self.any(k, &["/", "-"]) && self.s.glued(k) && self.s.glued(k + 1);
        let month_name = |word: &str| match super::words::word(word)? {
            Word::Month(m) | Word::MonthShort(m) => Some(i32::from(m)),
            _ => None,
        };
        let (month, day, end) = match self.s.lower(i + 2).split_once('-') {
            _ if !tied(i + 1) => return None,
            Some((month, day)) => (month_name(month)?, day.parse().ok()?, i + 3),
            None if tied(i + 3) => (month_name(self.s.lower(i + 2))?, self.digits(i + 4)?.0, i + 5),
            None => return None,
        };
        Some(Found::new(i, end, Value::period(Period::Day(self.date(year, month, day)?))))
    }

    fn dotted_date(&self, i: usize) -> Option<Found> {
        let text = self.s.word(i);
        if text.len() > 10 || !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut parts = text.split('.').map(|p| p.parse::<i32>().ok());
        let (d, m, y) = (parts.next()??, parts.next()??, parts.next()??);
        let date = if d > 31 {
            self.date(d, m, y)?
        } else if y > 1000 {
            self.date(y, m, d)?
        } else {
            return None;
        };
        parts.next().is_none().then(|| Found::new(i, i + 1, Value::period(Period::Day(date))))
    }

    /// "20240612", eight digits that are a date of our time.
    fn compact(&self, i: usize) -> Option<(i32, usize)> {
        let text = self.s.word(i);
        let plain = self.s.kind(i) == TokenKind::Number
            && text.len() == 8
            && text.bytes().all(|b| b.is_ascii_digit());
        let n = text.parse().ok().filter(|_| plain)?;
        (19_000_101..=20_991_231).contains(&n).then_some((n, 8))
    }

    pub(super) fn date(&self, year: i32, month: i32, day: i32) -> Option<Date> {
        Date::new(
            i16::try_from(year).ok().filter(|y| *y > 0)?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()
    }

    /// Month and day of two numbers, in the order of the region unless only the other one fits.
    pub(super) fn order(&self, a: i32, b: i32) -> (i32, i32) {
        if (self.month_first && a <= 12) || b > 12 { (a, b) } else { (b, a) }
    }

    fn month_and_day(&self, year: i32, a: i32, b: i32) -> Option<Date> {
        let (month, day) = self.order(a, b);
        self.date(year, month, day)
    }

    /// "Q3", "Q4 2024", "H1", "FY24".
    pub(super) fn identifier(&self, i: usize) -> Option<Found> {
        let lower = self.s.lower(i);
        if let Some(found) = self.dotted_date(i).or_else(|| self.hyphenated_month(i, i, 0)) {
            return Some(found);
        }
        if let Some(year) = lower.strip_prefix("fy").or_else(|| lower.strip_prefix("cy")) {
            let n: i32 = year.parse().ok()?;
            let year = match year.len() {
                4 => i16::try_from(n).ok().filter(|y| (1900..2200).contains(y))?,
                2 => self.century_of(n),
                _ => return None,
            };
            return Some(Found::new(i, i + 1, Value::open(TimeType::Date, format!("{year:04}"))));
        }
        let (kind, n) = (lower.get(..1)?, lower.get(1..)?.parse::<i8>().ok()?);
        let make = |y: i16| match (kind, n) {
            ("q", 1..=4) => Some(Period::Quarter(y, n)),
            ("h", 1..=2) => Some(Period::Half(y, n)),
            _ => None,
        };
        make(2000)?;
        let of = if self.is(i + 1, "of") || self.is(i + 1, "fy") { i + 2 } else { i + 1 };
        if let Some((year @ 1900..2200, 4)) = self.digits(of) {
            return Some(Found::new(i, of + 1, Value::date(make(year as i16), "XXXX")));
        }
        (kind == "q")
            .then(|| Found::new(i, i + 1, Value::date(self.yearly(i, i + 1, make), format!("XXXX-Q{n}"))))
    }

    /// "Aug-2016", "Sep-23-2020" as one token, behind a day of its own where `day` is not 0.
    pub(super) fn hyphenated_month(&self, from: usize, at: usize, day: i8) -> Option<Found> {
        if self.s.kind(at) != TokenKind::Identifier {
            return None;
        }
        let mut parts = self.s.lower(at).split('-');
        let (Word::Month(month) | Word::MonthShort(month)) = super::words::word(parts.next()?)? else {
            return None;
        };
        let first: i32 = parts.next()?.parse().ok()?;
        let value = match (parts.next(), parts.next()) {
            (None, _) if day > 0 => Value::period(Period::Day(self.date(first, month.into(), day.into())?)),
            (None, _) if first > 31 => {
                Value::period(Period::Month(i16::try_from(first).ok().filter(|y| *y < 2200)?, month))
            }
            (None, _) => {
                let make = |y: i16| self.date(y.into(), month.into(), first).map(Period::Day);
                Value::date(self.yearly(from, at + 1, make), format!("XXXX-{month:02}-{first:02}"))
            }
            (Some(year), None) => {
                Value::period(Period::Day(self.date(year.parse().ok()?, month.into(), first)?))
            }
            _ => return None,
        };
        Some(Found::new(from, at + 1, value))
    }
}
