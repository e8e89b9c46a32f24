//! AGE: "a 45-year-old man", "aged 12", "Smith, 45, said", "in his 40s".

mod decade;
mod person;

use rust_decimal::Decimal;

use crate::counted;
use crate::figure::{Comparator, Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::lexicon::counted::{AGES, BEING, CLOSES, HARDLY, HELPING, LIFE, PEOPLE, STAGES};
use crate::mention::{Mention, Written};
use crate::number::Form;
use crate::sentence::TokenKind;
use crate::tag::Tag;

use super::Context;
use person::{before_insertion, opens_clause, person, persons, somebody};

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if item.money.is_some() || item.n.negative || matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    if item.n.form == Form::Decade && !under_eighteens(c, item) {
        return decade::read(c, item);
    }
    let under = item.n.form == Form::Decade
        || item.unit.as_ref().is_some_and(|u| c.s.word(u.start) == "s" && c.s.glued(u.start))
            && matches!(
                (c.before(item, 1), c.before(item, 2)),
                ("-", "under" | "over") | ("under" | "over", _)
            );
    if let Some(unit) = item.unit.as_ref().filter(|_| !under)
        && unit.kind == Kind::Duration
    {
        let end = old_at(c, unit.end).or_else(|| item.shared.then(|| shared_age(c)).flatten());
        let aged = aged_before(c, item);
        if end.is_none() && !aged {
            return None;
        }
        let mut mention = c.mention(Kind::Age, "years old", item);
        mention.unit = Some(c.unit(unit));
        if let Some(end) = end.filter(|&e| e > item.end && e <= c.s.len() && !item.shared) {
            mention.span = mention.span.join(c.s.span_of(item.end, end));
            mention.end = end;
            mention.modifies = counted::phrase(c.s, end);
        }
        return Some(mention);
    }
    let rule = if under { "under-18s" } else { bare_age(c, item)? };
    let mut mention = c.mention(Kind::Age, rule, item);
    mention.unit = Some(years());
    if let Some(end) = abbreviated(c, item.end) {
        mention.span = mention.span.join(c.s.span_of(item.end, end));
        mention.end = end;
        mention.modifies = counted::phrase(c.s, end);
    }
    if rule == "under-18s" {
        mention.comparator = if c.before(item, 1) == "over" || c.before(item, 2) == "over" {
            Comparator::MoreThan
        } else {
            Comparator::LessThan
        };
        mention.written = Written::Value(item.n.value);
    } else if c.before(item, 1) == "before" || before_age(c, item) {
        mention.comparator = Comparator::LessThan;
    }
    Some(mention)
}

fn years() -> Unit {
    Unit { code: "a".into(), name: "year".into(), dimension: Dimension::Time, span: None }
}

/// End of "old", "-old", "-olds", "of age" after the unit at token `at`.
fn old_at(c: &Context, at: usize) -> Option<usize> {
    let s = c.s;
    let i = at + (s.lower(at) == "-") as usize;
    if matches!(s.lower(i), "old" | "olds" | "older" | "younger")
        && (s.lower(i) == "old" || s.lower(i) == "olds" || i == at)
    {
        return Some(i + 1);
    }
    if matches!(s.word(at), "-" | "/") && s.lower(at + 1) == "o" && s.lower(at - 1) == "y" {
        return Some(at + 2); // "a 9-y-o boy"
    }
    if s.lower(at) == "of" && s.lower(at + 1) == "age" {
        return Some(at + 2);
    }
    None
}

/// "16- and 17-year-olds": the age stands with the next number.
fn shared_age(c: &Context) -> Option<usize> {
    let next = c.next()?;
    old_at(c, next.unit.as_ref()?.end)
}

/// The first token of the number or of the comparator before it.
fn first(item: &Item) -> usize {
    item.cue.filter(|q| q.start < item.start).map_or(item.start, |q| q.start)
}

fn aged_before(c: &Context, item: &Item) -> bool {
    let start = first(item) - HARDLY.contains(c.before(item, 1)) as usize; // "aged just 16"
    let word = |back: usize| start.checked_sub(back).map_or("", |i| c.s.lower(i));
    matches!(word(1), "aged" | "age" | "ages")
        || matches!((word(2), word(1)), ("age" | "ages", "of" | "from") | ("aged" | "ages", "between"))
        || matches!((word(3), word(2), word(1)), ("ages", "ranged", "from") | ("ages", "of", "between"))
        || word(1) == "between" && word(2) == "of" && word(3) == "ages"
        || word(1) == "of" && word(2) == "ages"
}

