//! Scales: what multiplies the number before it.

use rust_decimal::Decimal;

use super::{Numeral, Reader};
use crate::lexicon::numbers::{SCALE_LETTERS, SCALES};
use crate::sentence::TokenKind;

impl Reader<'_> {
    /// Scale words after digits or words: "2.5 million", "3-million", "5bn", "2 dozen", "5 hundred".
    pub(super) fn scales(&self, n: &mut Numeral) {
        loop {
            let k = self.after_hyphen(n.tokens.end);
            let word = self.lower(k);
            let Some(&exponent) = SCALES.get(word).filter(|_| self.scale_fits(k, word)) else { break };
            n.multiply(exponent as u32);
            n.tokens.end = k + 1;
            // "1.1 lakh crore", "5 hundred thousand", "2 thousand billion"
            if !matches!(exponent, 2 | 3 | 5) {
                return;
            }
        }
        let k = self.after_hyphen(n.tokens.end);
        if self.lower(k) == "dozen" && n.scale == 0 {
            if let Some(dozens) = n.value.checked_mul(Decimal::from(12)) {
                n.value = dozens;
                n.tokens.end = k + 1;
            }
        } else {
            n.letter = self.scale_letter(n.tokens.end);
        }
    }

    /// A letter at token `j` that may be a scale: "5m", "5 m"; not a unit with a power such as "5 m²".
    fn scale_letter(&self, j: usize) -> Option<u32> {
        let word = self.s.word(j);
        let &exponent = SCALE_LETTERS.get(word)?;
        let power = matches!(self.s.word(j + 1), "²" | "³" | "2" | "3") && self.s.glued(j + 1);
        let stands = self.s.glued(j) || matches!(word, "m" | "M" | "b" | "B");
        (stands && !power).then_some(exponent as u32)
    }

    /// Abbreviated scale words stand only after digits.
    fn scale_fits(&self, k: usize, word: &str) -> bool {
        !(word == "mil" && !self.s.glued(k) && self.s.kind(k - 1) != TokenKind::Number)
    }
}
