//! Parts and the total that the sentence states: lists, shares of a whole, votes.

use rust_decimal::Decimal;

use super::super::words;
use super::super::{Pair, Reason};
use super::{Scene, is_percent, number, stated};
use crate::figure::{Comparator, Figure, Kind, RelationType};
use crate::lexicon::crosscheck::{ANYONE, COMPLEMENTS, EXCLUSIVE, PERSONS, SHARES};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    if scene.group.len() < 2 {
        return;
    }
    out.extend(of_the(scene));
    out.extend(listed(scene));
    out.extend(shares(scene));
    for i in 0..scene.group.len() {
        out.extend(tally(scene, i));
        out.extend(margin(scene, i));
    }
}

/// The exact value of a count.
fn count(figure: &Figure) -> Option<Decimal> {
    let exact =
        figure.quantity.comparator == Comparator::Exact && figure.kind == Kind::Count && stated(figure);
    figure.quantity.value.filter(|_| exact)
}

/// "Of the 40 passengers, 12 died and 28 survived."
fn of_the(scene: &Scene<'_>) -> Option<Pair> {
    let is_part = |f: &Figure| {
        f.relations
            .iter()
            .find(|r| r.relation == RelationType::PartOf)
            .and_then(|r| r.figure.checked_sub(scene.first))
    };
    let (first, whole) = scene.group.iter().enumerate().find_map(|(i, f)| Some((i, is_part(f)?)))?;
    let total = count(scene.group.get(whole)?)?;
    let same = |f: &Figure| f.counted.is_none() && f.quantity.unit == scene.group[first].quantity.unit;
    let parts: Vec<usize> = (first..scene.group.len())
        .filter(|&i| {
            i == first || same(&scene.group[i]) && is_part(&scene.group[i]).is_none_or(|w| w == whole)
        })
        .filter(|&i| count(&scene.group[i]).is_some())
        .collect();
    let fates: Vec<Option<&str>> = parts.iter().map(|&i| fate(scene, i)).collect();
    let apart =
        |list: &[Option<&str>]| list.iter().enumerate().all(|(i, f)| f.is_some() && !list[..i].contains(f));
    // "the Greens won 22 and Labour 41"
    let winners: Vec<Option<&str>> = parts.iter().map(|&i| winner(scene, i)).collect();
    let distinct = apart(&fates) || apart(&winners);
    let complete = matches!(fates[..], [Some(x), Some(y)] if complements(x, y));
    let parts = if distinct { parts } else { parts[..1].to_vec() };
    let sum =
        parts.iter().filter_map(|&i| count(&scene.group[i])).fold(Decimal::ZERO, Decimal::saturating_add);
    let fits = sum == total || sum < total && !(complete && distinct);
    (sum >= total || complete && distinct).then(|| verdict(scene, fits, whole, &parts, sum))
}

/// What happened to a part: the next word behind it that says so.
fn fate(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let from = scene.group[i].number.end;
    let to = scene.group.get(i + 1).map_or(scene.group[i].sentence.end, |f| f.number.start);
    let mut found = words::runs(scene.text, crate::Span::new(from, to.max(from)));
    found.find_map(|(span, _)| words::meaning(span.of(scene.text)).1.filter(|c| EXCLUSIVE.contains_key(c)))
}

/// The last name before a part, behind the figure before it.
fn winner<'t>(scene: &Scene<'t>, i: usize) -> Option<&'t str> {
    let from = i.checked_sub(1).map_or(scene.group[i].sentence.start, |k| scene.group[k].span.end);
    let names = words::runs(scene.text, crate::Span::new(from, scene.group[i].number.start.max(from)));
    names.map(|(span, _)| span.of(scene.text)).filter(|w| w.starts_with(char::is_uppercase)).last()
}

fn complements(x: &str, y: &str) -> bool {
    COMPLEMENTS.get(x) == Some(&y) || COMPLEMENTS.get(y) == Some(&x)
}

fn verdict(scene: &Scene<'_>, fits: bool, whole: usize, parts: &[usize], sum: Decimal) -> Pair {
    let list: Vec<&str> = parts.iter().map(|&i| scene.group[i].number.of(scene.text)).collect();
    let (list, total) = (list.join(" + "), scene.words(whole));
    let note = match fits {
        true => format!("{list} make {total}."),
        false => format!("{list} make {}, not {total}: check the parts and the total.", number(sum, 2)),
    };
    let sides = [whole].iter().chain(parts).map(|&i| scene.place(i)).collect();
    scene.sum(fits, REASON, sides, note)
}

/// "21 people: 12 men, five women and three children", "12 men and five women, a total of 17 people".
fn listed(scene: &Scene<'_>) -> Option<Pair> {
    let group = scene.group;
    let opens = |i: usize| {
        let next = group.get(i + 1)?;
        let between = scene.between(group[i].span.end.max(group[i].number.end), next.span.start);
        (between.ends_with([':', '—', '–']) && between.len() <= 40).then_some((i, i + 1))
    };
    let (whole, first, last) = match (0..group.len()).find_map(opens) {
        Some((whole, first)) => (whole, first, list_end(scene, first)),
        None => {
            let whole = group.len() - 1;
            let before = scene.between(group[0].sentence.start, group[whole].span.start);
            if !before.ends_with("a total of") {
                return None;
            }
            let first = (0..whole).find(|&i| list_end(scene, i) == whole - 1)?;
            (whole, first, whole - 1)
        }
    };
    let total = count(&group[whole])?;
    let parts: Vec<usize> = (first..=last).collect();
    let alike = parts.iter().all(|&i| same_things(&group[whole], &group[i]));
    if parts.len() < 2 || !alike {
        return None;
    }
    let values: Option<Vec<Decimal>> = parts.iter().map(|&i| count(&group[i])).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    Some(verdict(scene, sum == total, whole, &parts, sum))
}

