//! "rose 12% to $56m from $40m": the amount of a change, what was before and what came of it.

use rust_decimal::Decimal;

use super::super::verdict::same_unit;
use super::super::{Pair, Reason};
use super::{Scene, ends, is_percent, number, stated};
use crate::figure::{ChangeRole, Comparator, Direction, Figure, Kind, RelationType};

const REASON: Reason = Reason::ChangeArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for to in 0..scene.group.len() {
        if role(&scene.group[to]) != Some(ChangeRole::To) {
            continue;
        }
        let with = |wanted| move |i: &usize| role(&scene.group[*i]) == Some(wanted) && tied(scene, *i, to);
        let Some(from) = (0..scene.group.len()).find(with(ChangeRole::From)) else { continue };
        if ![from, to].iter().all(|i| stated(&scene.group[*i]))
            || !same_unit(&scene.group[from], &scene.group[to])
        {
            continue;
        }
        let sum = Sum { scene, from, to };
        let by: Vec<usize> = (0..scene.group.len()).filter(with(ChangeRole::By)).collect();
        match by.is_empty() {
            true => out.extend(sum.direction()),
            false => out.extend(by.into_iter().filter_map(|by| sum.amount(by))),
        }
    }
}

fn role(figure: &Figure) -> Option<ChangeRole> {
    figure.change.map(|c| c.role)
}

/// Whether a figure belongs to the change that leads to another.
fn tied(scene: &Scene<'_>, i: usize, to: usize) -> bool {
    let (f, t) = (&scene.group[i], &scene.group[to]);
    let related =
        |r: &crate::figure::Relation| r.relation == RelationType::Change && r.figure == scene.first + to;
    if !f.relations.iter().any(related) {
        return false;
    }
    let only = scene.group.iter().filter(|g| role(g) == Some(ChangeRole::To)).count() == 1;
    f.change.zip(t.change).is_some_and(|(x, y)| x.cue == y.cue || only && x.direction == y.direction)
}

struct Sum<'a> {
    scene: &'a Scene<'a>,
    from: usize,
    to: usize,
}

/// What the change must lie between for its ends, as given, to be right.
struct Expected {
    lower: Decimal,
    upper: Decimal,
    said: String,
}

