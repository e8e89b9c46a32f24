//! Votes and seats: a tally against the size of the house, and against the margin that is stated.

use rust_decimal::Decimal;

use super::super::codes::code;
use super::super::words;
use super::super::{Pair, Reason};
use super::sum::{answer, count, winner};
use super::{Scene, all_differ, finding, number, opening, stated};
use crate::Span;
use crate::figure::{Figure, Kind};
use crate::lexicon::sums::{CHAMBERS, COMPARES, MEMBERS, PARTIES, VOTING};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    let votes: Vec<usize> = (0..scene.group.len()).filter(|&i| is_vote(scene, &scene.group[i])).collect();
    if let Some(body) = house(scene) {
        out.extend(seats(scene, body).or_else(|| answers(scene, body)));
        let silent =
            |&i: &usize| i != body && count(&scene.group[i]).is_some() && answer(scene, i) == Some("none");
        let silent: Vec<usize> = (0..scene.group.len()).filter(silent).collect();
        out.extend(votes.iter().filter_map(|&vote| tally(scene, body, vote, &silent)));
    }
    out.extend(held(scene));
    let of = |i: &usize| {
        let f = &scene.group[*i];
        let said = |before: &str| {
            ["margin of", "majority of"].iter().any(|m| before.ends_with(m))
                || before.ends_with(" by") && code(f) == "{vote}"
        };
        f.kind == Kind::Count && said(&scene.before(f))
    };
    if let Some(said) = (0..scene.group.len()).filter(|_| !votes.is_empty()).find(of) {
        out.extend(votes.iter().filter(|&&vote| vote != said).filter_map(|&vote| margin(scene, vote, said)));
    }
}

fn is_vote(scene: &Scene<'_>, figure: &Figure) -> bool {
    let voted = || {
        let before = scene.before(figure);
        ["split", "voted", "ruled", "divided"].iter().any(|w| before.ends_with(w))
    };
    figure.kind == Kind::Score && (code(figure) == "{vote}" || voted())
}

/// The size of a house: "the 100-member Senate", "the 80-seat assembly", "all 47 members".
fn house(scene: &Scene<'_>) -> Option<usize> {
    let compound = |f: &Figure| scene.between(f.number.end, f.sentence.end).starts_with(['-', '‑']);
    let every = |f: &Figure| {
        let before = scene.before(f);
        before == "all" || before.ends_with(" all") || opening(&scene.after(f), &VOTING).is_some()
    };
    // "The council's 48 members voted 26 in favour"
    let vote = |i: usize| {
        let next = scene.group.get(i + 1);
        next.is_some_and(|next| matches!(&*scene.gap(&scene.group[i], next), "voted" | "split"))
    };
    let mut all = (0..scene.group.len()).filter(|&i| {
        let f = &scene.group[i];
        member(f) && (compound(f) || every(f) || vote(i))
    });
    all.next().filter(|_| all.next().is_none())
}

fn member(f: &Figure) -> bool {
    words::braced(code(f)).is_some_and(|noun| MEMBERS.contains(noun))
}

/// What is wrong, or right, with parts of a house that may not be more than all of it.
fn within(scene: &Scene<'_>, body: usize, parts: &[usize], sum: Decimal, what: &str) -> Option<Pair> {
    let total = count(&scene.group[body])?;
    let (list, words) = (scene.listed(parts), scene.words(body));
    let note = match sum <= total {
        true => format!("{list} fits {words}."),
        false => format!("{list} make {}, more than {words}: check the {what}.", number(sum, 2)),
    };
    let sides = [body].iter().chain(parts).map(|&i| scene.place(i)).collect();
    let near = sum >= total && sum <= total.saturating_mul(Decimal::TWO);
    near.then(|| finding(sum <= total, REASON, sides, note))
}

/// "The 100-member Senate passed the bill 58-46.", "by 61 votes to 38 with one abstention"
fn tally(scene: &Scene<'_>, body: usize, vote: usize, silent: &[usize]) -> Option<Pair> {
    let cast = scene.group[vote].quantity.parts.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    let rest = silent.iter().filter_map(|&i| count(&scene.group[i]));
    let parts: Vec<usize> = std::iter::once(vote).chain(silent.iter().copied()).collect();
    within(scene, body, &parts, rest.fold(cast, Decimal::saturating_add), "tally")
}

