//! Votes and seats: a tally against the size of the house, and against the margin that is stated.

use rust_decimal::Decimal;

use super::super::verdict::code;
use super::super::words;
use super::super::{Pair, Reason};
use super::parts::{count, winner};
use super::{Scene, all_differ, number, stated};
use crate::Span;
use crate::figure::{Figure, Kind};
use crate::lexicon::sums::{COMPARES, MEMBERS, PARTIES};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    out.extend(seats(scene));
    for i in 0..scene.group.len() {
        out.extend(tally(scene, i));
        out.extend(margin(scene, i));
    }
}

fn is_vote(scene: &Scene<'_>, figure: &Figure) -> bool {
    let voted = || {
        let before = scene.before(figure);
        ["split", "voted", "ruled", "divided"].iter().any(|w| before.ends_with(w))
    };
    figure.kind == Kind::Score && (code(figure) == "{vote}" || voted())
}

/// The size of a house: "the 100-member Senate", "the 80-seat assembly".
fn house(scene: &Scene<'_>) -> Option<(usize, Decimal)> {
    let is_house =
        |f: &Figure| member(f) && scene.between(f.number.end, f.sentence.end).starts_with(['-', '‑']);
    let body = scene.group.iter().position(is_house)?;
    Some((body, count(&scene.group[body])?))
}

fn member(f: &Figure) -> bool {
    words::braced(code(f)).is_some_and(|noun| MEMBERS.contains(noun))
}

/// "The 100-member Senate passed the bill 58-46."
fn tally(scene: &Scene<'_>, vote: usize) -> Option<Pair> {
    let score = Some(&scene.group[vote]).filter(|f| is_vote(scene, f))?;
    let (body, total) = house(scene).filter(|(body, _)| *body < vote)?;
    let sum = score.quantity.parts.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    let (words, votes) = (scene.words(body), score.number.of(scene.text));
    let note = match sum <= total {
        true => format!("{votes} fits {words}."),
        false => format!("{votes} makes {} votes, more than {words}: check the tally.", number(sum, 2)),
    };
    let sides = vec![scene.place(body), scene.place(vote)];
    (sum >= total).then(|| scene.sum(sum <= total, REASON, sides, note))
}

/// "In the 80-seat house the Greens have 47 members and the opposition 39."
fn seats(scene: &Scene<'_>) -> Option<Pair> {
    let (body, total) = house(scene)?;
    let parts: Vec<usize> = (body + 1..scene.group.len()).filter(|&i| member(&scene.group[i])).collect();
    let holders: Vec<Option<&str>> = parts.iter().map(|&i| holder(scene, i)).collect();
    if parts.len() < 2 || !all_differ(&holders) {
        return None;
    }
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| count(&scene.group[i])).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    let (list, words) = (scene.listed(&parts), scene.words(body));
    let note = match sum <= total {
        true => format!("{list} fits {words}."),
        false => format!("{list} make {}, more than {words}: check the seats.", number(sum, 2)),
    };
    let sides = [body].iter().chain(&parts).map(|&i| scene.place(i)).collect();
    (sum >= total).then(|| scene.sum(sum <= total, REASON, sides, note))
}

/// Whose seats a figure gives, where it is not compared with others.
fn holder<'t>(scene: &Scene<'t>, i: usize) -> Option<&'t str> {
    let f = &scene.group[i];
    let from = i.checked_sub(1).map_or(f.sentence.start, |k| scene.group[k].number.end);
    let before = Span::new(from, f.number.start.max(from));
    let word = |(span, _): (Span, &str)| span.of(scene.text);
    let compares = |w: &str| COMPARES.contains(&words::lowered(w));
    if f.change.is_some() || !stated(f) || words::runs(scene.text, before).map(word).any(compares) {
        return None;
    }
    let party = |w: &&str| PARTIES.contains(&words::lowered(w));
    words::runs(scene.text, before).map(word).filter(party).last().or_else(|| winner(scene, i))
}

/// "213-220, a margin of nine votes."
fn margin(scene: &Scene<'_>, vote: usize) -> Option<Pair> {
    let score = Some(&scene.group[vote]).filter(|f| is_vote(scene, f))?;
    let [x, y] = score.quantity.parts[..] else { return None };
    let off = x.saturating_sub(y).abs();
    let of = |f: &Figure| {
        let before = scene.before(f);
        ["margin of", "majority of"].iter().any(|m| before.ends_with(m))
    };
    let margin = (0..scene.group.len()).find(|&i| i != vote && of(&scene.group[i]))?;
    let said = count(&scene.group[margin])?;
    let (words, votes) = (scene.words(margin), score.number.of(scene.text));
    let note = match off == said {
        true => format!("{votes} is a margin of {words}."),
        false => format!("{votes} is a margin of {}, not {words}: check the tally.", number(off, 2)),
    };
    let sides = vec![scene.place(vote), scene.place(margin)];
    Some(scene.sum(off == said, REASON, sides, note))
}
