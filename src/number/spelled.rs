//! Cardinals in words, by place value: "two hundred and five thousand and twelve", "three point five".

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader, power};
use crate::lexicon::numbers::{FRACTIONS, SCALES, SMALL, TENS};

/// Most words that one numeral is made of.
const LONGEST: usize = 25;

/// The places of a number that are filled so far.
struct Places {
    /// The scales that are complete: 205,000 in "two hundred and five thousand and twelve".
    total: i128,
    /// Hundreds, tens and units before the next scale.
    group: Option<i128>,
    /// Power of ten of the last scale; the next one is smaller.
    last: i64,
    /// Whether the last word was a hundred or a scale.
    scaled: bool,
}

impl Places {
    /// Adds a word; false where it does not go on, `None` where the number grows too large.
    fn add(&mut self, word: &str) -> Option<bool> {
        if let Some(&v) = SMALL.get(word) {
            return Some(
                self.fill(v as i128, |g| g >= 20 && g % 10 == 0 && g % 100 != 0 && (1..10).contains(&v)),
            );
        }
        if let Some(&v) = TENS.get(word) {
            return Some(self.fill(v as i128, |_| false));
        }
        if word == "hundred" && self.group.is_none_or(|g| (1..100).contains(&g)) {
            (self.group, self.scaled) = (Some(self.group.unwrap_or(1) * 100), true);
            return Some(true);
        }
        let Some(&e) = SCALES.get(word).filter(|&&e| e >= 3 && e < self.last) else { return Some(false) };
        if self.group.is_none() && self.total > 0 || e > 27 {
            return Some(false);
        }
        let scaled = self.group.unwrap_or(1).checked_mul(10i128.pow(e as u32))?;
        self.total = self.total.checked_add(scaled)?;
        (self.group, self.last, self.scaled) = (None, e, true);
        Some(true)
    }

    /// Adds units or tens to the group, where they are free: after hundreds, or where `fits` says so.
    fn fill(&mut self, v: i128, fits: impl Fn(i128) -> bool) -> bool {
        let free = |g: i128| fits(g) || g >= 100 && g % 100 == 0 && v > 0;
        if self.group.is_some_and(|g| !free(g)) {
            return false;
        }
        (self.group, self.scaled) = (Some(self.group.unwrap_or(0) + v), false);
        true
    }

    /// "two million, five hundred thousand": whether a comma may stand here.
    fn takes_comma(&self) -> bool {
        self.group.is_none() && self.last >= 3 && self.total > 0
    }
}

impl Reader<'_> {
    /// Number words by place value: "two hundred and five thousand and twelve".
    pub(super) fn spelled(&self, i: usize) -> Option<Numeral> {
        let mut places = Places { total: 0, group: None, last: 28, scaled: false };
        let (mut j, mut end) = (i, i);
        for _ in 0..LONGEST {
            // "and" and a comma may stand before the next word
            loop {
                let k = self.next_word(j, i);
                let word = self.lower(k);
                let comma = word == "," && places.takes_comma() && self.lower_scale(k + 1, places.last);
                if !(comma
                    || word == "and" && end > i && places.scaled && self.and_continues(k + 1, i, &places))
                {
                    j = k;
                    break;
                }
                j = k + 1;
            }
            if !places.add(self.lower(j))? {
                break;
            }
            j += 1;
            end = j;
        }
        if end == i {
            return None;
        }
        let sum = places.total.checked_add(places.group.unwrap_or(0))?;
        let value = Decimal::try_from_i128_with_scale(sum, 0).ok()?;
        let mut n = Numeral::new(i..end, value, Form::Words);
        if places.scaled {
            n.scale = if places.group.is_some() { 2 } else { places.last as u32 };
            n.step = power(n.scale)?;
        }
        Some(n)
    }

    /// The word at token `j`, after a hyphen within the numeral that starts at `first`: "twenty-five", "twenty - five".
    fn next_word(&self, j: usize, first: usize) -> usize {
        let apart = || {
            self.lower(j) == "-"
                && !self.s.glued(j)
                && TENS.contains_key(self.lower(j - 1))
                && SMALL.get(self.lower(j + 1)).is_some_and(|v| (1..10).contains(v))
        };
        j + (j > first && (self.after_hyphen(j) > j || apart())) as usize
    }

    /// "two million, five hundred thousand": a comma before a smaller scale.
    fn lower_scale(&self, k: usize, last: i64) -> bool {
        let mut j = k;
        while j < k + 6
            && (SMALL.contains_key(self.lower(j))
                || TENS.contains_key(self.lower(j))
                || matches!(self.lower(j), "-" | "hundred" | "and"))
        {
            j += 1;
        }
        j > k && SCALES.get(self.lower(j)).is_some_and(|&e| e < last)
            || (last == 3 && (k..j).any(|i| self.lower(i) == "hundred"))
    }

    /// Whether "and" goes on within one number: "two hundred and five", but not "between one hundred and two hundred".
    fn and_continues(&self, k: usize, first: usize, places: &Places) -> bool {
        let part = SMALL.contains_key(self.lower(k)) || TENS.contains_key(self.lower(k));
        if !part || (first > 0 && self.lower(first - 1) == "between") {
            return false;
        }
        let mut j = k;
        while SMALL.contains_key(self.lower(j)) || TENS.contains_key(self.lower(j)) || self.lower(j) == "-" {
            j += 1;
        }
        // "two hundred and two thousand" goes on, "one hundred and two hundred" are two numbers
        let open = SCALES.get(self.lower(j)).is_none_or(|&e| e >= 3 && e < places.last);
        let one_of = self.lower(k) == "one" && self.lower(k + 1) == "of";
        open && !one_of && !FRACTIONS.contains_key(self.lower(j))
    }

    /// "three point five".
    pub(super) fn point(&self, n: &mut Numeral) {
        if n.tokens.len() > 3 || self.lower(n.tokens.end) != "point" {
            return;
        }
        let (mut j, mut text) = (n.tokens.end + 1, String::new());
        while text.len() < 6 {
            if let Some(v) = SMALL.get(self.lower(j)) {
                text.push_str(&v.to_string());
                j += 1;
            } else if let Some(tens) = TENS.get(self.lower(j)).filter(|_| text.is_empty()) {
                let k = self.after_hyphen(j + 1);
                let unit = SMALL.get(self.lower(k)).filter(|&&v| (1..10).contains(&v));
                text.push_str(&(tens + unit.unwrap_or(&0)).to_string());
                j = if unit.is_some() { k + 1 } else { j + 1 };
            } else {
                break;
            }
        }
        if text.is_empty() {
            return;
        }
        if let Ok(part) = format!("0.{text}").parse::<Decimal>() {
            n.value += part;
            n.step = Decimal::new(1, text.len() as u32);
            n.digits += text.len() as u32;
            n.tokens.end = j;
        }
    }
}
