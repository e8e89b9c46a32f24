//! Composites: two numbers with units that make one figure.

use rust_decimal::Decimal;

use super::{Item, Shape};
use crate::figure::Kind;
use crate::number::Form;
use crate::sentence::Sentence;
use crate::unit::{self, UnitDef};
use crate::unit_phrase::{self, Found};

/// "5 ft 2 in", "2 hours and 41 minutes", "6 feet 4", "3 dollars 50 cents": the sum of both.
pub(super) fn read(s: &Sentence, a: &Item, b: &Item) -> Option<Item> {
    if let Some(item) = part_of_one(s, a, b) {
        return Some(item);
    }
    let joined = b.start >= a.end
        && b.start - a.end <= 2
        && (a.end..b.start).all(|j| matches!(s.lower(j), "and" | "," | "-"));
    if !joined
        || a.cue.is_some()
        || matches!(a.shape, Shape::Parts(..) | Shape::Range(..))
        || !matches!(b.shape, Shape::Single)
    {
        return None;
    }
    let value = if let Shape::Sum(v) = a.shape { v } else { a.n.value };
    if let (Some(whole), Some(cents)) = (&a.money, &b.money) {
        return money_and_cents(s, a, b, value, whole, cents);
    }
    bare_cents(s, a, b, value).or_else(|| units(s, a, b, value))
}

/// "one-half of 1 percent", "a quarter of one percentage point": a part of one unit.
fn part_of_one(s: &Sentence, a: &Item, b: &Item) -> Option<Item> {
    let fits = matches!(a.n.form, Form::Fraction(..))
        && a.bare()
        && s.lower(a.end) == "of"
        && b.start == a.end + 1
        && b.n.value == Decimal::ONE
        && b.unit.as_ref().is_some_and(|u| u.kind == Kind::Percentage);
    let item = Item { unit: b.unit.clone(), ..Item::over(a, b, Shape::Sum(a.n.value)) };
    fits.then_some(item)
}

/// "3 dollars 50 cents".
fn money_and_cents(
    s: &Sentence,
    a: &Item,
    b: &Item,
    value: Decimal,
    whole: &Found,
    cents: &Found,
) -> Option<Item> {
    let fits = whole.minor.is_none()
        && (whole.code == cents.code || cents.code == "USD")
        && b.n.value < Decimal::ONE_HUNDRED
        && cents.start >= b.n.tokens.end
        && s.lower(a.end) != ",";
    let factor: Decimal = cents.minor.filter(|_| fits)?.parse().ok()?;
    let sum = value.checked_add(b.n.value.checked_mul(factor)?)?;
    let mut item = Item { money: a.money.clone(), ..Item::over(a, b, Shape::Sum(sum)) };
    item.n.step = factor;
    Some(item)
}

/// "15 dollars 50", "17 USD and 25".
fn bare_cents(s: &Sentence, a: &Item, b: &Item, value: Decimal) -> Option<Item> {
    let money = a.money.as_ref().filter(|m| m.minor.is_none() && m.start >= a.n.tokens.end)?;
    let fits = a.n.scale == 0
        && b.bare()
        && b.n.plain(s)
        && s.word(b.n.tokens.start).len() == 2
        && matches!(s.word(b.end), "" | "." | "," | ")" | "!" | "?")
        && s.lower(a.end) != ",";
    if !fits {
        return None;
    }
    let sum = value.checked_add(b.n.value.checked_div(Decimal::ONE_HUNDRED)?)?;
    let mut item = Item { money: Some(money.clone()), ..Item::over(a, b, Shape::Sum(sum)) };
    item.n.step = Decimal::new(1, 2);
    Some(item)
}

/// "5 ft 2 in", "6 feet 4": in the smaller unit.
fn units(s: &Sentence, a: &Item, b: &Item, value: Decimal) -> Option<Item> {
    let large = a.unit.as_ref()?.def?;
    if a.money.is_some()
        || b.money.is_some()
        || !b.cardinal()
        || s.lower(a.end) == "," && b.start == a.end + 1 && b.unit.is_none()
    {
        return None;
    }
    let small = match &b.unit {
        // "2h 30m"
        Some(unit) if large.code == "h" && s.lower(unit.start) == "m" => unit::by_code("min")?,
        Some(unit) => unit.def?,
        None => understood(s, a, b, large.code)?,
    };
    let (factor_a, factor_b): (Decimal, Decimal) = (large.factor.parse().ok()?, small.factor.parse().ok()?);
    if large.dimension != small.dimension || factor_a <= factor_b || large.offset != small.offset {
        return None;
    }
    let ratio = factor_a.checked_div(factor_b)?.round_dp(12).normalize();
    if b.n.value >= ratio
        || ratio.scale() > 0 && large.code != "a" && large.code != "mo"
        || !composes(large.code, small.code)
    {
        return None;
    }
    let factor = match (large.code, small.code) {
        ("a", "mo") => Decimal::from(12),
        ("a", "wk") => Decimal::from(52),
        ("a", "d") => Decimal::from(365),
        _ => ratio,
    };
    let sum = value.checked_mul(factor)?.checked_add(b.n.value)?;
    let end = b.n.tokens.end;
    let unit = b.unit.clone().filter(|u| u.code == small.code);
    let unit = unit.or_else(|| unit_phrase::with_code(small.code, end, b.end));
    Some(Item { unit, ..Item::over(a, b, Shape::Sum(sum)) })
}

/// "6 feet 4", "9lb 4": the next smaller unit is understood.
fn understood(s: &Sentence, a: &Item, b: &Item, large: &str) -> Option<&'static UnitDef> {
    let hyphen = s.lower(a.end) == "-";
    let fits = (b.start == a.end || hyphen && b.start == a.end + 1)
        && b.n.value < Decimal::from(16)
        && b.n.form == Form::Digits
        && (hyphen || !s.tag(b.n.tokens.end).is_noun());
    fits.then(|| next_smaller(large)).flatten()
}

fn next_smaller(code: &str) -> Option<&'static UnitDef> {
    unit::by_code(match code {
        "[ft_i]" => "[in_i]",
        "[lb_av]" => "[oz_av]",
        "[stone_av]" => "[lb_av]",
        "h" => "min",
        "min" => "s",
        _ => return None,
    })
}

/// Which units make one figure together.
fn composes(a: &str, b: &str) -> bool {
    matches!(
        (a, b),
        ("[mi_i]", "[yd_i]" | "[ft_i]")
            | ("[yd_i]", "[ft_i]" | "[in_i]")
            | ("[ft_i]", "[in_i]")
            | ("[stone_av]", "[lb_av]")
            | ("[lb_av]", "[oz_av]")
            | ("a", "mo" | "wk" | "d")
            | ("mo", "d" | "wk")
            | ("wk", "d")
            | ("d", "h" | "min")
            | ("h", "min" | "s")
            | ("min", "s")
            | ("m", "cm")
            | ("km", "m")
            | ("kg", "g")
            | ("[gal_us]", "[qt_us]" | "[pt_us]")
            | ("deg", "'")
            | ("{fathom}", "[ft_i]")
    )
}