/// The last figure of a list: between its figures stand a noun or two and a comma or "and".
fn list_end(scene: &Scene<'_>, first: usize) -> usize {
    let joined = |i: &usize| {
        let (a, b) = (&scene.group[*i], &scene.group[i + 1]);
        let between = scene.between(a.number.end, b.number.start);
        let link = between.ends_with(',') || between.ends_with("and");
        link && between.len() <= 40 && !between.contains(['.', ':', ';', '(', ')'])
    };
    (first..scene.group.len() - 1).take_while(joined).last().map_or(first, |i| i + 1)
}

/// Whether one is a kind of the other: persons, or the same noun.
fn same_things(whole: &Figure, part: &Figure) -> bool {
    let head = |f: &Figure| f.counted.as_ref().map(|p| p.head.to_lowercase());
    match (head(whole), head(part)) {
        (Some(x), Some(y)) => x == y || ANYONE.contains_key(&x) && PERSONS.contains_key(&y),
        _ => false,
    }
}

/// "48 percent said yes, 41 percent no and 19 percent were undecided": shares that leave nothing over.
fn shares(scene: &Scene<'_>) -> Option<Pair> {
    let all: Vec<usize> = (0..scene.group.len()).filter(|&i| is_percent(&scene.group[i])).collect();
    let level = all.iter().all(|&i| scene.group[i].change.is_none() && stated(&scene.group[i]));
    if all.len() < 3 || !level || !exhaustive(scene) {
        return None;
    }
    let wholes = all
        .iter()
        .filter(|&&i| scene.between(scene.group[i].span.end, scene.group[i].sentence.end).starts_with("of "));
    let answers: Vec<_> = all.iter().map(|&i| fate(scene, i)).collect();
    let distinct = answers.iter().enumerate().all(|(i, a)| a.is_none() || !answers[..i].contains(a));
    if wholes.count() > 1 || !distinct {
        return None;
    }
    let values: Option<Vec<Decimal>> = all.iter().map(|&i| scene.group[i].quantity.value).collect();
    let sum = values?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
    let slack = Decimal::from(all.len()) / Decimal::TWO;
    let off = sum.saturating_sub(Decimal::ONE_HUNDRED);
    let list: Vec<&str> = all.iter().map(|&i| scene.group[i].number.of(scene.text)).collect();
    let (list, made) = (list.join(" + "), number(sum, 2));
    let note = match off <= slack {
        true => format!("{list} make {made} percent."),
        false => format!("{list} make {made} percent, more than the whole: check the shares."),
    };
    let sides = all.iter().map(|&i| scene.place(i)).collect();
    (off >= -slack).then(|| scene.sum(off <= slack, REASON, sides, note))
}

/// Whether the sentence says that its shares leave nothing over.
fn exhaustive(scene: &Scene<'_>) -> bool {
    let span = scene.group[0].sentence;
    words::runs(scene.text, span).any(|(word, _)| SHARES.contains_key(&word.of(scene.text).to_lowercase()))
}

fn is_vote(figure: &Figure) -> bool {
    figure.kind == Kind::Score && figure.quantity.unit.as_ref().is_some_and(|u| u.code == "{vote}")
}

/// "The 100-member Senate passed the bill 58-46."
fn tally(scene: &Scene<'_>, vote: usize) -> Option<Pair> {
    let score = Some(&scene.group[vote]).filter(|f| is_vote(f))?;
    let seats = |f: &Figure| {
        let member =
            f.quantity.unit.as_ref().is_some_and(|u| matches!(&*u.code, "{member}" | "{seat}" | "{person}"));
        member && scene.between(f.number.end, f.sentence.end).starts_with('-')
    };
    let body = scene.group.iter().position(|f| seats(f) && f.span.end < score.span.start)?;
    let total = count(&scene.group[body])?;
    let sum = score.quantity.parts.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    let (words, votes) = (scene.words(body), score.number.of(scene.text));
    let note = match sum <= total {
        true => format!("{votes} fits {words}."),
        false => format!("{votes} makes {} votes, more than {words}: check the tally.", number(sum, 2)),
    };
    let sides = vec![scene.place(body), scene.place(vote)];
    (sum >= total).then(|| scene.sum(sum <= total, REASON, sides, note))
}

/// "213-220, a margin of nine votes."
fn margin(scene: &Scene<'_>, vote: usize) -> Option<Pair> {
    let score = Some(&scene.group[vote]).filter(|f| is_vote(f))?;
    let [x, y] = score.quantity.parts[..] else { return None };
    let off = x.saturating_sub(y).abs();
    let of = |f: &Figure| {
        let before = scene.between(f.sentence.start, f.span.start).to_lowercase();
        ["margin of", "majority of"].iter().any(|m| before.ends_with(m))
    };
    let stated = (0..scene.group.len()).find(|&i| i != vote && of(&scene.group[i]))?;
    let said = count(&scene.group[stated])?;
    let (words, votes) = (scene.words(stated), score.number.of(scene.text));
    let note = match off == said {
        true => format!("{votes} is a margin of {words}."),
        false => format!("{votes} is a margin of {}, not {words}: check the tally.", number(off, 2)),
    };
    let sides = vec![scene.place(vote), scene.place(stated)];
    Some(scene.sum(off == said, REASON, sides, note))
}
