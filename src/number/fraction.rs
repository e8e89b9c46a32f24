//! Fractions: "1/2", "10 1/2", "two-thirds", "half a million", "and a half".

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader, power};
use crate::lexicon::numbers::{FRACTIONS, GROUPS, ORDINALS, SCALES, TENS};
use crate::sentence::TokenKind;
use crate::token::fraction;

impl Reader<'_> {
    /// "1/2" and "3/4", with a small denominator, standing alone.
    pub(super) fn slash_fraction(&self, i: usize) -> Option<Numeral> {
        let (a, b) = self.slash(i)?;
        if a >= b || !matches!(b, 2..=10 | 16 | 32 | 64 | 100) {
            return None;
        }
        let value = Decimal::from(a) / Decimal::from(b);
        let step = Decimal::ONE / Decimal::from(b);
        Some(Numeral { digits: 1, step, ..Numeral::new(i..i + 3, value, Form::Fraction(a, b)) })
    }

    /// "¾ of the vines", "½ a cup": a vulgar fraction that is a share.
    pub(super) fn sign_of_share(&self, i: usize) -> Option<Numeral> {
        let (a, b) = single_char(self.s.word(i)).and_then(fraction)?;
        let alone = matches!(self.lower(i + 1), "" | "." | "," | ";" | "and" | "or");
        let share = alone || matches!(self.lower(i + 1), "of" | "a" | "an");
        let value = Decimal::from(a) / Decimal::from(b);
        share.then(|| Numeral::new(i..i + 1, value, Form::Fraction(a, b)))
    }

    /// The two small whole numbers of "a/b" at token `i`.
    fn slash(&self, i: usize) -> Option<(u32, u32)> {
        let joined = matches!(self.s.word(i + 1), "/" | "⁄") && self.s.glued(i + 1) && self.s.glued(i + 2);
        if !joined
            || self.s.kind(i + 2) != TokenKind::Number
            || (self.s.word(i + 3) == "/" && self.s.glued(i + 3))
        {
            return None;
        }
        let a = self.s.word(i).parse().ok()?;
        let b: u32 = self.s.word(i + 2).parse().ok()?;
        (b > 0).then_some((a, b))
    }

    /// "10 1/2", "10-1/2", "2 ½": adds the fraction.
    pub(super) fn mixed_fraction(&self, n: &mut Numeral) {
        let j = self.after_hyphen(n.tokens.end);
        if n.value.scale() > 0 {
            return;
        }
        let (part, den, end) = if let Some((a, b)) =
            self.slash(j).filter(|&(a, b)| a < b && matches!(b, 2..=10 | 16 | 32 | 64))
        {
            (Decimal::from(a) / Decimal::from(b), b, j + 3)
        } else if self.s.kind(j) == TokenKind::Number
            && let Some((a, b)) = single_char(self.s.word(j)).and_then(fraction)
        {
            (Decimal::from(a) / Decimal::from(b), b, j + 1)
        } else {
            return;
        };
        n.value += part;
        n.step = Decimal::ONE / Decimal::from(den);
        n.tokens.end = end;
    }

    /// "2 million and a half", "two and a half million", "one and three quarters".
    pub(super) fn and_a_half(&self, n: &mut Numeral) {
        let mut j = n.tokens.end;
        if self.lower(j) == "-" && self.s.glued(j) && self.lower(j + 1) == "and" {
            j += 1;
        }
        if self.lower(j) != "and" {
            return;
        }
        let Some((num, den, end)) = self.part_after_and(j + 1) else { return };
        let unit = power(n.scale).unwrap_or(Decimal::ONE);
        if let Some(sum) =
            (Decimal::from(num) / Decimal::from(den)).checked_mul(unit).and_then(|p| n.value.checked_add(p))
        {
            n.value = sum;
            n.step = (unit / Decimal::TEN).max(Decimal::new(1, 1));
            n.tokens.end = end;
            n.digits += 1;
            self.scales(n);
        }
    }

    /// The fraction after "and": "a half", "three quarters", "fifty-four hundredths"; numerator, denominator, end.
    fn part_after_and(&self, i: usize) -> Option<(i64, i64, usize)> {
        let i = self.after_hyphen(i);
        let article = matches!(self.lower(i), "a" | "an" | "one");
        let (num, at) = match self.lower(i) {
            "half" => (1, i), // "an hour and half"
            _ if article => (1, self.after_hyphen(i + 1)),
            _ => {
                let n = self.spelled(i)?;
                (i64::try_from(n.value.trunc().mantissa()).ok()?, self.after_hyphen(n.tokens.end))
            }
        };
        let word = self.lower(at);
        let &den = FRACTIONS.get(word)?;
        let plural = word.ends_with('s');
        let share = matches!(self.lower(at + 1), "of") && word != "half";
        let ordinal = article
            && (self.s.tag(at + 1).is_noun() || self.s.tag(at + 1).is_adj())
            && !matches!(word, "half" | "quarter");
        (plural == (num != 1) && !share && !ordinal && num < den).then_some((num, den, at + 1))
    }

    /// "half", "half a million", "half-dozen", "a half", "a quarter of a million".
    pub(super) fn half(&self, i: usize) -> Option<Numeral> {
        let article = matches!(self.lower(i), "a" | "an" | "one") as usize;
        let at = if article == 1 { self.after_hyphen(i + 1) } else { i };
        let den = match self.lower(at) {
            "half" => 2,
            "quarter" => 4,
            "third" if article == 1 => 3,
            _ => return None,
        };
        let mut j = at + 1;
        if self.lower(j) == "of" && den != 2
            || (den == 2 && self.lower(j) == "of" && matches!(self.lower(j + 1), "a" | "one"))
        {
            j += 1;
        }
        let mut k = self.after_hyphen(j);
        k += matches!(self.lower(k), "a" | "one") as usize;
        let scale = SCALES.get(self.lower(k)).map(|&e| e as u32).or(GROUPS.get(self.lower(k)).map(|_| 0));
        let exponent = scale?;
        if k == at + 1 && self.lower(at) != "half" && exponent < 3 {
            return None;
        }
        let whole = GROUPS.get(self.lower(k)).map(|&g| Decimal::from(g)).or_else(|| power(exponent))?;
        let mut n = Numeral::new(i..k + 1, whole / Decimal::from(den), Form::Words);
        // half a million is 0.5 million, rounded as such; half a dozen is six
        let places = if den == 2 { Decimal::TEN } else { Decimal::ONE_HUNDRED };
        n.step = if exponent == 0 { Decimal::ONE } else { whole / places };
        n.scale = exponent;
        Some(n)
    }

    /// "half" and "a half" alone.
    pub(super) fn bare_half(&self, i: usize) -> Option<Numeral> {
        let at = i + matches!(self.lower(i), "a" | "an") as usize;
        // "a quarter point", "a half-point cut"
        let k = self.after_hyphen(at + 1);
        if matches!(self.lower(at), "quarter" | "half") && matches!(self.lower(k), "point" | "percentage") {
            let value = if self.lower(at) == "half" { Decimal::new(5, 1) } else { Decimal::new(25, 2) };
            let mut n = Numeral::new(at..at + 1, value, Form::Words);
            n.step = Decimal::new(1, 2);
            return Some(n);
        }
        (self.lower(at) == "half").then(|| Numeral::new(i..at + 1, Decimal::new(5, 1), Form::Fraction(1, 2)))
    }

    /// The denominator "twenty-fifth" or "twenty-firsts" at token `k`: its value, its last word, and whether it is plural.
    fn compound_denominator(&self, k: usize) -> Option<(u32, usize, bool)> {
        let &tens = TENS.get(self.lower(k))?;
        let at = self.after_hyphen(k + 1);
        let word = self.lower(at);
        let plural = word.ends_with('s');
        let &ones =
            ORDINALS.get(word.strip_suffix('s').unwrap_or(word)).filter(|&&v| (1..10).contains(&v))?;
        Some((u32::try_from(tens + ones).ok()?, at, plural))
    }

    /// "one twenty-fifth", "three twenty-firsts".
    fn compound_fraction(&self, n: &mut Numeral) {
        let Some((den, last, plural)) = self.compound_denominator(self.after_hyphen(n.tokens.end)) else {
            return;
        };
        let Ok(num) = u32::try_from(n.value.trunc().mantissa().unsigned_abs()) else { return };
        let ranked = !plural && (self.s.tag(last + 1).is_noun() || self.s.tag(last + 1).is_adj());
        if plural == (num == 1) || num == 0 || num > 999 || ranked {
            return;
        }
        n.form = Form::Fraction(num, den);
        n.value = Decimal::from(num) / Decimal::from(den);
        n.step = Decimal::ONE;
        n.tokens.end = last + 1;
    }

    /// "two-thirds", "three quarters", "one fifth", "nine tenths", "one twenty-fifth".
    pub(super) fn fraction_words(&self, n: &mut Numeral) {
        let k = self.after_hyphen(n.tokens.end);
        let word = self.lower(k);
        let Some(&den) = FRACTIONS.get(word) else { return self.compound_fraction(n) };
        let plural = word.ends_with('s');
        let one = n.value == Decimal::ONE;
        let Ok(num) = u32::try_from(n.value.trunc().mantissa().unsigned_abs()) else { return };
        if one == plural || num == 0 || num > 999 || (word == "quarter" && k == n.tokens.end && !one) {
            return;
        }
        // "two seconds", "four quarters" of a match and "one second" are no fractions
        if matches!(word, "quarters") && num > 3
            || (n.tokens.end == k
                && one
                && !matches!(
                    word,
                    "half" | "third" | "quarter" | "fourth" | "fifth" | "tenth" | "sixth" | "eighth"
                ))
        {
            return;
        }
        n.form = Form::Fraction(num, den as u32);
        n.value = Decimal::from(num) / Decimal::from(den);
        n.step = Decimal::ONE;
        n.tokens.end = k + 1;
    }
}

fn single_char(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}
