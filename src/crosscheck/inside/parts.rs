//! Parts of a number of persons or things, and the whole that the sentence states.

use rust_decimal::Decimal;

use super::super::codes::{code, same_unit};
use super::super::words;
use super::super::{Pair, Reason};
use super::made::{ends_list, tail};
use super::sum::{
    Sum, alike, amount, anyone, apart, count, exclusive, head, joined, list_before, list_end, medal, named,
    one_more, part_of, verdict,
};
use super::{Scene, closing, finding, opening, set_off, start};
use crate::figure::Kind;
use crate::lexicon::crosscheck::ANYONE;
use crate::lexicon::sums::{ALTOGETHER, AMONG, PLACES, TOTALS, WITHIN};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    if scene.group.len() < 2 {
        return;
    }
    out.extend(of_the(scene));
    out.extend(
        listed(scene)
            .or_else(|| added_up(scene))
            .or_else(|| (0..scene.group.len() - 1).find_map(|whole| broken_down(scene, whole)))
            .or_else(|| spent(scene)),
    );
    for i in 0..scene.group.len() - 1 {
        out.extend(exceeding(scene, i).or_else(|| among(scene, i)));
    }
}

/// "Of the 40 passengers, 12 died and 28 survived", "All nine judges ruled, six for and three against".
fn of_the(scene: &Scene<'_>) -> Option<Pair> {
    let tied = (0..scene.group.len()).find_map(|i| Some((i, part_of(scene, i)?)));
    let all = |i: &usize| {
        let f = &scene.group[*i];
        let before = scene.between(f.sentence.start, start(f));
        before.ends_with(" all") || matches!(before, "All" | "all")
    };
    let (first, whole) =
        tied.or_else(|| (0..scene.group.len() - 1).find(all).map(|whole| (whole + 1, whole)))?;
    let total = count(scene.group.get(whole)?)?;
    let unit = code(&scene.group[first]);
    let is_part = |i: usize| {
        let f = &scene.group[i];
        let bare = f.counted.is_none() && (code(f) == unit || code(f).is_empty());
        count(f).is_some()
            && i != whole
            && (i == first && tied.is_some() || bare && part_of(scene, i).is_none_or(|w| w == whole))
    };
    let parts: Vec<usize> = (first..scene.group.len()).filter(|&i| is_part(i)).collect();
    let (distinct, complete) = apart(scene, &parts);
    let parts = if distinct { parts } else { parts.into_iter().take(1).filter(|_| tied.is_some()).collect() };
    let sum = Sum::of(scene, whole, &parts).filter(|_| !parts.is_empty())?;
    // "nine women and two men, and four of them": of all
    if whole.checked_sub(1).is_some_and(|i| joined(scene, i)) {
        return None;
    }
    let complete = complete && distinct;
    let fits = sum.value <= total && (sum.value == total || !complete);
    (sum.value >= total || complete).then(|| verdict(scene, fits, whole, &parts, sum.value))
}

/// "21 people: 12 men, five women and four children", "27 people, 16 men and eleven women, were hurt".
fn listed(scene: &Scene<'_>) -> Option<Pair> {
    (0..scene.group.len() - 1).find_map(|whole| {
        let (f, first) = (&scene.group[whole], whole + 1);
        let total = amount(f)?;
        amount(&scene.group[first])?;
        let between = scene.gap(f, &scene.group[first]);
        let opens = between.len() <= 40 && between.ends_with([':', '—', '–']);
        let last = list_end(scene, first);
        let parts: Vec<usize> = (first..=last).collect();
        let more = one_more(scene, &tail(scene, last), &parts);
        let medals = parts.iter().all(|&i| medal(&scene.group[i]));
        let closes = more || scene.closes(&scene.group[last]);
        let beside = matches!(&*between, "," | "(") && closes && (anyone(f) || medals);
        if !(opens || beside) || !alike(scene, whole, &parts) {
            return None;
        }
        let mut sum = Sum::of(scene, whole, &parts)?;
        sum.value = sum.value.checked_add(Decimal::from(u8::from(more)))?;
        sum.near(total).then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
    })
}

/// "20 goals this season, 12 at home, six away and four abroad", "5,000 staff, 3,000 in Europe and 2,000 in Asia": parts
/// that leave out the noun of their whole and are each told by where or how they are.
fn broken_down(scene: &Scene<'_>, whole: usize) -> Option<Pair> {
    let (f, first) = (&scene.group[whole], whole + 1);
    let between = scene.gap(f, &scene.group[first]);
    let beside = between == ","
        || between.starts_with("this ") && between.split(' ').count() == 3 && between.ends_with(',');
    let last = list_end(scene, first);
    let parts: Vec<usize> = (first..=last).collect();
    if !beside || f.counted.is_none() || f.kind != Kind::Count || parts.len() < 2 {
        return None;
    }
    let place = |i: usize| {
        let after = scene.after(&scene.group[i]);
        after
            .split(' ')
            .next()
            .map(|w| w.trim_end_matches('.'))
            .filter(|w| PLACES.contains(w))
            .map(str::to_owned)
    };
    let bare = |i: usize| {
        let part = &scene.group[i];
        let same = same_unit(f, part) || code(part).is_empty();
        part.counted.is_none() && same && part.change.is_none()
    };
    let told = parts.iter().all(|&i| bare(i) && place(i).is_some());
    let dated = scene.times().any(|(_, t)| t.span.start > scene.group[first].number.start);
    let parallel = parts.len() > 2 || place(first) == place(last);
    let (total, sum) = (count(f)?, Sum::of(scene, whole, &parts)?);
    let said = sum.value >= total || parts.len() > 2 && ends_list(scene, last);
    (told && !dated && parallel && said && sum.near(total))
        .then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
}