impl Sum<'_> {
    fn ends(&self) -> Option<[(Decimal, Decimal); 2]> {
        let of = |i: usize| ends(self.scene.group[i].quantity.interval).filter(|e| e.0.is_sign_positive());
        Some([of(self.from)?, of(self.to)?])
    }

    fn values(&self) -> Option<(Decimal, Decimal)> {
        let of = |i: usize| self.scene.group[i].quantity.value.filter(|v| *v > Decimal::ZERO);
        of(self.from).zip(of(self.to))
    }

    /// Up or down, and which way the values go.
    fn direction(&self) -> Option<Pair> {
        let [before, after] = self.ends()?;
        let direction = self.scene.group[self.to].change?.direction;
        let (up, down) = (after.0 > before.1, after.1 < before.0);
        let wrong = direction == Direction::Increase && down || direction == Direction::Decrease && up;
        let cue = self.scene.group[self.to].change?.cue.of(self.scene.text);
        let (from, to) = (self.scene.words(self.from), self.scene.words(self.to));
        let way = if up { "higher" } else { "lower" };
        let note = format!(
            "\"{cue}\" from {from} to {to}, which is {way}: check the direction, or which value came first."
        );
        let sides = vec![self.scene.place(self.from), self.scene.place(self.to)];
        wrong.then(|| self.scene.sum(false, REASON, sides, note))
    }

    fn amount(&self, by: usize) -> Option<Pair> {
        let f = &self.scene.group[by];
        let loose =
            f.quantity.comparator != Comparator::Exact && f.quantity.comparator != Comparator::Approximately;
        if !stated(f) {
            return None;
        }
        let (lower, upper) = match f.quantity.interval? {
            i if loose => (i.lower.unwrap_or(Decimal::ZERO), i.upper.unwrap_or(Decimal::MAX)),
            i => ends(Some(i))?,
        };
        let expected = self.expected(f)?;
        // Whoever wrote it worked from unrounded values: half a step more on either side.
        let slack =
            if loose { Decimal::ZERO } else { upper.saturating_sub(lower).min(Decimal::ONE) / Decimal::TWO };
        let points = self.points(f, lower, upper);
        let fits = points.is_none()
            && lower.saturating_sub(slack) <= expected.upper
            && upper.saturating_add(slack) >= expected.lower;
        let (from, to, by_words) =
            (self.scene.words(self.from), self.scene.words(self.to), self.scene.words(by));
        let note = match (fits, points) {
            (true, _) => format!("{by_words} from {from} to {to} adds up."),
            (false, Some(points)) => format!(
                "From {from} to {to} is {points}, or {}, not {by_words}: check percent against percentage points.",
                expected.said
            ),
            (false, None) => {
                format!("From {from} to {to} is {}, not {by_words}: check all three.", expected.said)
            }
        };
        let sides = vec![self.scene.place(by), self.scene.place(self.from), self.scene.place(self.to)];
        Some(self.scene.sum(fits, REASON, sides, note))
    }

    /// The change that the ends make, in the terms of the amount.
    fn expected(&self, by: &Figure) -> Option<Expected> {
        let [before, after] = self.ends()?;
        let (x, y) = self.values()?;
        let factor = |value: Decimal, by: Decimal| value.checked_div(by);
        let code = by.quantity.unit.as_ref().map_or("", |u| &u.code);
        let hundred = Decimal::ONE_HUNDRED;
        let absolute = |value: Decimal| value.abs();
        let (lower, upper, value, unit) = match by.kind {
            Kind::Percentage if code == "%" => {
                let off = |v: Decimal| absolute(v.saturating_sub(Decimal::ONE)).saturating_mul(hundred);
                let (low, high) = (off(factor(after.0, before.1)?), off(factor(after.1, before.0)?));
                (low.min(high), low.max(high), off(factor(y, x)?), "%")
            }
            Kind::Multiple => {
                let (low, high) = (factor(after.0, before.1)?, factor(after.1, before.0)?);
                // "doubled" is said of anything near.
                let slack = Decimal::new(15, 2);
                let wide = |v: Decimal, by: Decimal| v.saturating_mul(by);
                let exact = by.quantity.comparator == Comparator::Exact;
                let slack = if exact { slack } else { Decimal::new(1, 2) };
                (wide(low, Decimal::ONE - slack), wide(high, Decimal::ONE + slack), factor(y, x)?, " times")
            }
            _ if same_unit(by, &self.scene.group[self.to]) || self.is_points(code) => {
                let (up, down) = (after.1.saturating_sub(before.0), before.1.saturating_sub(after.0));
                let least = after.0.saturating_sub(before.1).max(before.0.saturating_sub(after.1));
                (least.max(Decimal::ZERO), up.max(down), absolute(y.saturating_sub(x)), "")
            }
            _ => return None,
        };
        let points = if self.is_points(code) { " percentage points" } else { unit };
        Some(Expected { lower, upper, said: format!("{}{points}", number(value, 2)) })
    }

    /// Whether a change in percentage points is given between two percentages.
    fn is_points(&self, code: &str) -> bool {
        code == "{percentage_point}" && [self.from, self.to].iter().all(|&i| is_percent(&self.scene.group[i]))
    }

    /// The difference of two percentages in points, where the amount gives just that as percent.
    fn points(&self, by: &Figure, lower: Decimal, upper: Decimal) -> Option<String> {
        let (x, y) = self.values()?;
        let off = y.saturating_sub(x).abs();
        let share = off.checked_div(x)?.saturating_mul(Decimal::ONE_HUNDRED);
        let all = [by, &self.scene.group[self.from], &self.scene.group[self.to]].into_iter().all(is_percent);
        (all && (lower..=upper).contains(&off) && !(lower..=upper).contains(&share))
            .then(|| format!("{} percentage points", number(off, 2)))
    }
}
