//! Ties between the figures of one sentence.

use crate::figure::{Change, ChangeRole, Kind, Relation, RelationType};
use crate::scene::Scene;

/// For every mention that is tied to another one of the sentence: what ties it, and to which.
///
/// Both numbers are indices of mentions of the sentence, [`Relation::figure`] too. A tie stands once, at the mention
/// that depends on the other: BY and FROM on TO, the converted amount on the first, the part on the whole.
pub fn read(scene: &Scene, changes: &[Option<Change>]) -> Vec<(usize, Relation)> {
    let mut out = Vec::new();
    let mut tie = |i, relation, figure| out.push((i, Relation { relation, figure }));
    for i in 0..scene.mentions.len() {
        if let Some(whole) = converted(scene, i) {
            tie(i, RelationType::Conversion, whole);
            continue;
        }
        if let Some(other) = partner(changes, i) {
            tie(i, RelationType::Change, other);
        }
        if let Some(whole) = part_of(scene, i) {
            tie(i, RelationType::PartOf, whole);
        }
    }
    out
}

/// The value that a BY or FROM leads to: the TO of the same cue, else the BY.
fn partner(changes: &[Option<Change>], i: usize) -> Option<usize> {
    let own = changes[i]?;
    let same = |role: ChangeRole| {
        (0..changes.len())
            .filter(|&k| k != i && changes[k].is_some_and(|c| c.role == role && c.direction == own.direction))
            .min_by_key(|&k| k.abs_diff(i))
            .filter(|&k| k.abs_diff(i) <= 3)
    };
    match own.role {
        ChangeRole::To => None,
        ChangeRole::By => same(ChangeRole::To),
        ChangeRole::From => same(ChangeRole::To).or_else(|| same(ChangeRole::By)),
    }
}

/// "10 miles (16 km)".
fn converted(scene: &Scene, i: usize) -> Option<usize> {
    let s = scene.sentence;
    let (m, before) = (&scene.mentions[i], scene.mentions.get(i.checked_sub(1)?)?);
    let start = scene.start(i);
    let convertible = matches!(m.kind, Kind::Money | Kind::Measurement | Kind::Rate | Kind::Duration);
    let enclosed = s.word(start.checked_sub(1)?) == "(" && (m.end..m.end + 3).any(|t| s.word(t) == ")");
    (convertible && enclosed && before.kind == m.kind && start - before.end <= 4 && before.unit != m.unit)
        .then_some(i - 1)
}

/// "Of the 212 on board, 19 died": 19 is part of 212.
fn part_of(scene: &Scene, i: usize) -> Option<usize> {
    let s = scene.sentence;
    let whole = i.checked_sub(1)?;
    let before = &scene.mentions[whole];
    let m = &scene.mentions[i];
    let countable = |k: Kind| matches!(k, Kind::Count | Kind::Percentage | Kind::Ratio);
    if before.kind != Kind::Count || !countable(m.kind) {
        return None;
    }
    let start = scene.start(whole);
    let opens = (start.saturating_sub(3)..start)
        .any(|t| matches!(s.lower(t), "of" | "among") && (t == 0 || s.word(t - 1) == ","));
    let comma = (before.end..m.tokens.start).any(|t| s.word(t) == ",");
    // "38 were hurt, 19 of them badly"
    let of_them = s.lower(m.end) == "of" && matches!(s.lower(m.end + 1), "them" | "whom" | "those" | "which");
    (opens && comma || of_them).then_some(whole)
}
