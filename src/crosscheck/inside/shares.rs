//! Shares of a whole: percentages that leave nothing over, and a part, its whole and the share that it is.

use rust_decimal::Decimal;

use super::super::codes::same_unit;
use super::super::verdict::last_place;
use super::super::words;
use super::super::{Pair, Reason};
use super::made::ends_list;
use super::sum::{amount, answer, fate, grain, list_end, part_of};
use super::{Scene, all_differ, closing, finding, is_percent, number, opening, stated};
use crate::figure::{Figure, Kind};
use crate::lexicon::sums::{ALTOGETHER, LEFT, REST, WITHIN, WON};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    out.extend(shares(scene).or_else(|| contest(scene)));
    for i in 1..scene.group.len() {
        out.extend(portion(scene, i).or_else(|| ratio(scene, i)));
    }
}

/// "48 percent said yes, 41 percent no and 19 percent were undecided": shares that leave nothing over.
fn shares(scene: &Scene<'_>) -> Option<Pair> {
    let all: Vec<usize> = (0..scene.group.len()).filter(|&i| is_percent(&scene.group[i])).collect();
    let level = all.iter().all(|&i| stated(&scene.group[i]) && scene.group[i].quantity.value.is_some());
    let last = &scene.group[*all.last()?];
    // "the other 40 percent" makes even two shares a whole, and nobody votes both yes and no.
    let rest = closing(&scene.before(last), &LEFT).is_some();
    let opposed = all_differ(&all.iter().map(|&i| answer(scene, i)).collect::<Vec<_>>());
    let least = if rest || opposed { 2 } else { 3 };
    if all.len() < least || !level || !(rest || opposed || exhaustive(scene)) {
        return None;
    }
    let changed = all.iter().filter(|&&i| scene.group[i].change.is_some()).count();
    let of = |i: &&usize| {
        scene.between(scene.group[**i].span.end, scene.group[**i].sentence.end).starts_with("of ")
    };
    let wholes = all.iter().filter(of).count();
    let answers: Vec<_> = all.iter().map(|&i| fate(scene, i)).collect();
    let distinct = answers.iter().enumerate().all(|(i, a)| a.is_none() || !answers[..i].contains(a));
    let values = all.iter().filter_map(|&i| scene.group[i].quantity.value);
    let sum = values.fold(Decimal::ZERO, Decimal::saturating_add);
    // Shares that are far from the whole were not meant as all of it.
    let near = (Decimal::from(60)..=Decimal::from(150)).contains(&sum);
    if wholes > 1 || !distinct || changed > usize::from(rest) || !near {
        return None;
    }
    let slack = Decimal::from(all.len()) / Decimal::TWO;
    let off = sum.saturating_sub(Decimal::ONE_HUNDRED);
    let (list, made) = (scene.listed(&all), number(sum, 2));
    let note = match () {
        () if off.abs() <= slack => format!("{list} make {made} percent."),
        () if off > slack => format!("{list} make {made} percent, more than the whole: check the shares."),
        () => format!("{list} make {made} percent, not the whole: check the shares."),
    };
    let sides = all.iter().map(|&i| scene.place(i)).collect();
    (off >= -slack || rest).then(|| finding(off.abs() <= slack, REASON, sides, note))
}

/// "won with 52.3 percent of the vote to 47.7 percent for her rival": two shares of one vote.
fn contest(scene: &Scene<'_>) -> Option<Pair> {
    let mut all = (0..scene.group.len()).filter(|&i| is_percent(&scene.group[i]));
    let [i, k] = [all.next()?, all.next()?];
    let (a, b) = (&scene.group[i], &scene.group[k]);
    let between = scene.gap(a, b);
    let versus = matches!(
        &*between,
        "to" | "of the vote to" | "of votes to" | "of the votes to" | "of the ballots to"
    );
    let before = scene.before(a);
    let after = scene.after(b);
    // "to 60 percent turnout", "from 54 percent to 60 percent"
    let ends = scene.closes(b) || after.starts_with("for ") || after.starts_with("of the vote");
    let won = before.rsplit(' ').take(8).any(|w| WON.contains(w)) && !before.ends_with("from") && ends;
    let whole = [a, b].into_iter().all(|f| stated(f) && f.change.is_none() && f.quantity.value.is_some());
    let sum = a.quantity.value?.checked_add(b.quantity.value?)?;
    let over = sum.saturating_sub(Decimal::ONE_HUNDRED);
    if k != i + 1 || all.next().is_some() || !versus || !won || !whole || over < -Decimal::ONE {
        return None;
    }
    let (list, made, fits) = (scene.listed(&[i, k]), number(sum, 2), over <= Decimal::ONE);
    let note = match fits {
        true => format!("{list} make {made} percent."),
        false => format!("{list} make {made} percent, more than the whole: check the shares."),
    };
    Some(finding(fits, REASON, vec![scene.place(i), scene.place(k)], note))
}

