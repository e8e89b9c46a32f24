//! Parts of a number of persons or things, and the whole that the sentence states.

use rust_decimal::Decimal;

use super::super::verdict::{code, last_place, same_unit};
use super::super::words;
use super::super::{Pair, Reason};
use super::{Scene, all_differ, closing, number, opening, set_off, start, stated};
use crate::Span;
use crate::figure::{Comparator, Figure, Kind, RelationType};
use crate::lexicon::crosscheck::{ANYONE, COMPLEMENTS, EXCLUSIVE, PERSONS};
use crate::lexicon::sums::{ALTOGETHER, AMONG, ANSWERS, LEFT, MEDALS, SEXES, TOTALS, WITHIN};

const REASON: Reason = Reason::TotalArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    if scene.group.len() < 2 {
        return;
    }
    out.extend(of_the(scene));
    out.extend(listed(scene).or_else(|| added_up(scene)).or_else(|| spent(scene)));
    out.extend(others(scene));
    for i in 0..scene.group.len() - 1 {
        out.extend(exceeding(scene, i).or_else(|| among(scene, i)));
    }
}

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
    let scaled = value >= Decimal::ONE_THOUSAND && figure.number.of(text).contains(char::is_alphabetic);
    match () {
        () if scaled || value.normalize().scale() > 0 => half,
        () if figure.kind == Kind::Count || half < Decimal::TEN => Decimal::ZERO,
        () => half.min(value / Decimal::ONE_HUNDRED),
    }
}

/// Some parts of one whole, added up.
struct Sum {
    value: Decimal,
    slack: Decimal,
}

impl Sum {
    fn of(scene: &Scene<'_>, whole: usize, parts: &[usize]) -> Option<Sum> {
        let mut sum = Sum { value: Decimal::ZERO, slack: grain(scene.text, &scene.group[whole]) };
        for part in parts.iter().map(|&i| &scene.group[i]) {
            sum.value = sum.value.checked_add(amount(part)?)?;
            sum.slack = sum.slack.checked_add(grain(scene.text, part))?;
        }
        Some(sum)
    }

    /// Whether they make the whole.
    fn makes(&self, total: Decimal) -> bool {
        self.value.saturating_sub(total).abs() <= self.slack
    }

    /// Whether they are near enough to the whole to be meant as all of it.
    fn near(&self, total: Decimal) -> bool {
        let least = |v: Decimal| v.saturating_mul(Decimal::new(6, 1));
        self.value >= least(total) && total >= least(self.value)
    }
}

fn verdict(scene: &Scene<'_>, fits: bool, whole: usize, parts: &[usize], sum: Decimal) -> Pair {
    let (list, total) = (scene.listed(parts), scene.words(whole));
    let note = match fits {
        true => format!("{list} make {total}."),
        false => format!("{list} make {}, not {total}: check the parts and the total.", number(sum, 2)),
    };
    let sides = [whole].iter().chain(parts).map(|&i| scene.place(i)).collect();
    scene.sum(fits, REASON, sides, note)
}

/// "Of the 40 passengers, 12 died and 28 survived", "All nine judges ruled, six for and three against".
fn of_the(scene: &Scene<'_>) -> Option<Pair> {
    let whole_of = |f: &Figure| {
        let part_of = f.relations.iter().find(|r| r.relation == RelationType::PartOf);
        part_of.and_then(|r| r.figure.checked_sub(scene.first))
    };
    let tied = scene.group.iter().enumerate().find_map(|(i, f)| Some((i, whole_of(f)?)));
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
            && (i == first && tied.is_some() || bare && whole_of(f).is_none_or(|w| w == whole))
    };
    let parts: Vec<usize> = (first..scene.group.len()).filter(|&i| is_part(i)).collect();
    let (distinct, complete) = apart(scene, &parts);
    let parts = if distinct { parts } else { parts.into_iter().take(1).filter(|_| tied.is_some()).collect() };
    let sum = Sum::of(scene, whole, &parts).filter(|_| !parts.is_empty())?;
    let complete = complete && distinct;
    let fits = sum.value <= total && (sum.value == total || !complete);
    (sum.value >= total || complete).then(|| verdict(scene, fits, whole, &parts, sum.value))
}

