//! Corrections of tags that need a wider view than the tagger's window.

use crate::cue::{CHANGE_NOUNS, CHANGE_VERBS, REPORTING_VERBS};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// Corrects the tags of a sentence where the words around leave no doubt.
pub(crate) fn correct(sentence: &Sentence) {
    for i in 0..sentence.len() {
        if sentence.kind(i) == TokenKind::Word
            && let Some(tag) = better(sentence, i)
        {
            sentence.correct_tag(i, tag);
        }
    }
}

fn better(s: &Sentence, i: usize) -> Option<Tag> {
    let before = if i == 0 { Tag::Punct } else { s.tag(i - 1) };
    match s.tag(i) {
        Tag::Noun | Tag::Name | Tag::Adj | Tag::Verb
            if matches!(s.lower(i), "amid" | "amidst" | "despite" | "versus") =>
        {
            Some(Tag::Adp)
        }
        // "net dropped": no other word than these is one
        Tag::Relative if s.lower(i) == "net" => Some(Tag::Noun),
        Tag::Num if is_initials(s, i) => Some(Tag::Noun),
        Tag::VerbS if is_counted(s, i, before) => Some(Tag::Nouns),
        Tag::Aux | Tag::Verb | Tag::VerbPresent | Tag::VerbS if is_acronym(s, i) => Some(Tag::Name),
        Tag::Verb | Tag::VerbS | Tag::VerbPresent if is_name(s, i) || is_capital(s, i) => Some(Tag::Name),
        Tag::Verb | Tag::Adj | Tag::VerbPresent if is_subject_noun(s, i, before) => Some(Tag::Noun),
        tag if tag.is_verb() && is_change_noun(s, i) => Some(Tag::Noun),
        Tag::Noun if is_answer(s, i) => Some(Tag::VerbPresent),
        Tag::Noun | Tag::Nouns if is_measure_verb(s, i, before) => Some(Tag::VerbPast),
        Tag::Nouns | Tag::Noun if is_verb_of_saying(s, i, before) => Some(Tag::VerbS),
        Tag::VerbParticiple if before == Tag::Pron => Some(Tag::VerbPast),
        Tag::VerbParticiple if (before.is_noun() || before == Tag::Num) && takes_object(s, i) => {
            Some(Tag::VerbPast)
        }
        Tag::VerbParticiple if before.is_noun() && is_told(s, i) => Some(Tag::VerbPast),
        Tag::VerbParticiple if before.is_noun() && closes_aside(s, i) => Some(Tag::VerbPast),
        Tag::VerbPast if is_listed(s, i, before) => Some(Tag::VerbParticiple),
        tag if !tag.is_verb() && is_surely_past(s, i, before) => Some(Tag::VerbPast),
        _ => None,
    }
}

