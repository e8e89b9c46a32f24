//! "rose 12% to $56m from $40m": the amount of a change, what was before and what came of it.

use rust_decimal::Decimal;

use super::super::codes::{code, same_unit};
use super::super::verdict::last_place;
use super::super::{Pair, Reason};
use super::{Scene, ends, finding, is_percent, number, opening, start, stated};
use crate::cue::CHANGE_NOUNS;
use crate::figure::{ChangeRole, Comparator, Direction, Figure, Kind, RelationType};
use crate::lexicon::sums::{ADJUSTED, BEFORE_THAT, EARLIER, SHORTER, THAN, YEARLY};
use crate::table::Set;

const REASON: Reason = Reason::ChangeArithmetic;

/// A hundredth of a percentage point.
const BASIS_POINT: &str = "{basis_point}";

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
            true => out.extend(sum.direction().or_else(|| sum.amount(result_of(scene, &sum)?))),
            false => out.extend(by.into_iter().filter_map(|by| sum.amount(by))),
        }
    }
    for by in 0..scene.group.len() {
        out.extend(more_than(scene, by).or_else(|| twice_given(scene, by)).or_else(|| summed_up(scene, by)));
    }
}

/// "cut 300 jobs, taking its workforce from 2,000 to 1,700": the amount that a clause before gives.
fn result_of(scene: &Scene<'_>, sum: &Sum<'_>) -> Option<usize> {
    let cue = scene.group[sum.to].change?.cue;
    let by = sum.from.min(sum.to).checked_sub(1)?;
    let f = &scene.group[by];
    let before = scene.between(f.span.end, cue.start);
    let off = before.starts_with("off ") || role(f) == Some(ChangeRole::By);
    // ", reducing it from 11 years to eight", ", bringing it down from 11 years to eight"
    let follows = match cue.of(scene.text).ends_with("ing") {
        true => before.ends_with(','),
        false => before
            .rsplit_once(", ")
            .is_some_and(|(_, clause)| clause.split(' ').next().is_some_and(|w| w.ends_with("ing"))),
    };
    (follows && off && stated(f) && same_unit(f, &scene.group[sum.to])).then_some(by)
}

/// "Sales rose 12% to $56 million. A year earlier they were $50 million.": the value before, which the next sentence gives.
pub(super) fn given_after(scene: &Scene<'_>, second: usize) -> Option<Pair> {
    let group = scene.group;
    let only = |wanted| {
        let mut all = (0..second).filter(|&i| role(&group[i]) == Some(wanted));
        all.next().filter(|_| all.next().is_none())
    };
    let (by, to) = (only(ChangeRole::By)?, only(ChangeRole::To)?);
    let from = second;
    let f = &group[from];
    let lead = scene.glue(f.sentence.start, start(f));
    let earlier = match opening(&lead, &EARLIER) {
        Some(_) => lead.split(' ').count() <= 8,
        None => BEFORE_THAT.contains(&lead) && opening(&scene.after(f), &EARLIER).is_some(),
    };
    // From one quarter to the next it is another change.
    let yearly = || {
        let words = scene.glue(group[0].sentence.start, group[0].sentence.end);
        let has = |list: &Set| words.split(' ').any(|w| list.contains(w.trim_end_matches('.')));
        has(&YEARLY) && !has(&SHORTER)
    };
    let alone = group.len() == second + 1
        && role(f).is_none()
        && (0..second).all(|i| role(&group[i]) != Some(ChangeRole::From));
    let relative = is_percent(&group[by]) || group[by].kind == Kind::Multiple;
    let one = group[by].change?.cue == group[to].change?.cue
        && group[by].change?.direction == group[to].change?.direction;
    let whole = [by, to, from].iter().all(|&i| stated(&group[i])) && same_unit(f, &group[to]);
    (alone && relative && one && whole && earlier && yearly()).then(|| Sum { scene, from, to }.amount(by))?
}

/// "fetched 3,900 shillings, 30 percent more than the 3,000 it cost in May".
fn more_than(scene: &Scene<'_>, by: usize) -> Option<Pair> {
    let (to, from) = (by.checked_sub(1)?, by + 1);
    let (f, level, base) = (&scene.group[by], &scene.group[to], scene.group.get(from)?);
    let (before, after) = (scene.gap(level, f), scene.gap(f, base));
    let comma = before.len() <= 60 && before.ends_with(',') && !before.contains([';', ':', '(']);
    let compared = matches!(f.kind, Kind::Percentage | Kind::Multiple) && THAN.contains(&after);
    let whole = [to, from].iter().all(|i| stated(&scene.group[*i])) && same_unit(level, base);
    (comma && compared && whole).then(|| Sum { scene, from, to }.amount(by))?
}

