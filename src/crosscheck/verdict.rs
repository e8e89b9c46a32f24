//! Compares two figures that speak of the same thing, by the values that their wording allows.

use rust_decimal::Decimal;

use super::codes::{base, may_be_one_currency, may_be_one_unit, one_code};
use super::{Reason, Verdict};
use crate::figure::{Comparator, Dimension, Figure, Interval, Kind, Modality, Quantity};
use crate::number::power;

/// A verdict with its reason and the relative difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weighed {
    pub verdict: Verdict,
    pub reason: Reason,
    pub difference: Option<Decimal>,
}

impl Weighed {
    fn new(verdict: Verdict, reason: Reason) -> Weighed {
        Weighed { verdict, reason, difference: None }
    }
}

/// What two figures say about each other, if they speak of the same thing.
///
/// "Not 12" and "12" contradict each other, "not 12" and 15 do not.
pub(super) fn weigh(a: &Figure, b: &Figure) -> Weighed {
    let plain = plain(a, b);
    let denied = |f: &Figure| matches!(f.modality, Modality::Negated | Modality::Disputed);
    // "no win there for 20 years" denies the win
    let lasting = matches!(a.kind, Kind::Duration | Kind::Age);
    if denied(a) == denied(b) || plain.verdict == Verdict::NotComparable || lasting {
        return plain;
    }
    match plain.verdict {
        Verdict::Agree => Weighed::new(Verdict::Conflict, Reason::Denied),
        _ => Weighed::new(Verdict::Consistent, Reason::WithinBounds),
    }
}

fn plain(a: &Figure, b: &Figure) -> Weighed {
    let same = same_wording(a, b);
    let pair = if same { None } else { Pair::of(a, b) };
    let weighed = match (a.kind, b.kind) {
        (Kind::Score, _) | (_, Kind::Score) => scores(&a.quantity, &b.quantity),
        (Kind::Ordinal, _) if a.quantity.value != b.quantity.value => {
            Weighed::new(Verdict::Conflict, Reason::DifferentRank)
        }
        _ if same => Weighed::new(Verdict::Agree, Reason::SameValue),
        _ => match &pair {
            Some(pair) if pair.converted && pair.same_number && may_be_one_unit(a, b) => {
                Weighed::new(Verdict::Agree, Reason::SameValue)
            }
            Some(pair) => pair.weigh(),
            None => units(a, b),
        },
    };
    let opposed = match (a.change, b.change) {
        (Some(x), Some(y)) => x.direction != y.direction && x.role == y.role,
        _ => false,
    };
    let by = a.change.is_some_and(|c| c.role == crate::figure::ChangeRole::By);
    // "rose 8%" and "fell 8%" are one figure with a slip, "rose 8%" and "fell 15%" are two.
    if opposed && by {
        return match weighed.verdict {
            Verdict::Agree | Verdict::Consistent => Weighed::new(Verdict::Conflict, Reason::DifferentValue),
            _ => Weighed::new(Verdict::NotComparable, Reason::DifferentRole),
        };
    }
    // other dollars are other amounts
    if weighed.reason == Reason::DifferentValue && may_be_one_currency(a, b) {
        return Weighed::new(Verdict::NotComparable, Reason::DifferentUnit);
    }
    Weighed { difference: pair.as_ref().and_then(difference).filter(|d| !d.is_zero()), ..weighed }
}

/// Whether two quantities are given alike to the letter: most that are compared are, and nothing needs converting.
fn same_wording(a: &Figure, b: &Figure) -> bool {
    let (x, y) = (&a.quantity, &b.quantity);
    x.interval.is_some()
        && x.value == y.value
        && x.comparator == y.comparator
        && x.interval == y.interval
        && one_code(a, b)
}

/// Results of games and votes, whichever side is named first.
fn scores(a: &Quantity, b: &Quantity) -> Weighed {
    let sorted = |q: &Quantity| {
        let mut parts = q.parts.clone();
        parts.sort();
        parts
    };
    let (a, b) = (sorted(a), sorted(b));
    match () {
        () if a.len() != b.len() => Weighed::new(Verdict::NotComparable, Reason::DifferentUnit),
        () if a == b => Weighed::new(Verdict::Agree, Reason::SameValue),
        () => Weighed::new(Verdict::Conflict, Reason::DifferentValue),
    }
}