/// "20 EV models": capitals that the tagger takes for a numeral.
fn is_initials(s: &Sentence, i: usize) -> bool {
    let word = s.word(i);
    (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && s.tag(i + 1).is_noun()
}

/// "24 home runs and": the plural that several of something need.
fn is_counted(s: &Sentence, i: usize, before: Tag) -> bool {
    let several = i > 1
        && (s.kind(i - 2) == TokenKind::Number && s.word(i - 2) != "1"
            || s.tag(i - 2) == Tag::Num && s.lower(i - 2) != "one");
    several
        && matches!(before, Tag::Adv | Tag::Adj | Tag::Noun)
        && matches!(s.tag(i + 1), Tag::Cconj | Tag::Adp | Tag::Punct)
        && !REPORTING_VERBS.contains_key(s.lower(i))
        && !CHANGE_VERBS.contains_key(s.lower(i))
}

/// "Lee charges that …".
fn is_verb_of_saying(s: &Sentence, i: usize, before: Tag) -> bool {
    let clause = s.lower(i + 1) == "that"
        && !(s.tag(i + 2).is_verb() || matches!(s.tag(i + 2), Tag::Aux | Tag::Modal));
    clause && before.is_name() && s.lower(i).ends_with('s') && REPORTING_VERBS.contains_key(s.lower(i))
}

/// "9 percent support the plan": a noun where only a verb can stand.
fn is_answer(s: &Sentence, i: usize) -> bool {
    let share = i > 1 && matches!(s.lower(i - 1), "percent" | "cent" | "%");
    share && matches!(s.tag(i + 1), Tag::Det | Tag::Possessive) && !s.lower(i).ends_with("ing")
}

/// "EDS earned".
fn is_acronym(s: &Sentence, i: usize) -> bool {
    let word = s.word(i);
    word.len() > 1
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && (0..s.len().min(6)).any(|k| s.word(k).bytes().any(|b| b.is_ascii_lowercase()))
}

/// "Forbes says": a capital before a finite verb of saying.
fn is_name(s: &Sentence, i: usize) -> bool {
    s.word(i).starts_with(char::is_uppercase)
        && matches!(s.tag(i + 1), Tag::VerbS | Tag::VerbPast)
        && REPORTING_VERBS.contains_key(s.lower(i + 1))
}

/// "would back Trump,": a capital between small letters; between two capitals only within a name.
fn is_capital(s: &Sentence, i: usize) -> bool {
    let capital = |k: usize| s.word(k).starts_with(char::is_uppercase);
    let small = |k: usize| s.word(k).starts_with(char::is_lowercase);
    let Some(before) = i.checked_sub(1) else { return false };
    let prose = || (i.saturating_sub(8)..i).any(small);
    let named = s.tag(before).is_name() && s.tag(i + 1).is_name() && prose();
    capital(i)
        && (small(before) && !capital(i + 1) && !matches!(s.tag(before), Tag::Part | Tag::Modal | Tag::Cconj)
            || named)
}

/// "profit soared", "Net at the unit fell": a bare form where only a subject can stand.
fn is_subject_noun(s: &Sentence, i: usize, before: Tag) -> bool {
    let free = matches!(before, Tag::Punct | Tag::Cconj | Tag::Sconj | Tag::Adv) || i == 0;
    let change =
        |k: usize| CHANGE_VERBS.contains_key(s.lower(k)) && s.tag(k) != Tag::VerbIng && is_past(s.lower(k));
    let verb = |k: usize| matches!(s.tag(k), Tag::VerbPast | Tag::VerbS | Tag::Modal) || change(k);
    if !free || s.tag(i) == Tag::Adj && !change(i + 1) && s.tag(i + 1) != Tag::Adp {
        return false;
    }
    if verb(i + 1) {
        return true;
    }
    // The next finite verb is one of change, with nothing but a prepositional phrase between.
    let nominal = |k: &usize| {
        let t = s.tag(*k);
        t.is_noun() || t.is_adj() || matches!(t, Tag::Det | Tag::Possessive | Tag::Part | Tag::Adp)
    };
    s.tag(i + 1) == Tag::Adp
        && (i + 2..s.len().min(i + 10)).find(|k| !nominal(k)).is_some_and(|k| change(k) || s.word(k) == ",")
}

/// "its fifth cut", "a quarter-point cut", "a 4 percent drop"
fn is_change_noun(s: &Sentence, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let measured = matches!(s.tag(before), Tag::Num | Tag::Adj | Tag::AdjComparative)
        || matches!(
            s.lower(before),
            "percent" | "point" | "cent" | "%" | "first" | "second" | "third" | "fourth" | "fifth"
        );
    CHANGE_NOUNS.contains_key(s.lower(i))
        && measured
        && (before.saturating_sub(3)..before).any(|t| matches!(s.tag(t), Tag::Det | Tag::Possessive))
        && !(before.saturating_sub(3)..before).any(|t| s.tag(t).is_name())
}

/// "the bridge cost $40 million": a verb of measure between a noun and a figure, where no verb came before.
fn is_measure_verb(s: &Sentence, i: usize, before: Tag) -> bool {
    const VERBS: [&str; 15] = [
        "cost", "costs", "weighs", "measures", "totals", "averages", "spans", "employs", "holds", "owns",
        "earns", "pays", "tops", "nears", "covers",
    ];
    let figure = matches!(s.tag(i + 1), Tag::Num | Tag::Sym | Tag::Adv) && s.word(i + 1) != "-";
    let finite =
        |t: usize| matches!(s.tag(t), Tag::VerbPast | Tag::VerbS | Tag::VerbPresent | Tag::Aux | Tag::Modal);
    before.is_noun() && figure && VERBS.contains(&s.lower(i)) && !(0..i).any(finite)
}

/// A participle behind a noun that has an object is none: "a gunman fired 57 rounds".
fn takes_object(s: &Sentence, i: usize) -> bool {
    let next = s.tag(i + 1);
    let object = matches!(next, Tag::Det | Tag::Num | Tag::Possessive | Tag::AdjComparative)
        || next == Tag::Sym && s.word(i + 1) != "-";
    let two_objects = matches!(
        s.lower(i),
        "called" | "named" | "given" | "paid" | "dubbed" | "awarded" | "offered" | "titled" | "aged"
    );
    object && !two_objects
}

/// "police said 300 people marched through": what is said needs a finite verb, and no other is in sight.
fn is_told(s: &Sentence, i: usize) -> bool {
    const SAYING: [&str; 7] = ["said", "says", "say", "claimed", "claims", "estimated", "estimates"];
    let finite =
        |k: usize| matches!(s.tag(k), Tag::VerbPast | Tag::VerbS | Tag::VerbPresent | Tag::Aux | Tag::Modal);
    let nominal = |k: &usize| {
        let t = s.tag(*k);
        t.is_noun()
            || t.is_adj()
            || matches!(t, Tag::Num | Tag::Det | Tag::Adv | Tag::Possessive | Tag::Part | Tag::Adp)
    };
    let said = (i.saturating_sub(10)..i).rev().find(|k| !nominal(k));
    said.is_some_and(|k| SAYING.contains(&s.lower(k)) && s.tag(k + 1) != Tag::Adp)
        && !(i + 1..s.len().min(i + 20)).take_while(|&k| s.tag(k) != Tag::Punct).any(finite)
}

/// "…, the poll found."
fn closes_aside(s: &Sentence, i: usize) -> bool {
    let apart = (i.saturating_sub(6)..i).any(|t| matches!(s.word(t), "," | "”" | "\""));
    apart && matches!(s.word(i + 1), "." | "," | "") && REPORTING_VERBS.contains_key(s.lower(i))
}

/// "had bought tents, arranged for beds, hired nurses": one of several participles of a perfect.
fn is_listed(s: &Sentence, i: usize, before: Tag) -> bool {
    if !matches!(before, Tag::Punct | Tag::Cconj) || !matches!(s.lower(i.wrapping_sub(1)), "," | "and") {
        return false;
    }
    let participle = |t: usize| s.tag(t) == Tag::VerbParticiple;
    let from = i.saturating_sub(40);
    let perfect = (from..i).rev().find(|&t| s.tag(t).is_finite() && !(t > 0 && s.lower(t - 1) == "to"));
    perfect.is_some_and(|t| {
        matches!(s.lower(t), "have" | "has" | "had")
            && participle(t + 1)
            && (t + 2..i).any(|k| s.word(k) == "," && participle(k + 1))
    })
}

/// "rose", "climbed", "sank" behind a noun, with a figure or preposition after it.
fn is_surely_past(s: &Sentence, i: usize, before: Tag) -> bool {
    let word = s.lower(i);
    let known = || CHANGE_VERBS.contains_key(word) || REPORTING_VERBS.contains_key(word);
    let after = s.tag(i + 1);
    is_past(word)
        && known()
        && (before.is_noun() || matches!(before, Tag::Adv | Tag::Pron | Tag::Num))
        && matches!(
            after,
            Tag::Num
                | Tag::Sym
                | Tag::Adp
                | Tag::Part
                | Tag::Punct
                | Tag::Adv
                | Tag::AdjComparative
                | Tag::Det
        )
        && s.word(i).starts_with(char::is_lowercase)
}

fn is_past(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "rose"
                | "fell"
                | "sank"
                | "grew"
                | "shrank"
                | "slid"
                | "leapt"
                | "crept"
                | "lost"
                | "said"
                | "told"
                | "went"
                | "came"
                | "held"
                | "sent"
        )
}