/// "has gone from 50 pence to 90 pence, a rise of 40 pence": the verb says nothing of a change, the noun does.
fn summed_up(scene: &Scene<'_>, by: usize) -> Option<Pair> {
    let (from, to) = (by.checked_sub(2)?, by - 1);
    let levels = [from, to].map(|i| &scene.group[i]);
    let ranged = scene.before(levels[0]).ends_with("from") && scene.gap(levels[0], levels[1]) == "to";
    let before = scene.gap(levels[1], &scene.group[by]);
    let mut words = before.rsplit(' ').skip(1);
    let noun = before.ends_with(" of") && words.next().is_some_and(|w| CHANGE_NOUNS.contains_key(w));
    let whole =
        role(levels[0]).is_none() && levels.into_iter().all(stated) && same_unit(levels[0], levels[1]);
    (ranged && noun && sums_up(scene, by) && whole).then(|| Sum { scene, from, to }.amount(by))?
}

/// "slid $2.10, or 5.4%, to close at $14.90": the amount in money and in percent, and the value after.
fn twice_given(scene: &Scene<'_>, by: usize) -> Option<Pair> {
    let [amount, share, to] = [by, by + 1, by + 2].map(|i| scene.group.get(i));
    let (amount, share, to) = (amount?, share?, to?);
    let between = scene.gap(amount, share);
    let roles =
        [role(amount), role(share), role(to)] == [ChangeRole::By, ChangeRole::By, ChangeRole::To].map(Some);
    let cue = |f: &Figure| f.change.map(|c| c.cue);
    let beside =
        matches!(&*between, ", or" | "or" | "(" | ",") && cue(amount) == cue(share) && cue(share) == cue(to);
    if !roles
        || !beside
        || !is_percent(share)
        || !same_unit(amount, to)
        || ![amount, share, to].into_iter().all(stated)
    {
        return None;
    }
    let (off, after, said) = (amount.quantity.value?, to.quantity.value?, share.quantity.value?);
    let before = match to.change?.direction {
        Direction::Increase => after.checked_sub(off)?,
        _ => after.checked_add(off)?,
    };
    let percent =
        off.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before).filter(|p| p.is_sign_positive())?;
    // Both may be rounded: half a step each, and as much again.
    let slack = last_place(said).max(percent.checked_mul(last_place(off))?.checked_div(off)?);
    let fits = percent.saturating_sub(said).abs() <= slack;
    let (words, end, claimed) = (scene.words(by), scene.words(by + 2), scene.words(by + 1));
    let note = match fits {
        true => format!("{words} to {end} is {claimed}."),
        false => {
            format!("{words} to {end} is {} percent, not {claimed}: check all three.", number(percent, 1))
        }
    };
    let sides = [by + 1, by, by + 2].into_iter().map(|i| scene.place(i)).collect();
    Some(finding(fits, REASON, sides, note))
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
    let cues = f.change.zip(t.change);
    cues.is_some_and(|(x, y)| {
        // "was up 12 percent, rising to 56 from 50", not "doubled, helped by a rise in fares to 56 from 50"
        let goes_on = || y.cue.of(scene.text).ends_with("ing") || x.role == ChangeRole::From;
        x.cue == y.cue || only && x.direction == y.direction && (goes_on() || i > to && sums_up(scene, i))
    })
}

/// "comes down to 18 percent from 28 percent, a reduction of ten points"
fn sums_up(scene: &Scene<'_>, i: usize) -> bool {
    let before = scene.glue(scene.group[i - 1].number.end, scene.group[i].span.start);
    let article = |w: &str| before.ends_with(" of") && before.contains(w) || before.ends_with(w.trim_end());
    [", a ", ", an "].into_iter().any(article)
}

