//! Sums over two sentences: "Fourteen were killed … The dead were seven men, four women and three children."

use rust_decimal::Decimal;

use super::super::Pair;
use super::super::codes::same_unit;
use super::super::words;
use super::made::{ends_list, tail};
use super::rest::{is_person, is_rest};
use super::sum::{Sum, amount, apart, count, exclusive, head, joined, list_end, one_more, verdict};
use super::{Scene, change, closing, opening, start};
use crate::Span;
use crate::figure::{ChangeRole, Figure, Kind};
use crate::lemma;
use crate::lexicon::crosscheck::EXCLUSIVE;
use crate::lexicon::sums::{
    ALTOGETHER, ANAPHORS, COMPARES, CONCURRENT, CONSISTS, FURTHER, OF_THEM, SEXES, SUMMERS, TOTALS,
};
use crate::table::Set;

/// The sums that the figures of a sentence make with those of the sentence before it.
pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    let first = scene.group[0].sentence;
    let second = scene.group.partition_point(|f| f.sentence == first);
    out.extend(change::given_after(scene, second));
    out.extend(identified(scene, second).or_else(|| divided(scene, second)).or_else(|| total(scene, second)));
}

/// The words of the second sentence up to a figure.
fn lead(scene: &Scene<'_>, i: usize) -> String {
    let f = &scene.group[i];
    scene.glue(f.sentence.start, start(f))
}

/// "The dead were seven men, four women and three children", "They included nine men and seven women".
fn identified(scene: &Scene<'_>, second: usize) -> Option<Pair> {
    count(&scene.group[second])?;
    let lead = lead(scene, second);
    let subject = closing(&lead, &CONSISTS)?;
    let all = !lead.ends_with("included") && !lead.ends_with("include") && !subject.starts_with("among");
    let whole = spoken_of(scene, second, subject)?;
    let last = list_end(scene, second);
    let parts: Vec<usize> = (second..=last).collect();
    let more = one_more(scene, &tail(scene, last), &parts);
    let complete = all && (more || ends_list(scene, last));
    if parts.len() + usize::from(more) < 2 || !exclusive(scene, &parts) {
        return None;
    }
    let (total, mut sum) = (count(&scene.group[whole])?, Sum::of(scene, whole, &parts)?);
    sum.value = sum.value.checked_add(Decimal::from(u8::from(more)))?;
    let said = sum.value > total || complete && sum.near(total);
    said.then(|| verdict(scene, sum.value == total, whole, &parts, sum.value))
}

/// The only persons of the first sentence of which the subject of the second may speak: the dead, the victims, the sailors.
fn spoken_of(scene: &Scene<'_>, second: usize, subject: &str) -> Option<usize> {
    let person = |f: &Figure| head(f).is_none_or(|h| words::is_person(&h));
    // "rose to 14 from 12"
    let now = |f: &Figure| f.change.is_none_or(|c| c.role == ChangeRole::To);
    let counts = || (0..second).filter(|&i| scene.group[i].kind == Kind::Count && now(&scene.group[i]));
    let persons: Vec<usize> = counts().filter(|&i| person(&scene.group[i])).collect();
    let words: Vec<&str> = subject.split(' ').collect();
    if words.len() > 5 {
        return None;
    }
    let Some(told) = words.iter().find_map(|w| fate(w)) else {
        let one = *persons.first().filter(|_| counts().count() == 1)?;
        let same = |w: &str| head(&scene.group[one]).is_some_and(|h| lemma::noun(w, false) == h);
        return words.iter().any(|w| ANAPHORS.contains(w) || same(w)).then_some(one);
    };
    // "killed 24 and injured 31"
    let met: Vec<(usize, Option<&str>)> = counts().map(|i| (i, met_by(scene, i))).collect();
    let mut fits = met.iter().filter(|(_, fate)| *fate == Some(told));
    if let Some((whole, _)) = fits.next() {
        return fits.next().is_none().then_some(*whole);
    }
    let sentence = scene.group[0].sentence;
    let somewhere =
        || words::runs(scene.text, sentence).any(|(span, _)| fate(span.of(scene.text)) == Some(told));
    let [one] = persons[..] else { return None };
    (met.iter().all(|(_, fate)| fate.is_none()) && somewhere()).then_some(one)
}

/// What a word says of what happened to somebody.
fn fate(word: &str) -> Option<&'static str> {
    words::meaning(word).1.filter(|c| EXCLUSIVE.get(c) == Some(&"fate"))
}

