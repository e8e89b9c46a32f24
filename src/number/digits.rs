//! Numerals in digits: "6,700", "40s", "22nd", "4 thousand 3 hundred".

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader, power};
use crate::lexicon::numbers::SMALL;
use crate::sentence::TokenKind;
use crate::tag::Tag;
use crate::token::fraction;

impl Reader<'_> {
    pub(super) fn digits(&self, i: usize) -> Option<Numeral> {
        let (value, step, digits) = parse_digits(self.s.word(i))?;
        let mut n = Numeral { step, digits, ..Numeral::new(i..i + 1, value, Form::Digits) };
        if let Some(end) = self.ordinal_suffix(i) {
            n.form = Form::Ordinal;
            n.tokens.end = end;
            return Some(n);
        }
        if self.plural_tens(i, value) {
            n.form = Form::Decade;
            n.tokens.end = i + 2;
            return Some(n);
        }
        if let Some(f) = self.slash_fraction(i).or_else(|| self.sign_of_share(i)) {
            return Some(f);
        }
        if self.power_of_ten(&mut n) {
            return Some(n);
        }
        self.mixed_fraction(&mut n);
        self.scales(&mut n);
        self.lower_places(&mut n);
        self.and_a_half(&mut n);
        Some(n)
    }

    /// "1.99×10^30", "6.02 x 10²³", "3 × 10−5": multiplies by the power, where a decimal holds it.
    fn power_of_ten(&self, n: &mut Numeral) -> bool {
        let Some((exponent, end)) = self.ten_to(n.tokens.end) else { return false };
        let Some(value) = shifted(n.value, exponent) else { return false };
        n.step = shifted(n.step, exponent).unwrap_or(Decimal::ONE);
        (n.value, n.tokens.end) = (value, end);
        true
    }

    /// The exponent of "×10^30" at token `j`, and where it ends.
    pub(super) fn ten_to(&self, j: usize) -> Option<(i32, usize)> {
        if matches!(self.s.word(j), "e" | "E") && self.s.glued(j) && self.s.glued(j + 1) {
            return self.exponent(j + 1, false); // "1.5E-3"
        }
        if !matches!(self.s.word(j), "×" | "x" | "X" | "·" | "⋅" | "*") || self.s.word(j + 1) != "10" {
            return None;
        }
        let mut k = j + 2;
        let (mut digits, mut negative) = (String::new(), false);
        while let Some(c) = superscript(self.s.word(k)).filter(|_| self.s.glued(k)) {
            negative |= c == '-';
            digits.extend(Some(c).filter(char::is_ascii_digit));
            k += 1;
        }
        if digits.is_empty() {
            let caret = matches!(self.s.word(k), "^" | "**" | "^^");
            k += caret as usize;
            return self.exponent(k, !caret);
        }
        let exponent: i32 = digits.parse().ok().filter(|e| *e < 1000)?;
        Some((if negative { -exponent } else { exponent }, k))
    }

    /// The exponent at token `k`, whose sign may be what tells it from a number of its own.
    fn exponent(&self, k: usize, signed: bool) -> Option<(i32, usize)> {
        let minus = matches!(self.s.word(k), "-" | "−" | "–");
        let at = k + (minus || self.s.word(k) == "+") as usize;
        if self.s.kind(at) != TokenKind::Number || !self.s.glued(at) || signed && !(minus && self.s.glued(k))
        {
            return None;
        }
        let exponent: i32 = self.s.word(at).parse().ok().filter(|e| *e < 1000)?;
        Some((if minus { -exponent } else { exponent }, at + 1))
    }

    /// "40s", "the 20's".
    fn plural_tens(&self, i: usize, value: Decimal) -> bool {
        let tens = (value % Decimal::TEN).is_zero() && value >= Decimal::TEN;
        let apostrophe = matches!(self.s.word(i + 1), "'s" | "’s")
            && value < Decimal::ONE_HUNDRED
            && self.s.tag(i + 2) != Tag::Noun;
        tens && (self.lower(i + 1) == "s" && self.s.glued(i + 1) || apostrophe)
    }

    fn ordinal_suffix(&self, i: usize) -> Option<usize> {
        // "11st" is eleven stone
        let digits = self.s.word(i).as_bytes();
        let teen = digits.len() > 1 && digits[digits.len() - 2] == b'1';
        let fits = match (self.lower(i + 1), digits.last()) {
            ("st", Some(b'1')) => !teen,
            ("nd", Some(b'2')) => !teen,
            ("rd", Some(b'3')) => !teen,
            ("th", _) => true,
            _ => false,
        };
        (fits && self.s.glued(i + 1)).then_some(i + 2)
    }

    /// "4 thousand 3 hundred and 21": lower places after a hundred or thousand in digits.
    fn lower_places(&self, n: &mut Numeral) {
        while matches!(n.scale, 2 | 3) && matches!(self.lower(n.tokens.end - 1), "hundred" | "thousand") {
            let j = n.tokens.end + (self.lower(n.tokens.end) == "and") as usize;
            let part = match self.s.kind(j) {
                TokenKind::Number => parse_digits(self.s.word(j)).map(|(v, ..)| (v, j + 1)),
                _ if j > n.tokens.end => SMALL.get(self.lower(j)).map(|&v| (v.into(), j + 1)),
                _ => None,
            };
            let Some((mut value, mut end)) = part else { return };
            if self.lower(end) == "hundred" && n.scale == 3 {
                let Some(hundreds) = value.checked_mul(Decimal::ONE_HUNDRED) else { return };
                (value, end) = (hundreds, end + 1);
            }
            let fits = value > Decimal::ZERO
                && value.fract().is_zero()
                && power(n.scale).is_some_and(|p| value < p)
                && !self.s.glued(end);
            if !fits {
                return;
            }
            n.value += value;
            n.step = if value >= Decimal::ONE_HUNDRED { Decimal::ONE_HUNDRED } else { Decimal::ONE };
            n.scale = if value >= Decimal::ONE_HUNDRED { 2 } else { 0 };
            n.tokens.end = end;
        }
    }
}