/// "12 men and five women, a total of 17 people", "£3m and £4m, or £7m in all".
fn added_up(scene: &Scene<'_>) -> Option<Pair> {
    let group = scene.group;
    (2..group.len()).find_map(|whole| {
        let total = amount(&group[whole])?;
        let parts = list_before(scene, whole).filter(|parts| parts.len() >= 2)?;
        // "eight lorries and two tankers, ten vehicles in all"
        let things = [whole].iter().chain(&parts).all(|&i| head(&group[i]).is_some());
        let bare = group[whole].counted.is_none() && parts[1..].iter().all(|&i| group[i].counted.is_none());
        let kinds = things || bare && group[whole].kind == Kind::Count || alike(scene, whole, &parts);
        if !kinds {
            return None;
        }
        let last = &group[*parts.last()?];
        let between = scene.gap(last, &group[whole]);
        let after = scene.after(&group[whole]);
        let said = closing(&between, &TOTALS).is_some_and(set_off)
            || altogether(&after) && (set_off(&between) || between.ends_with("or"));
        let medals = parts.iter().all(|&i| medal(&group[i])) && alike(scene, whole, &parts);
        if between.len() > 80 || between.contains([';', ':']) || !(said || medals) {
            return None;
        }
        let sum = Sum::of(scene, whole, &parts)?;
        sum.near(total).then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
    })
}

/// "£7m in all", "30,000 tonnes of cargo in all"
fn altogether(after: &str) -> bool {
    let mut of_what = after.match_indices(' ').map(|(at, _)| &after[at + 1..]).take(3);
    let all = ["in all", "in total", "altogether", "all told"];
    let later = |rest: &str| all.iter().any(|w| rest.starts_with(w));
    opening(after, &ALTOGETHER).is_some() || after.starts_with("of ") && of_what.any(later)
}

/// "Out of a budget of $6.4 billion she gave $3 billion to schools and $4 billion to roads": more than all.
fn spent(scene: &Scene<'_>) -> Option<Pair> {
    let whole = &scene.group[0];
    let before = scene.between(whole.sentence.start, start(whole)).to_lowercase();
    let parts: Vec<usize> = (1..=list_end(scene, 1)).collect();
    let out_of = before.starts_with("of ") || before.starts_with("out of ");
    if !out_of || whole.kind == Kind::Count || !alike(scene, 0, &parts) {
        return None;
    }
    let (total, sum) = (amount(whole)?, Sum::of(scene, 0, &parts)?);
    let exceeds = sum.value.saturating_sub(total) > sum.slack && sum.near(total);
    exceeds.then(|| verdict(scene, false, 0, &parts, sum.value))
}

/// "Seven of the five trawlers".
fn exceeding(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let (part, whole) = (&scene.group[i], &scene.group[i + 1]);
    let (x, total) = (count(part)?, count(whole)?);
    let compound = scene.between(whole.number.end, whole.sentence.end).starts_with('-');
    // "12 out of 10" is a mark.
    let mark = scene.gap(part, whole) == "out of" && !head(whole).is_some_and(|h| words::is_person(&h));
    let mark = mark && (whole.counted.is_none() || [5, 10, 100].map(Decimal::from).contains(&total));
    if x <= total || compound || mark || !same_unit(part, whole) || !WITHIN.contains(&scene.gap(part, whole))
    {
        return None;
    }
    let (words, of) = (scene.words(i), scene.words(i + 1));
    let note = format!("{words} cannot be a part of {of}: check both.");
    let sides = vec![scene.place(i), scene.place(i + 1)];
    Some(finding(false, REASON, sides, note))
}

/// "The 14 dead included nine women and seven children", "six men and two women were among the seven hurt": more than all.
fn among(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let group = scene.group;
    let (a, b) = (&group[i], &group[i + 1]);
    count(a).and(count(b))?;
    let between = scene.gap(a, b);
    let (rest, after_list) = match opening(&between, &AMONG).is_some() || between.starts_with(',') {
        true => (closing(&between, &AMONG)?, false),
        false => (closing(&between, &AMONG)?, true),
    };
    let (whole, parts) = match named(scene, i + 1).filter(|h| ANYONE.contains_key(h)) {
        Some(_) => (i + 1, list_before(scene, i + 1)?),
        None => (i, (i + 1..=list_end(scene, i + 1)).collect()),
    };
    let one_more = usize::from(after_list && one_more(scene, rest, &parts));
    let person = named(scene, whole).is_some_and(|h| words::is_person(&h));
    if !person || parts.len() + one_more < 2 || !exclusive(scene, &parts) {
        return None;
    }
    let (total, sum) = (count(&group[whole])?, Sum::of(scene, whole, &parts)?);
    let sum = sum.value.checked_add(Decimal::from(one_more))?;
    (sum > total).then(|| verdict(scene, false, whole, &parts, sum))
}