/// What happened to as many as a figure says: by the verb right before it, else by the first behind it.
fn met_by(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let f = &scene.group[i];
    let before = scene.before(f);
    let to = scene.group.get(i + 1).map_or(f.sentence.end, |next| next.number.start.max(f.number.end));
    let behind = words::runs(scene.text, Span::new(f.number.end, to)).map(|(span, _)| span.of(scene.text));
    before.rsplit(' ').next().and_then(fate).or_else(|| behind.take_while(|w| *w != "and").find_map(fate))
}

/// "Twelve were killed, 25 were injured and the remaining seven escaped", "Four were Danes and five were Poles", "Of
/// them, 12 died and 28 survived".
fn divided(scene: &Scene<'_>, second: usize) -> Option<Pair> {
    let mut counts = (0..second).filter(|&i| scene.group[i].kind == Kind::Count);
    let parts: Vec<usize> = (second..scene.group.len()).collect();
    let whole = counts.next().filter(|_| counts.next().is_none() && parts.len() > 1)?;
    let lead = lead(scene, second);
    let of_them = OF_THEM.contains(lead.trim_end_matches([',', ' ']));
    let last = *parts.last()?;
    let rest = is_rest(scene, last);
    let bare = |&i: &usize| {
        let f = &scene.group[i];
        f.counted.is_none() || said_to_be(scene, i).is_some() || rest && i == last && !is_person(f)
    };
    if !(of_them || lead.is_empty()) || !parts.iter().all(bare) {
        return None;
    }
    let named: Vec<_> = parts.iter().map(|&i| said_to_be(scene, i)).collect();
    let one_sort = named.windows(2).all(|w| w[0].map(|x| x.0) == w[1].map(|x| x.0));
    let (distinct, complete) = apart(scene, &parts);
    let known = one_sort && super::all_differ(&named) || of_them && distinct || rest;
    let (total, sum) = (count(&scene.group[whole])?, Sum::of(scene, whole, &parts)?);
    let said = sum.value >= total || rest || of_them && complete && named.iter().all(Option::is_none);
    (known && said && sum.near(total)).then(|| verdict(scene, sum.value == total, whole, &parts, sum.value))
}

/// "Four were Danes", "five were men": the name or sex that says what a part is, and whether it is a sex.
fn said_to_be<'t>(scene: &Scene<'t>, i: usize) -> Option<(bool, &'t str)> {
    let f = &scene.group[i];
    let mut behind =
        words::runs(scene.text, Span::new(f.number.end, f.sentence.end)).map(|(span, _)| span.of(scene.text));
    let copula = behind.next().is_some_and(|w| matches!(w, "were" | "are" | "was"));
    let what = behind.next().filter(|_| copula)?;
    match SEXES.get(&lemma::noun(&words::lowered(what), false)) {
        // a boy is a child as well
        Some(class) => Some((true, *class)).filter(|(_, class)| !matches!(*class, "boy" | "girl")),
        None => Some((false, what)).filter(|(_, w)| w.starts_with(char::is_uppercase)),
    }
}

/// "… five years for fraud and three years for perjury. The terms run consecutively, a total of eight years."
fn total(scene: &Scene<'_>, second: usize) -> Option<Pair> {
    let group = scene.group;
    let whole = second;
    let value = amount(&group[whole])?;
    let alike = |&i: &usize| group[i].kind == group[whole].kind && same_unit(&group[i], &group[whole]);
    let parts: Vec<usize> = (0..second).filter(alike).collect();
    if parts.len() < 2 {
        return None;
    }
    let one_list = parts.windows(2).all(|w| w[1] == w[0] + 1 && joined(scene, w[0]));
    let lead = lead(scene, whole);
    let words = || lead.split(' ');
    let summed = opening(&lead, &SUMMERS).is_some() && !words().any(|w| COMPARES.contains(w));
    let said = closing(&lead, &TOTALS).is_some()
        || opening(&scene.after(&group[whole]), &ALTOGETHER).is_some()
        || opening(&lead, &ALTOGETHER).is_some();
    let more = group.len() > whole + 1 && (whole + 1..group.len()).any(|i| alike(&i));
    if !one_list || !summed || !said || more || concurrent(scene) {
        return None;
    }
    let sum = Sum::of(scene, whole, &parts)?;
    sum.near(value).then(|| verdict(scene, sum.makes(value), whole, &parts, sum.value))
}

/// Whether terms run at the same time, or the second sentence tells of others too.
fn concurrent(scene: &Scene<'_>) -> bool {
    let has = |span, list: &Set| {
        words::runs(scene.text, span).any(|(span, _)| list.contains(&words::lowered(span.of(scene.text))))
    };
    let (first, last) = (scene.group[0].sentence, scene.group[scene.group.len() - 1].sentence);
    has(first, &CONCURRENT) || has(last, &CONCURRENT) || has(last, &FURTHER)
}