/// `value` times ten to the power `exponent`; `None` where a decimal does not hold all its digits.
fn shifted(value: Decimal, exponent: i32) -> Option<Decimal> {
    let factor = power(exponent.unsigned_abs())?;
    if exponent >= 0 {
        return value.checked_mul(factor).map(|v| v.normalize());
    }
    let quotient = value.checked_div(factor)?;
    (quotient.checked_mul(factor) == Some(value)).then(|| quotient.normalize())
}

/// The digit or minus sign that a superscript character stands for.
pub(crate) fn superscript(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let plain = match chars.next()? {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    };
    chars.next().is_none().then_some(plain)
}

/// Value, worth of the last place and significant digits of a numeral in digits.
fn parse_digits(word: &str) -> Option<(Decimal, Decimal, u32)> {
    let mut plain = String::with_capacity(word.len());
    let mut part = None;
    let points = word.bytes().filter(|&b| b == b'.').count();
    for c in word.chars() {
        match c {
            '0'..='9' => plain.push(c),
            '０'..='９' => plain.push(char::from(b'0' + (c as u32 - '０' as u32) as u8)),
            '.' if points == 1 => plain.push('.'),
            '·' => plain.push('.'),
            _ => part = part.or(fraction(c)),
        }
    }
    if plain.len() > 28 {
        return None;
    }
    let whole: Decimal = if plain.is_empty() { Decimal::ZERO } else { plain.parse().ok()? };
    let places = plain.split_once('.').map_or(0, |(_, d)| d.len() as u32);
    let mut digits = plain.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count() as u32;
    if places == 0 {
        let trimmed = plain.trim_end_matches('0').len();
        digits = digits.saturating_sub((plain.len() - trimmed) as u32);
    }
    let value = match part {
        Some((a, b)) => whole + Decimal::from(a) / Decimal::from(b),
        None => whole,
    };
    let step = part.map_or(Decimal::new(1, places), |(_, b)| Decimal::ONE / Decimal::from(b));
    Some((value, step, digits.max(1)))
}