/// Units that do not convert: the same number is a slip, another number is another thing.
fn units(a: &Figure, b: &Figure) -> Weighed {
    let same_kind = a.kind == b.kind && dimension(a) == dimension(b);
    let slip = same_kind
        && dimension(a).is_some()
        && a.quantity.value.is_some()
        && a.quantity.value == b.quantity.value;
    match slip {
        true => Weighed::new(Verdict::Conflict, Reason::UnitSlip),
        false => Weighed::new(Verdict::NotComparable, Reason::DifferentUnit),
    }
}

fn dimension(f: &Figure) -> Option<Dimension> {
    f.quantity.unit.as_ref().map(|u| u.dimension)
}

/// The relative difference of two values in one unit, rounded to four places.
fn difference(pair: &Pair) -> Option<Decimal> {
    // Of a range or a magnitude the end that lies nearer.
    let end = |side: &Side, other: &Side| {
        let below = side.interval.upper.zip(other.value.or(other.interval.lower)).is_some_and(|(u, o)| u < o);
        side.value.or(if below { side.interval.upper } else { side.interval.lower })
    };
    relative(end(&pair.a, &pair.b)?, end(&pair.b, &pair.a)?)
}

/// |x − y| in relation to the larger of the two.
pub(super) fn relative(x: Decimal, y: Decimal) -> Option<Decimal> {
    let larger = x.abs().max(y.abs());
    let off = x.checked_sub(y)?.abs();
    off.checked_div(larger).map(|d| d.round_dp(4).normalize())
}

/// A quantity in the unit that both sides share.
#[derive(Clone, Copy, Debug)]
struct Side {
    value: Option<Decimal>,
    interval: Interval,
    comparator: Comparator,
    /// Value of one in the last place that is not zero.
    step: Decimal,
    /// What a writer who rounds by the eye may be off: half of that, at most 5 %.
    slack: Decimal,
    /// What a fraction said in words may be off: "a third" is a twentieth of that, "almost a third" a tenth.
    fraction: Decimal,
    /// Counted one by one, so that nothing is rounded unless it shows.
    counted: bool,
}

/// Two quantities in one unit.
struct Pair {
    a: Side,
    b: Side,
    /// Whether one of them had to be converted.
    converted: bool,
    /// Whether the numbers as written are equal, whatever their units.
    same_number: bool,
}

impl Pair {
    fn of(a: &Figure, b: &Figure) -> Option<Pair> {
        let counts =
            |f: &Figure| matches!(f.kind, Kind::Count | Kind::Number | Kind::Ordinal | Kind::Multiple);
        let converted = !(counts(a) && counts(b) || one_code(a, b));
        let (factor_a, factor_b) = if converted { (base(a)?, base(b)?) } else { (None, None) };
        if converted && factor_a.is_some_and(|f| factor_b.is_none_or(|g| f.1 != g.1)) {
            return None;
        }
        Some(Pair {
            a: side(a, factor_a.map(|f| f.0))?,
            b: side(b, factor_b.map(|f| f.0))?,
            converted: converted && a.kind != Kind::Ratio && b.kind != Kind::Ratio,
            same_number: a.quantity.value.is_some() && a.quantity.value == b.quantity.value,
        })
    }

    fn weigh(&self) -> Weighed {
        let (a, b) = (&self.a, &self.b);
        if a.interval == b.interval && a.comparator == b.comparator && a.value == b.value {
            return Weighed::new(Verdict::Agree, Reason::SameValue);
        }
        if let (Some(x), Some(y)) = (a.value, b.value)
            && x == y
        {
            return self.equal(x);
        }
        if a.comparator == Comparator::Vague || b.comparator == Comparator::Vague {
            return match touch(&slackened(a), &slackened(b)) {
                true => Weighed::new(Verdict::Consistent, Reason::Vague),
                false => Weighed::new(Verdict::Conflict, Reason::BoundContradicted),
            };
        }
        let bounded = is_bound(a.comparator) || is_bound(b.comparator);
        // "up to 30 cm" and "up to 30 m" can both be true, and are one figure with a slip
        if bounded && self.converted && self.same_number {
            return Weighed::new(Verdict::Conflict, Reason::UnitSlip);
        }
        let fits = match bounded {
            true => touch(&a.interval, &b.interval) || nearly_touch(a, b),
            false => rounds(a, b) || self.converted && touch(&lenient(a), &lenient(b)),
        };
        if fits {
            let reason = match (self.converted, bounded) {
                (true, false) => Reason::Conversion,
                (_, true) => Reason::WithinBounds,
                (false, false) => Reason::Rounding,
            };
            return Weighed::new(Verdict::Consistent, reason);
        }
        let reason = match () {
            () if self.converted && self.same_number => Reason::UnitSlip,
            () if thousands_apart(a, b) => Reason::ScaleSlip,
            () if bounded => Reason::BoundContradicted,
            () => Reason::DifferentValue,
        };
        Weighed::new(Verdict::Conflict, reason)
    }

