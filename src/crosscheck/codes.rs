//! When two figures are given in one unit: by its code, by the sense of a word that only the region tells, by conversion.

use rust_decimal::Decimal;

use super::words;
use crate::figure::{Figure, Kind};
use crate::{currency, unit};

/// The code of a figure's unit; empty where it has none.
pub(super) fn code(f: &Figure) -> &str {
    f.quantity.unit.as_ref().map_or("", |u| &u.code)
}

/// How a figure's unit goes over into one that others share: factor and offset, and the unit's code.
pub(super) type Base = Option<((Decimal, Decimal), &'static str)>;

/// The base unit; `None` where there is none to convert to.
pub(super) fn base(f: &Figure) -> Option<Base> {
    if f.kind == Kind::Ratio {
        return Some(Some(((Decimal::ONE, Decimal::ZERO), "1")));
    }
    let def = unit::by_code(code(f))?;
    let own = if def.base.is_empty() { def.code } else { def.base };
    let zero = unit::normalize(Decimal::ZERO, def).map_or(Decimal::ZERO, |(v, _)| v);
    let one = unit::normalize(Decimal::ONE, def).map_or(Decimal::ONE, |(v, _)| v);
    Some(Some(((one.checked_sub(zero)?, zero), own)))
}

/// Whether two figures are given in the same unit. "$" is another report's "A$" as well, where only the region says which
/// dollar is meant.
pub(super) fn one_code(a: &Figure, b: &Figure) -> bool {
    code(a) == code(b) || may_be_one_currency(a, b) || counts_alike(a, b)
}

/// Passengers a year and travellers a year, or a sum per share and one apiece: what they count is compared by its words.
fn counts_alike(a: &Figure, b: &Figure) -> bool {
    if a.kind != Kind::Rate || b.kind != Kind::Rate {
        return false;
    }
    let noun = |code: &str| words::braced(code).is_some();
    let alike = |x: &str, y: &str| x == y || noun(x) && noun(y);
    let pair = code(a).split_once('/').zip(code(b).split_once('/'));
    let each = |under: &str| under == "{item}";
    pair.is_some_and(|(x, y)| alike(x.0, y.0) && (x.1 == y.1 || (each(x.1) || each(y.1)) && alike(x.1, y.1)))
}

/// Whether the word for the currency of one may mean that of the other, where only the region says which is meant: "$" and
/// "A$", "crowns" and "SEK", "cents" of a dollar and of a euro.
pub(super) fn may_be_one_currency(a: &Figure, b: &Figure) -> bool {
    if !matches!(a.kind, Kind::Money | Kind::Rate) || a.kind != b.kind || code(a) == code(b) {
        return false;
    }
    let (x, y) = (code(a), code(b));
    let (x, y) = (x.split_once('/').unwrap_or((x, "")), y.split_once('/').unwrap_or((y, "")));
    let means = |word: &str, code: &str| {
        let senses = currency::by_symbol(word).iter().chain(currency::by_name(word));
        word == "grand" || senses.into_iter().any(|sense| sense.currency.code == code)
    };
    x.1 == y.1 && (presumed(a).any(|word| means(word, y.0)) || presumed(b).any(|word| means(word, x.0)))
}

/// Whether the word for the unit of one may mean that of the other: "tons" and "tonnes", "nine degrees" and "9C".
pub(super) fn may_be_one_unit(a: &Figure, b: &Figure) -> bool {
    let means = |word: &str, code: &str| unit::by_name(word).iter().any(|sense| sense.unit.code == code);
    presumed(a).any(|word| means(word, code(b))) || presumed(b).any(|word| means(word, code(a)))
}

/// The words of a figure's unit whose sense only the region says.
fn presumed(f: &Figure) -> impl Iterator<Item = &str> {
    f.choices
        .iter()
        .filter(|choice| choice.contains("(region"))
        .filter_map(|choice| Some(choice.split_once(':')?.0))
}

/// Whether two figures are given in the same unit, so that their numbers may be added.
pub(super) fn same_unit(a: &Figure, b: &Figure) -> bool {
    let counts = |f: &Figure| matches!(f.kind, Kind::Count | Kind::Number);
    a.kind == b.kind && code(a) == code(b)
        || counts(a) && counts(b) && (code(a).is_empty() || code(b).is_empty())
}
