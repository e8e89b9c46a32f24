//! Vague magnitudes: "dozens", "several hundred", "double-digit".

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader, power};
use crate::lexicon::numbers::{SCALES, SMALL, VAGUE};

impl Reader<'_> {
    /// "dozens", "hundreds of thousands", "several hundred", "a few thousand", "double-digit", "six-figure".
    pub(super) fn vague(&self, i: usize) -> Option<Numeral> {
        self.figures(i).or_else(|| self.several(i)).or_else(|| self.plural_scale(i))
    }

    /// "several hundred", "a few thousand", "a few dozen".
    fn several(&self, i: usize) -> Option<Numeral> {
        let j = match self.lower(i) {
            "a" if self.lower(i + 1) == "few" => i + 2,
            "several" | "few" => i + 1,
            _ => return None,
        };
        let exponent = match self.lower(j) {
            "dozen" => return Some(between(i..j + 1, 24, 99)),
            "score" => return Some(between(i..j + 1, 40, 99)),
            word => *SCALES.get(word)? as u32,
        };
        let more = *SCALES.get(self.lower(j + 1)).filter(|&&e| e > exponent as i64).unwrap_or(&0) as u32;
        magnitude(i..j + 1 + (more > 0) as usize, exponent + more)
    }

    /// "dozens", "scores of", "hundreds of thousands".
    fn plural_scale(&self, i: usize) -> Option<Numeral> {
        let next = self.lower(i + 1);
        match self.lower(i) {
            "dozens" => return Some(between(i..i + 1, 24, 99)),
            "scores" if matches!(next, "of" | "more") || self.s.tag(i + 1).is_noun() => {
                return Some(between(i..i + 1, 40, 99));
            }
            _ => {}
        }
        let mut exponent = *VAGUE.get(self.lower(i))? as u32;
        let mut end = i + 1;
        while matches!(self.lower(end), "of" | "upon")
            && let Some(&e) = VAGUE.get(self.lower(end + 1))
        {
            exponent += if self.lower(end) == "of" { e as u32 } else { 0 };
            end += 2;
        }
        if self.lower(i) == "tens" && end == i + 1 {
            return None;
        }
        magnitude(i..end, exponent)
    }

    /// "double-digit", "triple-digit", "six-figure", "seven-figure".
    fn figures(&self, i: usize) -> Option<Numeral> {
        let places = match self.lower(i) {
            "double" => 2,
            "triple" => 3,
            word => *SMALL.get(word)? as u32,
        };
        let j = self.after_hyphen(i + 1);
        let open = match self.lower(j) {
            "digit" | "digits" if places > 1 => false,
            "figure" | "figures"
                if (3..=12).contains(&places) && (j > i + 1 || self.lower(j) == "figures") =>
            {
                true
            }
            _ => return None,
        };
        let (lower, top) = (power(places - 1)?, power(places)?);
        let upper = if open { top } else { top - Decimal::ONE };
        Some(Numeral::new(i..j + 1, lower, Form::Figures(lower, upper, open)))
    }
}

/// A vague number with both its ends.
fn between(tokens: Range<usize>, lower: u32, upper: u32) -> Numeral {
    let (lower, upper) = (Decimal::from(lower), Decimal::from(upper));
    Numeral::new(tokens, lower, Form::Vague(lower, upper, false))
}

/// From one power of ten up to the next.
fn magnitude(tokens: Range<usize>, exponent: u32) -> Option<Numeral> {
    let (lower, upper) = (power(exponent)?, power(exponent + 1)?);
    Some(Numeral::new(tokens, lower, Form::Vague(lower, upper, true)))
}
