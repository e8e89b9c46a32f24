//! Some figures of a sentence added up: which of them are parts, of what, and what they make.

use rust_decimal::Decimal;

use super::super::codes::{code, same_unit};
use super::super::verdict::last_place;
use super::super::words;
use super::super::{Pair, Reason};
use super::{Scene, all_differ, ends, finding, number, start, stated};
use crate::Span;
use crate::figure::{Comparator, Figure, Kind, RelationType};
use crate::lexicon::crosscheck::{ANYONE, COMPLEMENTS, EXCLUSIVE, PERSONS};
use crate::lexicon::sums::{ANSWERS, MEDALS, SEXES};

/// The exact value of a count.
pub(super) fn count(figure: &Figure) -> Option<Decimal> {
    amount(figure).filter(|_| figure.kind == Kind::Count)
}

/// The exact value of a count, sum of money, measurement or length of time.
pub(super) fn amount(figure: &Figure) -> Option<Decimal> {
    let adds = matches!(figure.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Duration);
    let exact = figure.quantity.comparator == Comparator::Exact && stated(figure);
    figure.quantity.value.filter(|_| adds && exact)
}

/// What a figure may be off because it is rounded: half of its last place where it shows ("2.3 million", "$4.50"), for
/// other sums and measurements at most one in a hundred, nothing for what is counted one by one.
pub(super) fn grain(text: &str, figure: &Figure) -> Decimal {
    let value = figure.quantity.value.unwrap_or_default();
    let half = last_place(value) / Decimal::TWO;
    match () {
        // "$90 million" is rounded to a million, not to ten
        () if scale(text, figure).is_some() => ends(figure.quantity.interval)
            .map_or(half, |(lower, upper)| half.min(upper.saturating_sub(lower) / Decimal::TWO)),
        () if value.normalize().scale() > 0 => half,
        () if figure.kind == Kind::Count || half < Decimal::TEN => Decimal::ZERO,
        () => half.min(value / Decimal::ONE_HUNDRED),
    }
}

/// The word or letter of a large number that says in what it is counted: "million" of "$2 million".
fn scale<'t>(text: &'t str, figure: &Figure) -> Option<&'t str> {
    let number = figure.number.of(text);
    let word = number.rsplit(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty());
    word.filter(|_| figure.quantity.value.is_some_and(|v| v >= Decimal::ONE_THOUSAND))
}

/// Some parts of one whole, added up.
pub(super) struct Sum {
    /// What they make.
    pub value: Decimal,
    /// What it may be off because they are rounded.
    pub slack: Decimal,
}

impl Sum {
    pub(super) fn of(scene: &Scene<'_>, whole: usize, parts: &[usize]) -> Option<Sum> {
        let mut sum = Sum { value: Decimal::ZERO, slack: grain(scene.text, &scene.group[whole]) };
        // Beside "$1.5 million" in one list, "$2 million" is as exact.
        let parts = || parts.iter().map(|&i| &scene.group[i]);
        let fine = parts().filter(|f| f.number.of(scene.text).contains('.'));
        let finest = fine.map(|f| (grain(scene.text, f), scale(scene.text, f))).min_by_key(|x| x.0);
        for part in parts() {
            let own = grain(scene.text, part);
            let as_fine = finest.filter(|x| x.1.is_some() && x.1 == scale(scene.text, part));
            sum.value = sum.value.checked_add(amount(part)?)?;
            sum.slack = sum.slack.checked_add(as_fine.map_or(own, |x| own.min(x.0)))?;
        }
        // Of several, not all are off the same way.
        if parts().count() > 2 {
            sum.slack = sum.slack.saturating_mul(Decimal::new(85, 2));
        }
        Some(sum)
    }

    /// Whether they make the whole.
    pub(super) fn makes(&self, total: Decimal) -> bool {
        self.value.saturating_sub(total).abs() <= self.slack
    }

    /// Whether they are near enough to the whole to be meant as all of it.
    pub(super) fn near(&self, total: Decimal) -> bool {
        let least = |v: Decimal| v.saturating_mul(Decimal::new(6, 1));
        self.value >= least(total) && total >= least(self.value)
    }
}

