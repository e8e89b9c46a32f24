//! Ordinals in words: "third", "one hundred twenty-fifth".

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader};
use crate::lexicon::numbers::{ORDINALS, TENS};

impl Reader<'_> {
    /// "third", "twenty-first", "hundred and first".
    pub(super) fn ordinal_word(&self, i: usize) -> Option<Numeral> {
        let &value = ORDINALS.get(self.lower(i))?;
        Some(Numeral::new(i..i + 1, value.into(), Form::Ordinal))
    }

    /// Turns a cardinal into the ordinal that it begins: "one hundred twenty-fifth", "two hundredth", "hundred and first".
    pub(super) fn ordinal_tail(&self, n: &mut Numeral) -> bool {
        let mut j = self.after_hyphen(n.tokens.end);
        let hundreds = n.value >= Decimal::ONE_HUNDRED && (n.value % Decimal::ONE_HUNDRED).is_zero();
        if self.lower(j) == "and" && hundreds {
            j += 1;
        }
        if let Some(&tens) = TENS.get(self.lower(j)).filter(|_| hundreds && j > n.tokens.end) {
            n.value += Decimal::from(tens);
            j = self.after_hyphen(j + 1);
        }
        let Some(&v) = ORDINALS.get(self.lower(j)) else { return false };
        let v = Decimal::from(v);
        let tens = (n.value % Decimal::TEN).is_zero() && !(n.value % Decimal::ONE_HUNDRED).is_zero();
        if v < Decimal::TEN && tens || v < Decimal::ONE_HUNDRED && hundreds {
            n.value += v;
        } else if v >= Decimal::ONE_HUNDRED && n.value > Decimal::ONE && j == n.tokens.end {
            let Some(product) = n.value.checked_mul(v) else { return false };
            n.value = product;
        } else {
            return false;
        }
        (n.form, n.step, n.scale) = (Form::Ordinal, Decimal::ONE, 0);
        n.tokens.end = j + 1;
        true
    }
}
