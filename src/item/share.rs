//! Lists whose currency or unit stands with the last number only.

use rust_decimal::Decimal;

use super::{Item, Shape, gap};
use crate::number::Form;
use crate::sentence::Sentence;

/// Spreads currency and unit over the numbers of a list, backwards: "5, 10 and 20mg", "12 and 15 percent".
pub(super) fn share(s: &Sentence, items: &mut [Item]) {
    for k in (1..items.len()).rev() {
        let (left, right) = items.split_at_mut(k);
        if let (Some(a), Some(b)) = (left.last_mut(), right.first()) {
            take(s, a, b);
        }
    }
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