    /// Equal values in different words: "12" and "about 12", "more than 100" and "100".
    fn equal(&self, value: Decimal) -> Weighed {
        let (a, b) = (&self.a, &self.b);
        if !is_bound(a.comparator) && !is_bound(b.comparator) {
            return Weighed::new(Verdict::Agree, Reason::SameValue);
        }
        // "100" may well be a rounded 103.
        let round = a.step.min(value.abs()) >= Decimal::ONE_HUNDRED || !(a.counted && b.counted);
        match touch(&a.interval, &b.interval) || round {
            true => Weighed::new(Verdict::Consistent, Reason::WithinBounds),
            false => Weighed::new(Verdict::Conflict, Reason::BoundContradicted),
        }
    }
}

/// Whether the wording gives a bound or bounds.
pub(super) fn is_bound(comparator: Comparator) -> bool {
    use Comparator::{AtLeast, AtMost, Between, LessThan, MoreThan};
    matches!(comparator, AtLeast | AtMost | Between | LessThan | MoreThan)
}

fn side(f: &Figure, factor: Option<(Decimal, Decimal)>) -> Option<Side> {
    let q = &f.quantity;
    let convert = |v: Decimal| match factor {
        Some((times, plus)) => Some(v.checked_mul(times)?.checked_add(plus)?.round_dp(12).normalize()),
        None => Some(v),
    };
    let value = match q.value {
        Some(v) => Some(convert(v)?),
        None => None,
    };
    let interval = q.interval?;
    let bound = |v: Option<Decimal>| v.and_then(convert);
    let step = q.value.map_or(Decimal::ZERO, last_place);
    let slack = q.value.map_or(Decimal::ZERO, |v| (step / Decimal::TWO).min(v.abs() / Decimal::from(20)));
    let scaled = |v: Decimal| factor.map_or(Some(v), |(times, _)| v.checked_mul(times));
    Some(Side {
        value,
        interval: Interval { lower: bound(interval.lower), upper: bound(interval.upper), ..interval },
        comparator: q.comparator,
        step: scaled(step)?,
        slack: scaled(slack)?,
        fraction: value.filter(|_| f.kind == Kind::Ratio).map_or(Decimal::ZERO, |v| match q.comparator {
            Comparator::Approximately => v.abs() / Decimal::TEN,
            _ => v.abs() / Decimal::from(20),
        }),
        counted: matches!(f.kind, Kind::Count | Kind::Ordinal),
    })
}

/// Worth of one in the last place that is not zero: 100 for 6,700.
pub(super) fn last_place(value: Decimal) -> Decimal {
    let value = value.normalize();
    let digits = value.mantissa().unsigned_abs();
    // most fit into 64 bits, where a division is cheap
    let zeros = match u64::try_from(digits) {
        Ok(digits) => zeros(digits, |n| n.is_multiple_of(10), |n| n / 10),
        Err(_) => zeros(digits, |n| n.is_multiple_of(10), |n| n / 10),
    };
    match power(zeros) {
        Some(place) if value.scale() == 0 => place,
        _ => Decimal::new(1, value.scale()),
    }
}

/// How often ten divides a number.
fn zeros<N: Copy + PartialEq + Default>(mut n: N, even: impl Fn(N) -> bool, tenth: impl Fn(N) -> N) -> u32 {
    let mut zeros = 0;
    while n != N::default() && even(n) {
        n = tenth(n);
        zeros += 1;
    }
    zeros
}

/// Whether two intervals share a value. That both end where the other begins is not enough, unless they are points.
fn touch(a: &Interval, b: &Interval) -> bool {
    let below = |upper: Option<Decimal>, lower: Option<Decimal>, open: bool| match (upper, lower) {
        (Some(upper), Some(lower)) => upper < lower || upper == lower && open,
        _ => false,
    };
    !below(a.upper, b.lower, a.upper_open || b.lower_open)
        && !below(b.upper, a.lower, b.upper_open || a.lower_open)
}

/// "up to 149 km/h" and "150 km/h", which is rounded.
fn nearly_touch(a: &Side, b: &Side) -> bool {
    let (Some(x), Some(y)) = (a.value, b.value) else { return false };
    let (off, hundredth) = (x.saturating_sub(y).abs(), x.abs().max(y.abs()) / Decimal::ONE_HUNDRED);
    a.step != b.step && is_bound(a.comparator) != is_bound(b.comparator) && off <= hundredth
}