/// Whether a bare number is an age.
type Rule = fn(&Context, &Item) -> bool;

/// The ages without a unit, by name.
const BARE: [(&str, Rule); 13] = [
    ("aged", aged_before),
    ("age in a list", listed),
    ("years old, abbreviated", |c, item| abbreviated(c, item.end).is_some()),
    ("age bound", bound),
    ("age of a person", of_person),
    ("under-18s", under_eighteens),
    ("age after a name", after_name),
    ("age after a noun of a person", after_noun),
    ("ages of several", of_several),
    ("age of both", of_both),
    ("age after a full name", after_full_name),
    ("age of a person", said_of_person),
    ("age of life", lived),
];

/// Ages without a unit.
fn bare_age(c: &Context, item: &Item) -> Option<&'static str> {
    let small = item.unit.is_none()
        && item.n.scale == 0
        && item.n.value <= Decimal::from(120)
        && matches!(item.n.form, Form::Digits | Form::Words);
    if !small {
        return None;
    }
    BARE.iter().find(|(_, rule)| rule(c, item)).map(|(name, _)| *name)
}

/// "aged 19 and 22": the next of several ages.
fn listed(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let links = |i: usize| matches!(s.lower(i), "," | "and" | "or");
    let closes =
        matches!(s.word(item.end), "" | "," | "." | ";" | ")" | "—" | "–") || s.lower(item.end) == "and";
    closes
        && c.done.last().is_some_and(|m| {
            let gap = m.end..item.start;
            m.kind == Kind::Age && (1..=2).contains(&gap.len()) && gap.clone().all(links)
        })
}

/// End of "yo", "y.o.", "y/o" after a number: years old.
fn abbreviated(c: &Context, at: usize) -> Option<usize> {
    let s = c.s;
    let i = at + (s.word(at) == "-" && s.glued(at)) as usize;
    match s.lower(i) {
        "yo" | "y.o." | "y.o" => Some(i + 1),
        _ => None,
    }
}

/// "65 or older", "children under 12", "voters over 65".
fn bound(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let Some(cue) = item.cue else { return false };
    let said = |words: &[&str]| (cue.start..cue.end).any(|k| words.contains(&s.lower(k)));
    let older = cue.start >= item.end && said(&["older", "younger", "over", "under", "above", "up", "+"]);
    let people = |k: usize| PEOPLE.contains(s.lower(k));
    let of_people = cue.start > 0
        && cue.start < item.start
        && cue.end == cue.start + 1
        && matches!(s.lower(cue.start), "under" | "over" | "above" | "below")
        && people(cue.start - 1);
    older && (people(item.start.wrapping_sub(1)) || said(&["older", "younger"]))
        || of_people && s.tag(item.end) != Tag::Nouns
}

/// "a man of 45".
fn of_person(c: &Context, item: &Item) -> bool {
    c.before(item, 1) == "of"
        && matches!(item.shape, Shape::Single)
        && matches!(c.before(item, 2), "man" | "woman" | "boy" | "girl" | "child" | "youth" | "teenager")
        && !c.s.tag(item.end).is_noun()
}

/// "under-18s", "over-65s".
fn under_eighteens(c: &Context, item: &Item) -> bool {
    let before = c.before(item, 1);
    let prefix = if before == "-" { c.before(item, 2) } else { before };
    let plural = item.n.form == Form::Decade
        || item.n.plain(c.s) && matches!(c.s.lower(item.end), "s" | "'s") && c.s.glued(item.end);
    matches!(prefix, "under" | "over") && plural
}

/// "Smith, 45, said", "Ann Lee (45)".
fn after_name(c: &Context, item: &Item) -> bool {
    set_apart(c, item).is_some_and(|noun| person(c.s, noun))
}

/// "the champion, 21, lost", "their Slovenian guide, 44, and", "the singer (45) said".
fn after_noun(c: &Context, item: &Item) -> bool {
    let grown = c.before(item, 1) != "(" || item.n.value >= Decimal::TEN;
    grown && set_apart(c, item).is_some_and(|noun| somebody(c.s, noun))
}

