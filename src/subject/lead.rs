//! Which figures share the subject of the one before them.

use crate::chunk::is_genitive;
use crate::mention::Mention;
use crate::scene::Scene;
use crate::tag::Tag;

/// For every mention the one whose subject it shares: the first one of a list, or of two that say the same.
pub fn leads(scene: &Scene) -> Vec<usize> {
    let mut leads: Vec<usize> = Vec::with_capacity(scene.mentions.len());
    for i in 0..scene.mentions.len() {
        let chained = i > 0 && leads[i - 1] < i - 1;
        let follows = i > 0
            && (scene.restates(i)
                || goes_on(scene, i)
                || corrects(scene, i)
                || chained && moves_on(scene, i));
        leads.push(if follows { leads[i - 1] } else { i });
    }
    leads
}

/// One past mention `m` with its noun: "25,000 jobs".
fn end(m: &Mention) -> usize {
    m.counted.as_ref().map_or(m.end, |np| m.end.max(np.head + 1))
}

/// One past mention `m` with the noun that it modifies: "a 35-hour week".
fn noun_end(m: &Mention) -> usize {
    m.modifies.as_ref().map_or(m.end, |np| m.end.max(np.head + 1))
}

/// A figure without a noun or an owner of its own, and the tokens between it and the figure before.
fn behind<'a>(scene: &'a Scene, i: usize) -> Option<(&'a Mention, std::ops::Range<usize>)> {
    let before = &scene.mentions[i.checked_sub(1)?];
    let (m, start) = (&scene.mentions[i], scene.start(i));
    let owned = start > 0 && scene.sentence.tag(start - 1) == Tag::Part;
    let owned = owned && is_genitive(scene.sentence.lower(start - 1));
    let bare = m.counted.is_none() && m.modifies.is_none() && !owned;
    (bare && before.end < start).then_some((before, before.end..start))
}

/// "a 35-hour week, down from 37", "doses of 5, 10 and 20 mg": of the same thing as the figure before.
fn goes_on(scene: &Scene, i: usize) -> bool {
    let s = scene.sentence;
    let Some((before, between)) = behind(scene, i) else { return false };
    if between.len() > 12 {
        return false;
    }
    let listed =
        before.modifies.is_none() && before.counted.is_none() && before.kind == scene.mentions[i].kind;
    let list =
        listed && between.len() <= 2 && between.clone().all(|t| matches!(s.lower(t), "," | "and" | "or"));
    let moved = between.clone().rposition(|t| matches!(s.lower(t), "up" | "down"));
    list || moved.is_some_and(|at| {
        let at = between.start + at;
        let link = |t: usize| matches!(s.lower(t), "from" | "by" | "to" | "about" | "a" | "share");
        (at + 1..between.end).all(link) && adjoins(scene, noun_end(before).min(at), at)
    })
}

/// Whether nothing but "of", "in" and times stands between a figure that ends before token `from` and the "up" or
/// "down" at `at`: "$5 million in fines in May, up".
fn adjoins(scene: &Scene, from: usize, at: usize) -> bool {
    let s = scene.sentence;
    let comma = at > from && s.word(at - 1) == ",";
    let inner = from..at - usize::from(comma);
    let joins = |t: usize| {
        scene.in_time(t)
            || s.tag(t).is_noun()
            || s.tag(t).is_adj()
            || matches!(s.tag(t), Tag::Adp | Tag::Det | Tag::Possessive)
    };
    let plain = |t: usize| matches!(s.lower(t), "," | "a" | "share");
    inner.clone().all(plain)
        || comma && inner.clone().all(joins) && matches!(s.lower(from), "of" | "in" | "for" | "last" | "this")
}

/// "up 40 percent in May from $88": from and to of the change that the figure before belongs to.
fn moves_on(scene: &Scene, i: usize) -> bool {
    let s = scene.sentence;
    behind(scene, i).is_some_and(|(before, _)| {
        let mut between = end(before)..scene.start(i);
        between.len() <= 6
            && between.end > between.start
            && matches!(s.lower(between.end - 1), "from" | "to" | "by")
            && between.all(|t| scene.in_time(t) || matches!(s.lower(t), "from" | "to" | "by" | "in" | "for"))
    })
}

/// "45 homes were lost, not 54", "12, rather than 15": a figure denied beside the right one.
fn corrects(scene: &Scene, i: usize) -> bool {
    let s = scene.sentence;
    let start = scene.start(i);
    let denied = start > 1
        && (s.lower(start - 1) == "not" && s.word(start - 2) == ","
            || s.starts_with(start - 2, "rather than")
            || s.starts_with(start - 2, "instead of"));
    denied && behind(scene, i).is_some_and(|(before, _)| before.kind == scene.mentions[i].kind)
}