/// Whether nobody can belong to two of the parts, and whether the parts leave nobody over.
fn apart(scene: &Scene<'_>, parts: &[usize]) -> (bool, bool) {
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
fn behind(scene: &Scene<'_>, i: usize) -> Span {
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

fn complements(x: &str, y: &str) -> bool {
    COMPLEMENTS.get(x) == Some(&y) || COMPLEMENTS.get(y) == Some(&x)
}

/// "21 people: 12 men, five women and four children", "27 people, 16 men and eleven women, were hurt".
fn listed(scene: &Scene<'_>) -> Option<Pair> {
    (0..scene.group.len() - 1).find_map(|whole| {
        let (f, first) = (&scene.group[whole], whole + 1);
        let total = amount(f)?;
        amount(&scene.group[first])?;
        let between = scene.gap(f, &scene.group[first]);
        let opens = between.len() <= 40 && between.ends_with([':', '—', '–']);
        let beside =
            matches!(&*between, "," | "(") && scene.closes(&scene.group[list_end(scene, first)]) && anyone(f);
        let parts: Vec<usize> = (first..=list_end(scene, first)).collect();
        if !(opens || beside) || !alike(scene, whole, &parts) {
            return None;
        }
        let sum = Sum::of(scene, whole, &parts)?;
        sum.near(total).then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
    })
}

/// "12 men and five women, a total of 17 people", "£3m and £4m, or £7m in all".
fn added_up(scene: &Scene<'_>) -> Option<Pair> {
    let group = scene.group;
    (2..group.len()).find_map(|whole| {
        let total = amount(&group[whole])?;
        let parts = list_before(scene, whole).filter(|parts| parts.len() >= 2)?;
        // "eight lorries and two tankers, ten vehicles in all"
        let things = [whole].iter().chain(&parts).all(|&i| head(&group[i]).is_some());
        if !things && !alike(scene, whole, &parts) {
            return None;
        }
        let last = &group[*parts.last()?];
        let between = scene.gap(last, &group[whole]);
        let after = scene.after(&group[whole]);
        let said = closing(&between, &TOTALS).is_some_and(set_off)
            || opening(&after, &ALTOGETHER).is_some() && (set_off(&between) || between.ends_with("or"));
        let medals = parts.iter().all(|&i| medal(&group[i])) && alike(scene, whole, &parts);
        if between.len() > 80 || between.contains([';', ':']) || !(said || medals) {
            return None;
        }
        let sum = Sum::of(scene, whole, &parts)?;
        sum.near(total).then(|| verdict(scene, sum.makes(total), whole, &parts, sum.value))
    })
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

/// "Of 300 cattle they found 273 clear and the other 27 ill": all that are left.
fn others(scene: &Scene<'_>) -> Option<Pair> {
    let [whole, part, rest] = scene.group else { return None };
    let before = scene.glue(part.number.end, start(rest));
    let left = closing(&before, &LEFT).is_some() && rest.kind == Kind::Count;
    let person = |f: &Figure| head(f).is_some_and(|h| words::is_person(&h));
    let bare = |f: &Figure| f.counted.is_none() || head(f) == head(whole) || !person(f);
    let after = scene.glue(part.number.end, part.sentence.end);
    let of_them = ["of them", "of those", "of these", "of the"].iter().any(|w| after.starts_with(w));
    let tied = part.relations.iter().any(|r| r.relation == RelationType::PartOf);
    if !left || !(of_them || tied) || !bare(part) || !bare(rest) {
        return None;
    }
    let (total, sum) = (count(whole)?, Sum::of(scene, 0, &[1, 2])?);
    sum.near(total).then(|| verdict(scene, sum.makes(total), 0, &[1, 2], sum.value))
}

/// The last list of two or more figures of one kind that ends before another figure.
fn list_before(scene: &Scene<'_>, whole: usize) -> Option<Vec<usize>> {
    let kind = scene.group[whole].kind;
    let last = (0..whole).rev().find(|&i| scene.group[i].kind == kind)?;
    let first = (0..last).rev().take_while(|&i| joined(scene, i)).last()?;
    Some((first..=last).collect())
}

/// The last figure of the list that begins with one.
fn list_end(scene: &Scene<'_>, first: usize) -> usize {
    (first..scene.group.len() - 1).take_while(|&i| joined(scene, i)).last().map_or(first, |i| i + 1)
}

/// Whether a figure and the next stand in one list: between them a noun or two and a comma or "and".
fn joined(scene: &Scene<'_>, i: usize) -> bool {
    let (a, b) = (&scene.group[i], &scene.group[i + 1]);
    let between = scene.between(a.number.end, start(b));
    let link = between.ends_with(',') || between.ends_with("and");
    link && between.len() <= 40 && !between.contains(['.', ':', ';', '(', ')'])
}

/// Whether each of at least two parts is a kind of the whole, given in its unit.
fn alike(scene: &Scene<'_>, whole: usize, parts: &[usize]) -> bool {
    parts.len() >= 2 && parts.iter().all(|&i| same_things(&scene.group[whole], &scene.group[i]))
}

/// Whether one is a kind of the other: persons, medals, the same noun, or sums in one unit.
fn same_things(whole: &Figure, part: &Figure) -> bool {
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

fn head(f: &Figure) -> Option<String> {
    f.counted.as_ref().map(|p| p.head.to_lowercase())
}

/// The head of what is counted, or the word behind the number: "the 14 dead".
fn named(scene: &Scene<'_>, i: usize) -> Option<String> {
    let f = &scene.group[i];
    let next = || words::runs(scene.text, behind(scene, i)).next();
    head(f).or_else(|| next().map(|(span, _)| words::lowered(span.of(scene.text)).into_owned()))
}

fn anyone(f: &Figure) -> bool {
    head(f).is_some_and(|h| ANYONE.contains_key(&h))
}

fn medal(f: &Figure) -> bool {
    head(f).is_some_and(|h| MEDALS.contains_key(&h))
}

/// "Seven of the five trawlers".
fn exceeding(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let (part, whole) = (&scene.group[i], &scene.group[i + 1]);
    let (x, total) = (count(part)?, count(whole)?);
    let compound = scene.between(whole.number.end, whole.sentence.end).starts_with('-');
    if x <= total || compound || !same_unit(part, whole) || !WITHIN.contains(&scene.gap(part, whole)) {
        return None;
    }
    let (words, of) = (scene.words(i), scene.words(i + 1));
    let note = format!("{words} cannot be a part of {of}: check both.");
    let sides = vec![scene.place(i), scene.place(i + 1)];
    Some(scene.sum(false, REASON, sides, note))
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

/// "two men and a child": a part without a figure, of another kind than the others.
fn one_more(scene: &Scene<'_>, rest: &str, parts: &[usize]) -> bool {
    let Some((_, noun)) = rest.rsplit_once("and a ") else { return false };
    let class = SEXES.get(noun.trim());
    class.is_some() && parts.iter().all(|&i| head(&scene.group[i]).and_then(|h| SEXES.get(&h)) != class)
}

/// Whether nobody belongs to two of the parts: men and children, Danes and Finns.
fn exclusive(scene: &Scene<'_>, parts: &[usize]) -> bool {
    let heads: Option<Vec<_>> =
        parts.iter().map(|&i| scene.group[i].counted.as_ref().map(|p| &*p.head)).collect();
    let Some(heads) = heads else { return false };
    let classes: Vec<_> = heads.iter().map(|h| SEXES.get(&h.to_lowercase()).copied()).collect();
    let once = |i: usize| {
        !heads[..i].contains(&heads[i]) && (classes[i].is_none() || !classes[..i].contains(&classes[i]))
    };
    let young = |c: &Option<&str>| matches!(c, Some("boy" | "girl"));
    let overlap = classes.contains(&Some("child")) && classes.iter().any(young);
    let named = heads.iter().all(|h| h.starts_with(char::is_uppercase));
    (0..heads.len()).all(once) && !overlap && (named || classes.iter().all(Option::is_some))
}