/// The noun that commas or brackets set the number apart from, if it is no member of a list: "Smith, 45,", "Smith, now 45,".
fn set_apart(c: &Context, item: &Item) -> Option<usize> {
    let (s, end) = (c.s, item.end);
    let at = item.start - matches!(c.before(item, 1), "now" | "then" | "just" | "only") as usize;
    let noun = at.checked_sub(2)?;
    let (before, next) = (s.lower(at - 1), s.lower(end));
    let closes =
        matches!(next, "," | ")" | ";" | "—" | "–") || (next == "." || next.is_empty()) && before == ",";
    let list = matches!(next, ",") && s.kind(end + 1) == TokenKind::Number;
    let apart = before == "," || before == "(" && next == ")";
    (apart && closes && !list && item.n.plain(s) && item.n.value >= Decimal::TWO).then_some(noun)
}

/// "the brothers, 21 and 24, were held", "the three, 9, 11 and 14,": numbers that end as they began, apart.
fn of_several(c: &Context, item: &Item) -> bool {
    let s = c.s;
    if !matches!(c.before(item, 1), "," | "(") || item.start < 2 {
        return false;
    }
    let Some(ages) = listed_apart(c, item) else { return false };
    let as_many = |before: &Item| before.end + 1 == item.start && before.n.value == Decimal::from(ages);
    let number = c.k.checked_sub(1).map(|k| &c.items[k]);
    persons(s, item.start - 2)
        || number.is_some_and(|n| as_many(n) && s.tag(n.start.saturating_sub(1)) == Tag::Det)
}

/// How many bare numbers the list holds that opens with the item and closes with a comma, a bracket or the sentence.
fn listed_apart(c: &Context, item: &Item) -> Option<usize> {
    let (s, mut last) = (c.s, item);
    for (k, next) in c.items[c.k + 1..].iter().take(8).enumerate() {
        let linked = next.start == last.end + 1 && matches!(s.lower(last.end), "," | "and");
        if !linked || !next.bare() || !next.n.plain(s) || next.n.value > Decimal::from(120) {
            return None;
        }
        if s.lower(last.end) == "and" {
            return matches!(s.word(next.end), "," | ")" | "." | ";" | "").then_some(k + 2);
        }
        last = next;
    }
    None
}

/// "the tourists, both 24, drowned".
fn of_both(c: &Context, item: &Item) -> bool {
    let closes = matches!(c.s.word(item.end), "," | "." | ";" | ")" | "");
    c.before(item, 1) == "both" && matches!(c.before(item, 2), "," | "(") && closes
}

/// "Ann Lee 45 has": text that lost its commas.
fn after_full_name(c: &Context, item: &Item) -> bool {
    let (s, i, end) = (c.s, item.number.start, item.end);
    let grown = item.n.value >= Decimal::from(16) && item.n.value < Decimal::ONE_HUNDRED;
    item.n.plain(s)
        && grown
        && i >= 2
        && person(s, i - 1)
        && person(s, i - 2)
        && matches!(
            s.lower(end),
            "has" | "had" | "was" | "is" | "said" | "says" | "who" | "told" | "of" | "from"
        )
}

/// "when she was 44", "before he is 40", "turned 50", "he will be 35 by then", "died at 32", "lived to be 97".
fn said_of_person(c: &Context, item: &Item) -> bool {
    let at = c.before(item, 1) == "at";
    if !(CLOSES.contains(c.s.lower(item.end)) || at && item.start == 1) {
        return false;
    }
    if at {
        return at_age(c, item);
    }
    let single = matches!(item.shape, Shape::Single);
    single && (turned(c, item) || lived_to(c, item) || is_of_age(c, item) || are_of_age(c, item))
}

/// "At 29, she became mayor", "At 81, the senator", "He left school at 14", where "joined the market at 14" gives a price and 12 is an hour.
fn at_age(c: &Context, item: &Item) -> bool {
    let (s, i) = (c.s, item.number.start);
    let grown = item.n.plain(s) && item.n.value > Decimal::from(12) && item.n.value < Decimal::ONE_HUNDRED;
    let speaks = |k: usize| matches!(s.lower(k), "he" | "she" | "i");
    let noun = || counted::phrase(s, i + 3).is_some_and(|p| !s.tag(p.head).is_name() && somebody(s, p.head));
    if i == 1 && grown && (speaks(i + 1) || s.word(i + 1) == "," && (speaks(i + 2) || noun())) {
        return true;
    }
    let (event, stage) = (|k: usize| LIFE.contains(s.lower(k)), |k: usize| STAGES.contains(s.lower(k)));
    let spoken_of = |k: usize| matches!(s.lower(k), "he" | "she" | "him" | "her");
    (0..i).any(event) || grown && (0..i).any(spoken_of) && (0..i).any(stage)
}