pub(super) fn verdict(scene: &Scene<'_>, fits: bool, whole: usize, parts: &[usize], sum: Decimal) -> Pair {
    let (list, total) = (scene.listed(parts), scene.words(whole));
    let note = match fits {
        true => format!("{list} make {total}."),
        false => format!("{list} make {}, not {total}: check the parts and the total.", number(sum, 2)),
    };
    let sides = [whole].iter().chain(parts).map(|&i| scene.place(i)).collect();
    finding(fits, Reason::TotalArithmetic, sides, note)
}
/// The whole that a figure is said to be a part of.
pub(super) fn part_of(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let tie = scene.group[i].relations.iter().find(|r| r.relation == RelationType::PartOf)?;
    tie.figure.checked_sub(scene.first)
}

/// Whether nobody can belong to two of the parts, and whether the parts leave nobody over.
pub(super) fn apart(scene: &Scene<'_>, parts: &[usize]) -> (bool, bool) {
    let fates: Vec<Option<&str>> = parts.iter().map(|&i| fate(scene, i)).collect();
    if all_differ(&fates) {
        let complete = matches!(fates[..], [Some(x), Some(y)] if complements(x, y));
        return (true, complete);
    }
    let answers: Vec<Option<&str>> = parts.iter().map(|&i| answer(scene, i)).collect();
    if all_differ(&answers) {
        return (true, answers.len() == 3);
    }
    // "the Greens won 22 and Labour 41"
    let winners: Vec<Option<&str>> = parts.iter().map(|&i| winner(scene, i)).collect();
    (all_differ(&winners), false)
}

/// The text from a part to the next figure.
pub(super) fn behind(scene: &Scene<'_>, i: usize) -> Span {
    let from = scene.group[i].number.end;
    let to = scene.group.get(i + 1).map_or(scene.group[i].sentence.end, |f| f.number.start);
    Span::new(from, to.max(from))
}

/// What happened to a part: the next word behind it that says so.
pub(super) fn fate(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let mut found = words::runs(scene.text, behind(scene, i));
    found.find_map(|(span, _)| words::meaning(span.of(scene.text)).1.filter(|c| EXCLUSIVE.contains_key(c)))
}

/// How a part voted.
pub(super) fn answer(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let mut found = words::runs(scene.text, behind(scene, i)).take(4);
    found.find_map(|(span, _)| ANSWERS.get(&words::lowered(span.of(scene.text))).copied())
}

/// The last name before a part, behind the figure before it.
pub(super) fn winner<'t>(scene: &Scene<'t>, i: usize) -> Option<&'t str> {
    let from = i.checked_sub(1).map_or(scene.group[i].sentence.start, |k| scene.group[k].span.end);
    let names = words::runs(scene.text, Span::new(from, scene.group[i].number.start.max(from)));
    names.map(|(span, _)| span.of(scene.text)).filter(|w| w.starts_with(char::is_uppercase)).last()
}

pub(super) fn complements(x: &str, y: &str) -> bool {
    COMPLEMENTS.get(x) == Some(&y) || COMPLEMENTS.get(y) == Some(&x)
}

/// The last list of two or more figures of one kind that ends before another figure.
pub(super) fn list_before(scene: &Scene<'_>, whole: usize) -> Option<Vec<usize>> {
    let kind = scene.group[whole].kind;
    // "three years for theft and two for fraud"
    let like = |f: &Figure| {
        f.kind == kind
            || kind == Kind::Duration && f.kind == Kind::Count && f.counted.is_none() && code(f).is_empty()
    };
    let last = (0..whole).rev().find(|&i| like(&scene.group[i]))?;
    let first = (0..last).rev().take_while(|&i| joined(scene, i)).last()?;
    Some((first..=last).collect())
}

/// The last figure of the list that begins with one.
pub(super) fn list_end(scene: &Scene<'_>, first: usize) -> usize {
    (first..scene.group.len() - 1).take_while(|&i| joined(scene, i)).last().map_or(first, |i| i + 1)
}