/// Whether one value is the other, rounded: the coarser one allows the finer one.
fn rounds(a: &Side, b: &Side) -> bool {
    let (Some(x), Some(y)) = (a.value, b.value) else { return touch(&a.interval, &b.interval) };
    if a.fraction != b.fraction && x.saturating_sub(y).abs() <= a.fraction.max(b.fraction) {
        return true;
    }
    let approximate = |s: &Side| s.comparator == Comparator::Approximately;
    let holds =
        |s: &Side, v: Decimal| touch(&s.interval, &Interval { lower: Some(v), upper: Some(v), ..s.interval });
    match (approximate(a), approximate(b)) {
        (true, true) => touch(&a.interval, &b.interval),
        (true, false) => holds(a, y),
        (false, true) => holds(b, x),
        (false, false) if a.step > b.step => holds(a, y) || shortened(a, x, y),
        (false, false) if b.step > a.step => holds(b, x) || shortened(b, y, x),
        (false, false) => false,
    }
}

/// "6,700" for 6,742: two zeros at the end, and at most 5 % off.
fn shortened(coarse: &Side, value: Decimal, fine: Decimal) -> bool {
    let off = value.saturating_sub(fine).abs();
    coarse.step >= Decimal::ONE_HUNDRED
        && off <= coarse.step / Decimal::TWO
        && off <= value.abs() / Decimal::from(20)
}

/// What a writer who rounds by the eye may mean.
fn lenient(side: &Side) -> Interval {
    let Some(value) = side.value else { return side.interval };
    let (lower, upper) = (value.saturating_sub(side.slack), value.saturating_add(side.slack));
    Interval {
        lower: side.interval.lower.map(|l| l.min(lower)),
        upper: side.interval.upper.map(|u| u.max(upper)),
        lower_open: false,
        upper_open: false,
    }
}

/// A magnitude with a quarter more at either end: "dozens" are no exact bounds.
fn slackened(side: &Side) -> Interval {
    if side.comparator != Comparator::Vague {
        return side.interval;
    }
    let quarter = Decimal::new(25, 2);
    Interval {
        lower: side.interval.lower.map(|l| l.saturating_mul(Decimal::ONE - quarter)),
        upper: side.interval.upper.and_then(|u| u.checked_mul(Decimal::ONE + quarter)),
        ..side.interval
    }
}

/// Whether two values have the same digits, as far as both are given, but another power of ten.
fn thousands_apart(a: &Side, b: &Side) -> bool {
    let (Some(x), Some(y)) = (a.value, b.value) else { return false };
    let ((mut low, mut low_step), (high, high_step)) = match x.abs() < y.abs() {
        true => ((x, a.step), (y, b.step)),
        false => ((y, b.step), (x, a.step)),
    };
    if low.is_zero() || low.is_sign_negative() != high.is_sign_negative() {
        return false;
    }
    let mut power = 0;
    while low.abs() < high.abs() / Decimal::TWO {
        let (Some(value), Some(step)) = (low.checked_mul(Decimal::TEN), low_step.checked_mul(Decimal::TEN))
        else {
            return false;
        };
        (low, low_step) = (value, step);
        power += 1;
    }
    let off = low.saturating_sub(high).abs();
    // "4.7 million" and "4.69 billion": rounded, and whole scale words apart.
    let rounded = off <= low_step.max(high_step) / Decimal::TWO && off <= low.abs() / Decimal::from(20);
    power > 0 && (off.is_zero() || rounded && power % 3 == 0)
}

/// A quantity given in the unit of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Converted {
    /// Whether the two are the same, as far as their rounding allows.
    pub fits: bool,
    /// The first one's value in the unit of the second.
    pub value: Decimal,
    pub difference: Option<Decimal>,
}

/// Converts the first quantity into the unit of the second; `None` where no factor leads there.
pub(super) fn convert(a: &Figure, b: &Figure) -> Option<Converted> {
    let pair = Pair::of(a, b)?;
    let x = pair.a.value?;
    let (times, plus) = base(b)?.map_or((Decimal::ONE, Decimal::ZERO), |f| f.0);
    let value = if pair.converted { x.checked_sub(plus)?.checked_div(times)? } else { x };
    let difference = relative(value, b.quantity.value?);
    Some(Converted { fits: touch(&lenient(&pair.a), &lenient(&pair.b)), value, difference })
}