/// The values that a figure allows; a length of time without a cue is meant as it is given.
fn allowed(f: &Figure) -> Option<(Decimal, Decimal)> {
    let exact = f.kind == Kind::Duration && f.quantity.comparator == Comparator::Exact;
    match f.quantity.value.filter(|_| exact) {
        Some(value) => Some((value, value)),
        None => ends(f.quantity.interval),
    }
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
        let of = |i: usize| allowed(&self.scene.group[i]).filter(|e| e.0.is_sign_positive());
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
        wrong.then(|| finding(false, REASON, sides, note))
    }

    /// "6% after inflation", "an average of 6% a year": a percentage that is not that of the two values.
    fn adjusted(&self, by: usize) -> bool {
        let f = &self.scene.group[by];
        let (before, after) = (self.scene.before(f), self.scene.after(f));
        let words = before.rsplit(' ').take(5).chain(after.split(' ').take(6));
        is_percent(f) && words.into_iter().any(|word| ADJUSTED.contains(word.trim_end_matches('.')))
    }

    fn amount(&self, by: usize) -> Option<Pair> {
        let f = &self.scene.group[by];
        let loose =
            f.quantity.comparator != Comparator::Exact && f.quantity.comparator != Comparator::Approximately;
        if !stated(f) || self.adjusted(by) {
            return None;
        }
        let (lower, upper) = match f.quantity.interval? {
            i if loose => (i.lower.unwrap_or(Decimal::ZERO), i.upper.unwrap_or(Decimal::MAX)),
            _ => allowed(f)?,
        };
        let expected = self.expected(f)?;
        // Whoever wrote it worked from unrounded values: half a step more on either side.
        let relative = is_percent(f) || f.kind == Kind::Multiple;
        let slack = if loose || !relative {
            Decimal::ZERO
        } else {
            upper.saturating_sub(lower).min(Decimal::ONE) / Decimal::TWO
        };
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
        Some(finding(fits, REASON, sides, note))
    }

    /// The change that the ends make, in the terms of the amount.
    fn expected(&self, by: &Figure) -> Option<Expected> {
        let [before, after] = self.ends()?;
        let (x, y) = self.values()?;
        let factor = |value: Decimal, by: Decimal| value.checked_div(by);
        let code = code(by);
        let hundred = Decimal::ONE_HUNDRED;
        let absolute = |value: Decimal| value.abs();
        let (lower, upper, value, unit) = match by.kind {
            Kind::Percentage | Kind::Ratio if code == "%" || by.kind == Kind::Ratio => {
                // "by a third" is said of anything near
                let (whole, slack, unit) = match by.kind {
                    Kind::Ratio => (Decimal::ONE, Decimal::new(5, 2), " of it"),
                    _ => (hundred, Decimal::ZERO, "%"),
                };
                let off = |v: Decimal| absolute(v.saturating_sub(Decimal::ONE)).saturating_mul(whole);
                let (low, high) = (off(factor(after.0, before.1)?), off(factor(after.1, before.0)?));
                (low.min(high) - slack, low.max(high).saturating_add(slack), off(factor(y, x)?), unit)
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
                // "to 3.5 percent from 3 percent": rates are given to the same place.
                let half = |e: (Decimal, Decimal)| e.1.saturating_sub(e.0) / Decimal::TWO;
                let fine = half(before).min(half(after));
                let as_fine = |e, v: Decimal| match self.is_points(code) {
                    true => (v.saturating_sub(fine), v.saturating_add(fine)),
                    false => e,
                };
                let (before, after) = (as_fine(before, x), as_fine(after, y));
                let (up, down) = (after.1.saturating_sub(before.0), before.1.saturating_sub(after.0));
                let least = after.0.saturating_sub(before.1).max(before.0.saturating_sub(after.1));
                let each = if code == BASIS_POINT { hundred } else { Decimal::ONE };
                let of = |v: Decimal| v.saturating_mul(each);
                (of(least.max(Decimal::ZERO)), of(up.max(down)), of(absolute(y.saturating_sub(x))), "")
            }
            _ => return None,
        };
        let points = match code {
            BASIS_POINT => " basis points",
            _ if self.is_points(code) => " percentage points",
            _ => unit,
        };
        Some(Expected { lower, upper, said: format!("{}{points}", number(value, 2)) })
    }

    /// Whether a change in percentage points is given between two percentages.
    fn is_points(&self, code: &str) -> bool {
        matches!(code, "{percentage_point}" | BASIS_POINT)
            && [self.from, self.to].iter().all(|&i| is_percent(&self.scene.group[i]))
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
