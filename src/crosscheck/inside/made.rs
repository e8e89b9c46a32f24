//! "The 12-member jury, made up of eight women and five men": a list that the words say is all of a whole.

use super::super::Pair;
use super::super::codes::{code, same_unit};
use super::super::words;
use super::sum::{Sum, amount, head, list_before, list_end, one_more, verdict};
use super::{Scene, closing, end};
use crate::figure::{Figure, Kind};
use crate::lexicon::sums::{AMONG, COPULAS, MADE_OF, MAKE_UP, MEMBERS};
use rust_decimal::Decimal;

/// A whole and the list of its parts behind or before it.
pub(super) fn read(scene: &Scene<'_>) -> Option<Pair> {
    (1..scene.group.len())
        .find_map(|i| made_of(scene, i).or_else(|| make_up(scene, i)).or_else(|| includes(scene, i)))
}

/// "The $40 million plan includes $15 million for roads, $10 million for schools and $20 million for parks": more than all.
fn includes(scene: &Scene<'_>, first: usize) -> Option<Pair> {
    let whole = first - 1;
    let f = &scene.group[whole];
    let between = scene.gap(f, &scene.group[first]);
    closing(&between, &AMONG).filter(|noun| f.kind != Kind::Count && adjoins(scene, f, noun))?;
    let parts: Vec<usize> = (first..=list_end(scene, first)).collect();
    let all = parts.len() >= 2 && parts.iter().all(|&i| part_of(scene, whole, i));
    let (total, sum) = (amount(f).filter(|_| all)?, Sum::of(scene, whole, &parts)?);
    let exceeds = sum.value > total && !sum.makes(total) && sum.near(total);
    exceeds.then(|| verdict(scene, false, whole, &parts, sum.value))
}

fn made_of(scene: &Scene<'_>, first: usize) -> Option<Pair> {
    let whole = first - 1;
    let between = scene.gap(&scene.group[whole], &scene.group[first]);
    closing(&between, &MADE_OF).filter(|noun| adjoins(scene, &scene.group[whole], noun))?;
    let parts: Vec<usize> = (first..=list_end(scene, first)).collect();
    let more = one_more(scene, &tail(scene, *parts.last()?), &parts);
    all(scene, whole, &parts, more)
}

/// "Eight women and five men make up the 12-member jury."
fn make_up(scene: &Scene<'_>, whole: usize) -> Option<Pair> {
    let parts = list_before(scene, whole).filter(|parts| parts.last() == Some(&(whole - 1)))?;
    let between = scene.gap(&scene.group[whole - 1], &scene.group[whole]);
    closing(&between, &MAKE_UP).filter(|rest| rest.is_empty())?;
    all(scene, whole, &parts, false)
}

fn all(scene: &Scene<'_>, whole: usize, parts: &[usize], more: bool) -> Option<Pair> {
    let last = *parts.last()?;
    let complete = more || whole > last || ends_list(scene, last);
    if parts.len() + usize::from(more) < 2 || !complete || !parts.iter().all(|&i| part_of(scene, whole, i)) {
        return None;
    }
    let (total, mut sum) = (amount(&scene.group[whole])?, Sum::of(scene, whole, parts)?);
    sum.value = sum.value.checked_add(Decimal::from(u8::from(more)))?;
    sum.near(total).then(|| verdict(scene, sum.makes(total), whole, parts, sum.value))
}

/// Whether what stands between a whole and the words that part it is only its noun: "jury, which is", "package".
fn adjoins(scene: &Scene<'_>, whole: &Figure, between: &str) -> bool {
    let mut words: Vec<&str> = between.split(' ').filter(|w| !w.is_empty()).collect();
    let all = words.len();
    while words.last().is_some_and(|w| COPULAS.contains(w)) {
        words.pop();
    }
    let most = match () {
        () if whole.counted.is_some() && !is_body(scene, whole) => 0,
        () if words.len() < all => 3,
        () => 2,
    };
    words.len() <= most && !words.iter().any(|w| w.contains([',', '.', ';', ':', ')']))
}

/// "12-member", "15-strong", "nine-judge"
fn is_body(scene: &Scene<'_>, f: &Figure) -> bool {
    let compound = scene.between(f.number.end, f.sentence.end).starts_with(['-', '‑']);
    let noun =
        || words::braced(code(f)).is_some_and(|n| MEMBERS.contains(n) || compound && words::is_person(n));
    f.kind == Kind::Count && (code(f).is_empty() || noun())
}

/// Whether one can be a part of the other: persons of a body, things of things, sums of a sum.
fn part_of(scene: &Scene<'_>, whole: usize, i: usize) -> bool {
    let (f, part) = (&scene.group[whole], &scene.group[i]);
    let person =
        |f: &Figure| head(f).is_some_and(|h| words::is_person(&h) || h.starts_with(char::is_uppercase));
    let persons = is_body(scene, f) || person(f);
    match (f.kind, part.kind) {
        (Kind::Count, Kind::Count) if persons => part.counted.is_none() || person(part) || is_body(scene, f),
        (Kind::Count, Kind::Count) => !person(part),
        (Kind::Count, _) | (_, Kind::Count) => false,
        _ => f.kind == part.kind && same_unit(f, part),
    }
}

/// What stands from a figure to the end of its phrase.
pub(super) fn tail(scene: &Scene<'_>, i: usize) -> String {
    let f = &scene.group[i];
    let after = scene.glue(f.number.end, f.sentence.end);
    let to = after.find([',', '.', ';', '(', ')', '–', '—']).unwrap_or(after.len());
    after[..to].trim_end().to_owned()
}

/// Whether a list ends with a figure: no "and" goes on behind it.
pub(super) fn ends_list(scene: &Scene<'_>, last: usize) -> bool {
    let more = |w: &str| matches!(w, "and" | "plus" | "or" | "as" | "a" | "an");
    let f = &scene.group[last];
    let rest = scene.glue(end(f), f.sentence.end);
    let behind = rest.trim_start_matches([',', ' ', ';']).split(' ').next().unwrap_or("");
    let next =
        rest.split_once([',', ';']).map_or("", |(_, r)| r.trim_start()).split(' ').next().unwrap_or("");
    let and = |w: &str| matches!(w, "and" | "plus" | "or");
    !more(behind) && !more(next) && !tail(scene, last).split(' ').any(and)
}
