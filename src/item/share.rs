//! Lists whose currency or unit stands with the last number only.

use rust_decimal::Decimal;

use super::{Item, Shape, gap};
use crate::figure::Kind;
use crate::number::Form;
use crate::sentence::Sentence;

/// Spreads currency and unit over the numbers of a list, backwards: "5, 10 and 20mg", "12 and 15 percent".
pub(super) fn share(s: &Sentence, items: &mut [Item]) {
    for k in (1..items.len()).rev() {
        let (left, right) = items.split_at_mut(k);
        let longer = k > 1 && listed(&gap(s, &left[k - 2], &left[k - 1]));
        if let (Some(a), Some(b)) = (left.last_mut(), right.first())
            && !restated(s, a, b, longer)
        {
            take(s, a, b);
        }
    }
}

/// "Of the 1,250 people asked, 400, or 42%,": the same again as a share, unlike "10, 15, or 20 percent".
fn restated(s: &Sentence, a: &Item, b: &Item, longer: bool) -> bool {
    let percent = b.unit.as_ref().is_some_and(|u| u.kind == Kind::Percentage);
    let too_much = a.n.value > Decimal::ONE_HUNDRED && b.n.value <= Decimal::ONE_HUNDRED;
    percent && gap(s, a, b) == [",", "or"] && (too_much || !longer)
}

/// Gives `a` the currency or unit of `b`, where both stand in one list.
fn take(s: &Sentence, a: &mut Item, b: &Item) {
    if !a.bare() || !matches!(a.shape, Shape::Single | Shape::Range(..)) || !a.cardinal() || b.start < a.end {
        return;
    }
    let words = gap(s, a, b);
    if !listed(&words) {
        return;
    }
    let comma = words == [","];
    let unit = b.unit.as_ref().filter(|u| !u.doubtful || u.start >= b.n.tokens.end);
    if let Some(unit) = unit.filter(|_| {
        !comma || b.n.value.checked_mul(Decimal::ONE_THOUSAND).is_none_or(|most| a.n.value <= most)
    }) {
        a.unit = Some(unit.clone());
        a.shared = true;
    } else if let Some(money) = b.money.as_ref().filter(|m| m.start >= b.n.tokens.end) {
        a.money = Some(money.clone());
        a.shared = true;
        let unscaled = b.n.scale > 0
            && a.n.scale == 0
            && a.n.form == Form::Digits
            && a.n.value < Decimal::ONE_THOUSAND
            && a.n.tokens.len() == 1;
        if unscaled && !comma {
            a.n.multiply(b.n.scale);
        }
    }
}

/// Whether the words between two numbers are those of a list.
fn listed(words: &[&str]) -> bool {
    matches!(
        words,
        ["and" | "or" | "to" | "by" | "versus" | "than" | "," | "/" | "x" | "×" | "from"]
            | [",", "and" | "or"]
            | ["-", "and" | "or" | "to" | ","]
            | ["-", "by", "-"]
            | ["-", ",", "and"]
            | ["rather", "than"]
            | ["or", "even"]
            | ["and", "then" | "almost" | "nearly" | "about"]
    )
}
