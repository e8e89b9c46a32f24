//! Which figures share the subject of the one before them.

use crate::scene::Scene;

/// For every mention the one whose subject it shares: the first one of a list, or of two that say the same.
pub fn leads(scene: &Scene) -> Vec<usize> {
    let mut leads = Vec::with_capacity(scene.mentions.len());
    for i in 0..scene.mentions.len() {
        let follows = i > 0 && (scene.restates(i) || goes_on(scene, i));
        leads.push(if follows { leads[i - 1] } else { i });
    }
    leads
}

/// "a 35-hour week, down from 37", "doses of 5, 10 and 20 mg": of the same thing as the figure before.
fn goes_on(scene: &Scene, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|k| &scene.mentions[k]) else { return false };
    let s = scene.sentence;
    let (m, start) = (&scene.mentions[i], scene.start(i));
    if m.counted.is_some() || m.modifies.is_some() || before.end >= start || start - before.end > 5 {
        return false;
    }
    let between = before.end..start;
    let listed = before.modifies.is_none() && before.counted.is_none() && before.kind == m.kind;
    let list =
        listed && between.len() <= 2 && between.clone().all(|t| matches!(s.lower(t), "," | "and" | "or"));
    let moved = between.clone().any(|t| matches!(s.lower(t), "up" | "down"));
    list || moved
        && between.into_iter().all(|t| {
            matches!(s.lower(t), "," | "up" | "down" | "from" | "by" | "to" | "about" | "a" | "share")
        })
}
