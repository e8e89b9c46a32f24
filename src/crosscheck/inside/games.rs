//! Wins, draws and defeats against the games played.

use rust_decimal::Decimal;

use super::super::words;
use super::super::{Pair, Reason};
use super::sum::{count, head};
use super::{Scene, all_differ, finding, number, stated};
use crate::figure::{Figure, Kind, RelationType};
use crate::lexicon::sums::{GAMES, OUTCOMES, PLAYED, UNPLAYED};

/// "played 24 matches, winning 13, drawing six and losing eight", "the 38-game season, with 16 wins, nine draws and 15 defeats"
pub(super) fn read(scene: &Scene<'_>) -> Option<Pair> {
    let all: Vec<usize> = (0..scene.group.len()).filter(|&i| is_games(&scene.group[i])).collect();
    let [whole] = all[..] else { return None };
    let parts: Vec<usize> = (0..scene.group.len()).filter(|&i| outcome(scene, i).is_some()).collect();
    let outcomes: Vec<Option<&str>> = parts.iter().map(|&i| outcome(scene, i)).collect();
    if parts.len() < 2 || !all_differ(&outcomes) || !stated(&scene.group[whole]) || elsewhere(scene, whole) {
        return None;
    }
    let total = match (&scene.group[whole].quantity.parts[..], parts.contains(&whole)) {
        // "lost three of their 30 games", "have played 24 of their 38 games"
        ([_, all], true) => *all,
        ([played, _], false) => *played,
        _ => count(&scene.group[whole])?,
    };
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| ended(&scene.group[i])).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    // A season may not be over, and what is played may not be drawn.
    let complete = parts.len() == 3 && (parts.contains(&whole) || played(scene, whole));
    let near = sum.saturating_mul(Decimal::TWO) >= total && sum <= total.saturating_mul(Decimal::TWO);
    let (list, words) = (scene.listed(&parts), scene.words(whole));
    let note = match sum == total {
        true => format!("{list} make {words}."),
        false => format!("{list} make {}, not {words}: check the results.", number(sum, 2)),
    };
    let sides =
        [whole].iter().chain(parts.iter().filter(|&&i| i != whole)).map(|&i| scene.place(i)).collect();
    (near && (sum >= total || complete)).then(|| finding(sum == total, Reason::TotalArithmetic, sides, note))
}

fn is_games(f: &Figure) -> bool {
    head(f).is_some_and(|h| GAMES.contains(&h))
}

/// How many games a figure says ended in one way, "three of their 30 games" too.
fn ended(f: &Figure) -> Option<Decimal> {
    match (f.kind, &f.quantity.parts[..]) {
        (Kind::Ratio, [part, _]) if is_games(f) => Some(*part),
        _ => count(f),
    }
}

/// How as many games ended as a figure says: "nine draws", "losing eight".
fn outcome(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let f = &scene.group[i];
    if !stated(f) || ended(f).is_none() || f.relations.iter().any(|r| r.relation == RelationType::PartOf) {
        return None;
    }
    let before = scene.before(f);
    let verb = before.rsplit(' ').find(|w| !matches!(*w, "only" | "just" | "all"))?;
    match head(f) {
        Some(noun) if f.kind == Kind::Count => OUTCOMES.get(&noun).copied(),
        _ => OUTCOMES.get(verb).copied(),
    }
}

/// Whether the games have all been played: "have played 24 matches", "in their 24 games".
fn played(scene: &Scene<'_>, whole: usize) -> bool {
    let f = &scene.group[whole];
    let compound = f.span.of(scene.text).contains(['-', '‑']);
    let before = scene.before(f);
    !compound && before.rsplit(' ').take(3).any(|w| PLAYED.contains(w))
}

/// Whether the games are others than those whose results are given: "with six games to go".
fn elsewhere(scene: &Scene<'_>, whole: usize) -> bool {
    let f = &scene.group[whole];
    let around = [scene.before(f), scene.after(f)];
    let near = around[0].rsplit(' ').take(3).chain(around[1].split(' ').take(3));
    near.map(|w| words::lowered(w.trim_end_matches('.'))).any(|w| UNPLAYED.contains(&w))
}