/// Whether a figure and the next stand in one list: between them a noun or two and a comma or "and".
pub(super) fn joined(scene: &Scene<'_>, i: usize) -> bool {
    let (a, b) = (&scene.group[i], &scene.group[i + 1]);
    let between = scene.between(a.number.end, start(b));
    let link = between.ends_with(',') || between.ends_with("and");
    // "eight trawlers, a tug and six barges"
    let uncounted = [", a ", ", an ", "and a ", "and an "].iter().any(|w| between.contains(w));
    link && between.len() <= 40 && !between.contains(['.', ':', ';', '(', ')']) && !uncounted
}

/// Whether each of at least two parts is a kind of the whole, given in its unit.
pub(super) fn alike(scene: &Scene<'_>, whole: usize, parts: &[usize]) -> bool {
    parts.len() >= 2 && parts.iter().all(|&i| same_things(&scene.group[whole], &scene.group[i]))
}

/// Whether one is a kind of the other: persons, medals, the same noun, or sums in one unit.
pub(super) fn same_things(whole: &Figure, part: &Figure) -> bool {
    let bare = part.counted.is_none() && code(part).is_empty();
    let same = same_unit(whole, part) && (bare || code(whole) == code(part));
    match (head(whole), head(part)) {
        // "nine years: five for the robbery and four for the gun"
        _ if whole.kind == Kind::Duration && part.kind == Kind::Count => code(part).is_empty(),
        _ if whole.kind != part.kind => false,
        _ if whole.kind != Kind::Count => same,
        (Some(x), Some(y)) => {
            x == y || ANYONE.contains_key(&x) && PERSONS.contains_key(&y) || MEDALS.get(&y) == Some(&&*x)
        }
        (Some(_), None) => same,
        _ => false,
    }
}

pub(super) fn head(f: &Figure) -> Option<String> {
    f.counted.as_ref().map(|p| p.head.to_lowercase())
}

/// The head of what is counted, or the word behind the number: "the 14 dead".
pub(super) fn named(scene: &Scene<'_>, i: usize) -> Option<String> {
    let f = &scene.group[i];
    let next = || words::runs(scene.text, behind(scene, i)).next();
    head(f).or_else(|| next().map(|(span, _)| words::lowered(span.of(scene.text)).into_owned()))
}

pub(super) fn anyone(f: &Figure) -> bool {
    head(f).is_some_and(|h| ANYONE.contains_key(&h))
}

pub(super) fn medal(f: &Figure) -> bool {
    head(f).is_some_and(|h| MEDALS.contains_key(&h))
}
/// Whether nobody belongs to two of the parts: men and children, Danes and Finns.
pub(super) fn exclusive(scene: &Scene<'_>, parts: &[usize]) -> bool {
    let heads: Option<Vec<_>> =
        parts.iter().map(|&i| scene.group[i].counted.as_ref().map(|p| &*p.head)).collect();
    let Some(heads) = heads else { return false };
    let classes: Vec<_> = heads.iter().map(|h| SEXES.get(&h.to_lowercase()).copied()).collect();
    let once = |i: usize| {
        !heads[..i].contains(&heads[i]) && (classes[i].is_none() || !classes[..i].contains(&classes[i]))
    };
    let young = |c: &Option<&str>| matches!(c, Some("boy" | "girl"));
    let overlap = classes.contains(&Some("child")) && classes.iter().any(young);
    let name = |w: &str| w.rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_uppercase));
    let named = parts
        .iter()
        .all(|&i| scene.group[i].counted.as_ref().is_some_and(|p| name(p.span.of(scene.text).trim_end())));
    (0..heads.len()).all(once) && !overlap && (named || classes.iter().all(Option::is_some))
}

/// "two men and a child", "two silver and a bronze": a part without a figure, of another kind than the others.
pub(super) fn one_more(scene: &Scene<'_>, rest: &str, parts: &[usize]) -> bool {
    let Some((_, noun)) = rest.rsplit_once("and a ") else { return false };
    let noun = noun.trim();
    let heads = || parts.iter().map(|&i| head(&scene.group[i]));
    match SEXES.get(noun) {
        Some(class) => heads().all(|h| h.and_then(|h| SEXES.get(&h)) != Some(class)),
        None => {
            MEDALS.contains_key(noun)
                && heads().all(|h| h.is_some_and(|h| MEDALS.contains_key(&h) && h != noun))
        }
    }
}