/// "turned 50", "turns 20 in May"; a clock turns as well.
fn turned(c: &Context, item: &Item) -> bool {
    let verb = matches!(c.before(item, 1), "turned" | "turns" | "turning" | "turn");
    verb && c.s.tag(item.start - 1).is_verb()
        && !c.near(item, 4, &["clock", "clocks", "dial", "hour", "needle"])
}

/// "lived to 102", "lives to be 97".
fn lived_to(c: &Context, item: &Item) -> bool {
    let word = |back: usize| first(item).checked_sub(back).map_or("", |i| c.s.lower(i));
    let be = (word(1) == "be") as usize;
    word(be + 1) == "to" && matches!(word(be + 2), "live" | "lives" | "lived" | "living")
}

/// "she was still only 19", "the pilot is now 45", "he would have been 90".
fn is_of_age(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let behind = |at: usize, passed: fn(&str) -> bool| (0..at).rev().take(4).find(|&k| !passed(s.lower(k)));
    let verb = behind(first(item), |w| HARDLY.contains(w)).filter(|&k| BEING.contains(s.lower(k)));
    let Some(verb) = verb else { return false };
    let subject = behind(verb, |w| HARDLY.contains(w) || HELPING.contains(w));
    let subject = subject.map(|k| before_insertion(s, k).unwrap_or(k));
    // "21 shots to Vale's seven"
    let genitive = matches!(s.lower(verb), "'s" | "’s");
    let named = |k: usize| person(s, k) && s.tag(k).is_name();
    let subject_is = |k: usize| {
        matches!(s.lower(k), "he" | "she" | "i" | "they" | "who" | "you")
            || !genitive && (named(k) || (person(s, k) || somebody(s, k)) && opens_clause(s, k))
    };
    let when = s.lower(item.end) == "when" && (0..verb).any(|k| matches!(s.lower(k), "he" | "she"));
    subject.is_some_and(subject_is) || when || youngest(c, verb + 1)
}

/// "the suspects were 17 and 19", "both are 17".
fn are_of_age(c: &Context, item: &Item) -> bool {
    let verb = item.start.checked_sub(1).filter(|&k| matches!(c.s.lower(k), "were" | "are"));
    let Some(subject) = verb.and_then(|k| k.checked_sub(1)) else { return false };
    let next = c.next().filter(|n| n.start == item.end + 1 && n.bare() && c.s.lower(item.end) == "and");
    let two = next.is_some_and(|n| matches!(c.s.word(n.end), "." | "," | ";" | ""));
    c.s.lower(subject) == "both" || two && persons(c.s, subject) && opens_clause(c.s, subject)
}

/// "the youngest of the four was 17": a verb at token `i - 1` behind the youngest or oldest of several.
fn youngest(c: &Context, i: usize) -> bool {
    let s = c.s;
    let open = |&k: &usize| !s.tag(k).is_verb() && s.tag(k) != Tag::Aux && !matches!(s.word(k), "," | ";");
    (i.saturating_sub(9)..i.saturating_sub(1))
        .rev()
        .take_while(open)
        .any(|k| matches!(s.lower(k), "youngest" | "oldest" | "eldest"))
}

/// "a life expectancy of around 73", "the retirement age will rise to 67".
fn lived(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let linked =
        matches!(c.before(item, 1), "of" | "is" | "was" | "to" | "at" | "from") || item.cue.is_some();
    let years = |k: usize| s.lower(k) == "age" && k > 0 && AGES.contains(s.lower(k - 1));
    let spoken = (0..item.start).any(|k| s.lower(k) == "expectancy")
        || (item.start.saturating_sub(12)..item.start).any(years);
    linked && item.n.value >= Decimal::from(10) && !s.tag(item.end).is_noun() && spoken
}

fn before_age(c: &Context, item: &Item) -> bool {
    (item.start.saturating_sub(4)..item.start).any(|i| c.s.lower(i) == "before")
        && matches!(c.before(item, 1), "is" | "was" | "turned" | "turns" | "turn" | "'s")
}