/// "Twenty-six councillors voted in favour, 14 voted against and five abstained in the 45-member chamber."
fn answers(scene: &Scene<'_>, body: usize) -> Option<Pair> {
    let counts = (0..scene.group.len()).filter(|&i| i != body && count(&scene.group[i]).is_some());
    let parts: Vec<usize> = counts.filter(|&i| answer(scene, i).is_some()).collect();
    let given: Vec<Option<&str>> = parts.iter().map(|&i| answer(scene, i)).collect();
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| count(&scene.group[i])).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    let votes = given.contains(&Some("yes")) && given.contains(&Some("no")) && all_differ(&given);
    within(scene, body, &parts, sum, "votes").filter(|_| votes)
}

/// "In the 80-seat house the Greens have 47 members and the opposition 39."
fn seats(scene: &Scene<'_>, body: usize) -> Option<Pair> {
    let parts: Vec<usize> =
        (0..scene.group.len()).filter(|&i| i != body && member(&scene.group[i])).collect();
    let holders: Vec<Option<&str>> = parts.iter().map(|&i| holder(scene, i)).collect();
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| count(&scene.group[i])).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    let parties = parts.len() >= 2 && all_differ(&holders);
    within(scene, body, &parts, sum, "seats").filter(|_| parties)
}

/// "The party holds 61 of the 120 seats, its ally 14 and the opposition 50."
fn held(scene: &Scene<'_>) -> Option<Pair> {
    let ratio = |i: &usize| scene.group[*i].kind == Kind::Ratio && member(&scene.group[*i]);
    let mut ratios = (0..scene.group.len()).filter(ratio);
    let body = ratios.next().filter(|_| ratios.next().is_none())?;
    let [own, total] = scene.group[body].quantity.parts[..] else { return None };
    let parts: Vec<usize> = (body + 1..scene.group.len()).filter(|&i| member(&scene.group[i])).collect();
    let holders: Vec<Option<&str>> = parts.iter().map(|&i| holder(scene, i)).collect();
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| count(&scene.group[i])).collect();
    let sum = values?.into_iter().fold(own, Decimal::saturating_add);
    let near = sum >= total && sum <= total.saturating_mul(Decimal::TWO);
    let (list, words) = (scene.listed(&parts), scene.words(body));
    let note = match sum <= total {
        true => format!("{words} and {list} are all of them."),
        false => format!("{words} and {list} make {}, more than there are: check the seats.", number(sum, 2)),
    };
    let sides = [body].iter().chain(&parts).map(|&i| scene.place(i)).collect();
    let sentence = scene.glue(scene.group[body].sentence.start, scene.group[body].sentence.end);
    let other = |w: &str| CHAMBERS.contains(w.trim_end_matches('.'));
    let one_house = !sentence.split(' ').any(other);
    let parties = !parts.is_empty() && all_differ(&holders) && stated(&scene.group[body]) && one_house;
    (near && parties).then(|| finding(sum <= total, REASON, sides, note))
}

/// Whose seats a figure gives, where it is not compared with others.
fn holder<'t>(scene: &Scene<'t>, i: usize) -> Option<&'t str> {
    let f = &scene.group[i];
    let from = i.checked_sub(1).map_or(f.sentence.start, |k| scene.group[k].number.end);
    let before = Span::new(from, f.number.start.max(from));
    let word = |(span, _): (Span, &str)| span.of(scene.text);
    let compares = |w: &str| COMPARES.contains(&words::lowered(w));
    // "above the 122 needed for a majority"
    let behind = words::runs(scene.text, Span::new(f.number.end, f.sentence.end)).map(word).next();
    let compared = words::runs(scene.text, before).map(word).chain(behind).any(compares);
    if f.change.is_some() || !stated(f) || compared {
        return None;
    }
    let party = |w: &&str| PARTIES.contains(&words::lowered(w));
    words::runs(scene.text, before).map(word).filter(party).last().or_else(|| winner(scene, i))
}

/// "213-220, a margin of nine votes."
fn margin(scene: &Scene<'_>, vote: usize, margin: usize) -> Option<Pair> {
    let score = &scene.group[vote];
    let [x, y] = score.quantity.parts[..] else { return None };
    let off = x.saturating_sub(y).abs();
    let said = count(&scene.group[margin])?;
    let (words, votes) = (scene.words(margin), score.number.of(scene.text));
    let note = match off == said {
        true => format!("{votes} is a margin of {words}."),
        false => format!("{votes} is a margin of {}, not {words}: check the tally.", number(off, 2)),
    };
    let sides = vec![scene.place(vote), scene.place(margin)];
    Some(finding(off == said, REASON, sides, note))
}
