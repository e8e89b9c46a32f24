//! What the digits of two figures tell: that they are one figure, or one with a slip of the pen.

use rust_decimal::Decimal;

use crate::figure::Figure;

/// The digits of a value as written without zeros at the end: 67 of 6,700, 469 of $4.69 million.
///
/// `None` where there is but one, which many figures of a text have in common, unless it stands for thousands.
pub(super) fn digits(figure: &Figure) -> Option<u64> {
    let value = figure.quantity.value?;
    let mut digits = u64::try_from(value.normalize().mantissa()).ok()?;
    while digits > 9 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    Some(digits).filter(|digits| *digits > 9 || value >= Decimal::ONE_THOUSAND)
}

/// How one number is misprinted in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misprint {
    /// Two digits are exchanged: 612 and 621.
    Exchanged,
    /// One digit is another: 239 and 229.
    Other,
    /// A digit at the head is missing, or a word is misheard: 3 and 13, fifteen and fifty.
    Dropped,
}

/// Whether and how one number is the other with a misprint, as far as that is no chance: of so many digits.
pub(super) fn misprint(a: &Figure, b: &Figure) -> Option<(Misprint, usize)> {
    if is_dropped(a, b) {
        return Some((Misprint::Dropped, 1));
    }
    let places = |f: &Figure| {
        f.quantity.value.map(|v| v.normalize()).map(|v| (v.scale(), v.mantissa().checked_ilog10()))
    };
    if places(a)? != places(b)? {
        return None;
    }
    let written = |f: &Figure| f.quantity.value.map(|v| v.normalize().to_string().into_bytes());
    let (x, y) = written(a).zip(written(b)).filter(|(x, y)| x.len() == y.len())?;
    let other: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    let misprint = match other[..] {
        [_] => Misprint::Other,
        [i, k] if x[i] == y[k] && x[k] == y[i] => Misprint::Exchanged,
        _ => return None,
    };
    Some((misprint, digits(a)?.to_string().len()))
}

/// Whether one number is the other without its first digit, or one that sounds like it: 9 and 19, 15 and 50.
fn is_dropped(a: &Figure, b: &Figure) -> bool {
    let Some((x, y)) = a.quantity.value.zip(b.quantity.value) else { return false };
    let (less, more) = (x.min(y), x.max(y));
    let whole = less.is_integer() && more.is_integer() && less >= Decimal::TWO && more < Decimal::ONE_HUNDRED;
    let ten = Decimal::TEN;
    whole
        && (less < ten && more - less == ten || less > ten && less < ten + ten && (less - ten) * ten == more)
}