/// Whether the sentence says that its shares leave nothing over.
fn exhaustive(scene: &Scene<'_>) -> bool {
    let sentence = scene.glue(scene.group[0].sentence.start, scene.group[0].sentence.end);
    let words: Vec<&str> = sentence.trim_end_matches('.').split(' ').collect();
    (1..=3).any(|n| words.windows(n).any(|w| REST.contains(&w.join(" "))))
}

/// "300 of its 2,000 workers, or 15 percent", "15 percent of its 2,000 workers, or 300", "300 jobs, or 15 percent of its
/// workforce of 2,000": whether the share is that of the part in the whole.
fn portion(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let three = [i.checked_sub(1)?, i, i + 1].map(|k| scene.group.get(k));
    let [Some(a), Some(b), Some(c)] = three else { return None };
    let restated = |x, y| restated(scene, x, y);
    let within = |x: &Figure, y: &Figure| {
        let between = scene.gap(x, y);
        let short = between.split(' ').count() <= 5 && between.starts_with("of ") && !between.contains(',');
        WITHIN.contains(&between)
            || short && (between.ends_with("'s") || between.ends_with("’s") || between.ends_with(" of"))
    };
    let total = |k: usize| opening(&scene.after(&scene.group[k]), &ALTOGETHER).is_some() || apposed(scene, k);
    let comma = |x: &Figure, y: &Figure| scene.gap(x, y) == ",";
    let (part, whole, share) = match () {
        () if is_share(c) && of_others(scene, c) => return None,
        () if is_share(c) && within(a, b) && restated(b, c) => (i - 1, i, i + 1),
        // "Of the 1,250 people asked, 400, or 42%,"
        () if is_share(c) && restated(b, c) && taken_from(scene, i) => (i, i - 1, i + 1),
        () if is_share(a) && within(a, b) && (restated(b, c) || comma(b, c) && total(i + 1)) => {
            (i + 1, i, i - 1)
        }
        () if is_share(b) && restated(a, b) && within(b, c) => (i - 1, i + 1, i),
        () => return None,
    };
    let (f, of) = (&scene.group[part], &scene.group[whole]);
    if !same_unit(f, of) && !people(f, of) {
        return None;
    }
    let (x, y) = (amount(f)?, amount(of).filter(|v| *v > Decimal::ZERO)?);
    let said = &scene.group[share];
    let hundred = if is_percent(said) { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let of_each = |x: Decimal, y: Decimal| x.checked_mul(hundred)?.checked_div(y);
    let off = |f: &Figure| grain(scene.text, f);
    let (low, high) = (
        of_each(x.saturating_sub(off(f)), y.saturating_add(off(of)))?,
        of_each(x.saturating_add(off(f)), y.saturating_sub(off(of)))?,
    );
    let fits = allows(said, low, high)?;
    let percent = number(x.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(y)?, 1);
    let (words, all, claimed) = (scene.words(part), scene.words(whole), scene.words(share));
    let note = match fits {
        true => format!("{words} of {all} is {claimed}, as rounded."),
        false => format!("{words} of {all} is {percent} percent, not {claimed}: check all three."),
    };
    let sides = [share, part, whole].into_iter().map(|i| scene.place(i)).collect();
    Some(finding(fits, REASON, sides, note))
}

/// "Of the 1,250 people asked, 400", "In a poll of 800 voters, 320": whether a figure is a part of the one before it.
fn taken_from(scene: &Scene<'_>, i: usize) -> bool {
    let (whole, part) = (&scene.group[i - 1], &scene.group[i]);
    let out_of = || {
        let before = scene.before(whole);
        let before = before.trim_end_matches(" the").trim_end_matches(" its").trim_end_matches(" all");
        before.rsplit(' ').next().is_some_and(|w| matches!(w, "of" | "among" | "from"))
    };
    let gap = scene.gap(whole, part);
    let bare = part.counted.is_none()
        && (gap.ends_with(',') && gap.matches(',').count() == 1 || gap.ends_with(" that"))
        && gap.split(' ').count() <= 6;
    part_of(scene, i) == Some(i - 1) || bare && out_of()
}

/// "…, 95 people, have": whether a figure stands alone between commas.
fn apposed(scene: &Scene<'_>, i: usize) -> bool {
    scene.closes(&scene.group[i]) && list_end(scene, i) == i && ends_list(scene, i)
}

/// Whether a share may be anything between two values.
fn allows(share: &Figure, low: Decimal, high: Decimal) -> Option<bool> {
    let value = share.quantity.value?;
    // "15 percent" is rounded to a whole one, "a third" by the eye.
    let step = if is_percent(share) { last_place(value).min(Decimal::ONE) } else { value / Decimal::from(6) };
    let slack = step.max(value / Decimal::from(30));
    let interval = share.quantity.interval?;
    let lower = interval.lower.unwrap_or(Decimal::ZERO).saturating_sub(slack);
    let upper = interval.upper.unwrap_or(Decimal::MAX).saturating_add(slack);
    Some(lower <= high && low <= upper)
}

/// Whether a figure is given again by another: "30 percent, or 600", "30% of the 2,000 people questioned, or 600".
fn restated(scene: &Scene<'_>, x: &Figure, y: &Figure) -> bool {
    let between = scene.gap(x, y);
    let or = between.ends_with(", or") || between.ends_with(", or about");
    matches!(&*between, "or" | "(" | "–" | "—" | ", about" | ", some")
        || or && between.split(' ').count() <= 7
}

/// Whether a share is one of something else: "or 42% of those who answered".
fn of_others(scene: &Scene<'_>, share: &Figure) -> bool {
    let after = scene.after(share);
    let whole =
        ["of the total", "of the whole", "of all", "of its", "of their", "of the workforce", "of them"];
    let compared =
        ["more", "fewer", "less", "higher", "lower", "up", "down"].iter().any(|w| after.starts_with(w));
    compared || after.starts_with("of ") && !whole.iter().any(|w| after.starts_with(w))
}

/// "120 of its 900 workers, or 13 percent", "300 of the 1,200 pupils, or one in five"
fn ratio(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let (f, share) = (&scene.group[i - 1], &scene.group[i]);
    let [x, y] = f.quantity.parts[..] else { return None };
    let shares = f.kind == Kind::Ratio && is_share(share) && stated(f);
    let hundred = if is_percent(share) { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let of_each = x.checked_mul(hundred)?.checked_div(y)?;
    let percent = x.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(y)?;
    if !shares || !restated(scene, f, share) || of_others(scene, share) {
        return None;
    }
    let fits = allows(share, of_each, of_each)?;
    let (words, claimed) = (scene.words(i - 1), scene.words(i));
    let note = match fits {
        true => format!("{words} is {claimed}, as rounded."),
        false => format!("{words} is {} percent, not {claimed}: check both.", number(percent, 1)),
    };
    Some(finding(fits, REASON, vec![scene.place(i - 1), scene.place(i)], note))
}

fn is_share(f: &Figure) -> bool {
    stated(f) && f.quantity.value.is_some() && (is_percent(f) || f.kind == Kind::Ratio)
}

/// Whether both are counts of persons, or one has no noun of its own.
fn people(a: &Figure, b: &Figure) -> bool {
    let person = |f: &Figure| {
        let head = f.counted.as_ref().map(|p| p.head.to_lowercase());
        head.is_none_or(|h| words::is_person(&h))
    };
    a.kind == Kind::Count && b.kind == Kind::Count && person(a) && person(b)
}
