//! What is left of a whole: "52 of them intact and the other 38 broken", "with the remaining $1.6 million going to".

use super::super::Pair;
use super::super::codes::same_unit;
use super::super::words;
use super::sum::{Sum, amount, head, joined, part_of, verdict};
use super::{Scene, closing, start};
use crate::figure::{Figure, Kind};
use crate::lexicon::sums::{LEFT, NESTED, SPLITS};

/// The parts of a whole, the last of which is said to be all that is left.
pub(super) fn read(scene: &Scene<'_>) -> Option<Pair> {
    let group = scene.group;
    let rest = (2..group.len()).find(|&i| is_rest(scene, i))?;
    let kin = |i: usize, k: usize| group[i].kind == group[k].kind && same_unit(&group[i], &group[k]);
    let counts = group[rest].kind == Kind::Count;
    let whole = (0..rest).find(|&i| if counts { group[i].kind == Kind::Count } else { kin(i, rest) })?;
    let mut parts: Vec<usize> = (whole + 1..rest).filter(|&i| kin(i, whole)).collect();
    let first = *parts.first()?;
    // "the remaining 25 barns", but "the other 38 broken"
    let strange = |i: usize| {
        let noun = group[i].counted.as_ref().is_some_and(|p| p.span.of(scene.text).ends_with('s'));
        head(&group[i]) != head(&group[whole]) && (noun || is_person(&group[i]))
    };
    let strangers = counts && (whole + 1..=rest).any(|i| group[i].kind == Kind::Count && strange(i));
    let told = tied(scene, whole, first) || several(scene, whole, &parts) || split(scene, whole, first);
    if strangers || nested(scene, whole, rest) || !told {
        return None;
    }
    parts.push(rest);
    let (total, sum) = (amount(&group[whole])?, Sum::of(scene, whole, &parts)?);
    sum.near(total).then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
}

/// Whether a figure is given as what is left: "the remaining 30", "the rest, $2 million,".
pub(super) fn is_rest(scene: &Scene<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let from = scene.group[before].number.end.max(scene.group[i].sentence.start);
    // "two of the remaining 12" are not all of them
    let before = scene.glue(from, start(&scene.group[i]));
    closing(&before, &LEFT).is_some_and(|rest| rest != "of" && !rest.ends_with(" of"))
}

/// Whether the words say that the first part is one of the whole: "Of the $5 million, $2 million", "52 of them".
fn tied(scene: &Scene<'_>, whole: usize, first: usize) -> bool {
    let f = &scene.group[whole];
    let after = scene.after(&scene.group[first]);
    let of_them = || ["of them", "of those", "of these", "of the"].iter().any(|w| after.starts_with(w));
    let opens = || {
        let before = scene.glue(f.sentence.start, start(f));
        before.starts_with("of ") || before.starts_with("out of ")
    };
    part_of(scene, first).is_some() || opens() || of_them()
}

/// Whether there are several parts, each smaller than the whole, which stands in no list with them.
fn several(scene: &Scene<'_>, whole: usize, parts: &[usize]) -> bool {
    let total = amount(&scene.group[whole]);
    parts.len() >= 2 && parts.iter().all(|&i| amount(&scene.group[i]) < total) && !joined(scene, whole)
}

/// "The $90 million grant is split between two ports, with $60 million for Alden": whether the words part the whole.
fn split(scene: &Scene<'_>, whole: usize, first: usize) -> bool {
    let gap = scene.gap(&scene.group[whole], &scene.group[first]);
    gap.len() <= 80 && gap.split(' ').any(|w| SPLITS.contains(w))
}

/// Whether a part between two figures is one of another part, or what it is compared with.
fn nested(scene: &Scene<'_>, first: usize, last: usize) -> bool {
    scene.gap(&scene.group[first], &scene.group[last]).split(' ').any(|w| NESTED.contains(w))
}

pub(super) fn is_person(f: &Figure) -> bool {
    head(f).is_some_and(|h| words::is_person(&h))
}
