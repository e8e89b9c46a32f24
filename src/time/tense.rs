//! Which way a sentence leans around a time: back, forward, or neither.

use crate::sentence::Sentence;
use crate::tag::Tag;

/// Where the time lies that a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Past,
    Future,
    /// Nothing says; the nearest is meant.
    Near,
}

/// How far to look for the verb.
const REACH: usize = 30;

/// Which way the clause around tokens `from..to` leans.
pub(super) fn lean(s: &Sentence, from: usize, to: usize) -> Lean {
    if from > 0 && s.lower(from - 1) == "since" {
        return Lean::Past;
    }
    if from > 0 && starts_something(s.lower(from - 1)) || from > 1 && starts_something(s.lower(from - 2)) {
        return Lean::Future;
    }
    // "a June agreement" lies where it is nearest
    if from > 0 && matches!(s.lower(from - 1), "a" | "an") && matches!(s.tag(to), Tag::Noun | Tag::Nouns) {
        return Lean::Near;
    }
    let found = clause(s, from, to);
    // "follows Tuesday's declaration": a present tense plans nothing with what is named after a day
    let named = matches!(s.lower(to), "'s" | "’s");
    if named && found.1 && found.0 == Lean::Future { Lean::Near } else { found.0 }
}

/// What the nearest verb says, and whether it is no more than a present tense.
fn clause(s: &Sentence, from: usize, to: usize) -> (Lean, bool) {
    let weak = |i: usize| !matches!(s.tag(i), Tag::Modal | Tag::Verb);
    let left = (from.saturating_sub(REACH)..from).rev();
    let mut gerund = false;
    for i in left {
        if matches!(s.word(i), ";" | ":" | "“" | "``") {
            break;
        }
        // what stands before a bare "-ing" is only its purpose: "voted for a force to protect it, with troops arriving Tuesday"
        gerund |= s.tag(i) == Tag::VerbIng && auxiliary(s, i).is_none();
        if gerund && s.tag(i) == Tag::Verb {
            continue;
        }
        if let Some(lean) = verb(s, i) {
            return (lean, weak(i));
        }
    }
    let right = (to..s.len().min(to + REACH)).find_map(|i| Some((verb(s, i)?, weak(i))));
    right.unwrap_or((Lean::Near, true))
}

/// Words after which a time has yet to come.
fn starts_something(lower: &str) -> bool {
    matches!(
        lower,
        "starting" | "beginning" | "effective" | "due" | "scheduled" | "until" | "expiring" | "maturing"
    )
}

/// What the verb at token `i` says; `None` where it says nothing.
fn verb(s: &Sentence, i: usize) -> Option<Lean> {
    match s.tag(i) {
        Tag::Modal => Some(if perfect(s, i + 1) { Lean::Past } else { Lean::Future }),
        Tag::VerbPast => Some(if plans(s.lower(i)) { Lean::Future } else { Lean::Past }),
        Tag::Verb => Some(infinitive(s, i)),
        Tag::VerbParticiple => participle(s, i),
        Tag::VerbIng => auxiliary(s, i),
        Tag::Aux => match s.lower(i) {
            "was" | "were" | "had" | "did" | "has" | "have" | "'ve" | "’ve" => Some(Lean::Past),
            "is" | "are" | "'s" | "’s" | "be" if s.lower(i + 1) == "to" => Some(Lean::Future),
            // "the hearing will be Friday"
            "be" if (i.saturating_sub(3)..i).any(|k| s.tag(k) == Tag::Modal) => Some(Lean::Future),
            "is" | "are" | "am" | "be" => Some(Lean::Near),
            _ => None,
        },
        Tag::VerbPresent | Tag::VerbS => Some(present(s.lower(i))),
        // "the market closed Wednesday"
        Tag::Adj
            if s.lower(i).ends_with("ed") && !matches!(s.tag(i + 1), Tag::Noun | Tag::Nouns | Tag::Adj) =>
        {
            Some(Lean::Past)
        }
        _ => None,
    }
}

/// "have" after a modal: "may have left".
fn perfect(s: &Sentence, i: usize) -> bool {
    (i..i + 3)
        .any(|k| s.lower(k) == "have" && matches!(s.tag(k + 1), Tag::VerbParticiple | Tag::Aux | Tag::Adv))
}

/// A base form: after "to" or a modal it has yet to come, after "did" it has not.
fn infinitive(s: &Sentence, i: usize) -> Lean {
    for k in (i.saturating_sub(4)..i).rev() {
        match s.lower(k) {
            "did" | "didn't" => return Lean::Past,
            // "had been due to expire"
            "to" if (k.saturating_sub(4)..k).any(|h| s.lower(h) == "had" && s.lower(h + 1) == "been") => {
                return Lean::Past;
            }
            "to" => return Lean::Future,
            _ if s.tag(k) == Tag::Modal => return Lean::Future,
            _ => {}
        }
    }
    Lean::Future
}

/// A participle: its auxiliary decides, or what it says itself.
fn participle(s: &Sentence, i: usize) -> Option<Lean> {
    let planned = plans(s.lower(i));
    match auxiliary(s, i) {
        Some(Lean::Future) => Some(Lean::Future),
        _ if planned => Some(Lean::Future),
        _ => Some(Lean::Past),
    }
}

/// What the auxiliary before token `i` says.
fn auxiliary(s: &Sentence, i: usize) -> Option<Lean> {
    for k in (i.saturating_sub(4)..i).rev() {
        match s.lower(k) {
            "was" | "were" | "been" | "had" | "has" | "have" => return Some(Lean::Past),
            "be" | "is" | "are" | "am" | "'m" | "'re" | "’re" => return Some(Lean::Future),
            _ if s.tag(k) == Tag::Modal => return Some(Lean::Future),
            _ if s.tag(k) == Tag::Adv || s.tag(k) == Tag::Part => {}
            _ => return None,
        }
    }
    None
}

/// Participles of plans.
fn plans(lower: &str) -> bool {
    matches!(
        lower,
        "scheduled"
            | "expected"
            | "planned"
            | "due"
            | "set"
            | "slated"
            | "projected"
            | "forecast"
            | "postponed"
            | "delayed"
            | "proposed"
    )
}

/// A present tense beside a date is a plan ("opens Friday"), but reports report what was, and some forms
/// are past as well.
fn present(lower: &str) -> Lean {
    match lower {
        "says" | "say" | "reports" | "shows" | "show" => Lean::Past,
        "hit" | "cut" | "set" | "put" | "beat" | "hurt" | "let" | "shut" | "quit" | "cost" | "split"
        | "spread" | "bid" | "cast" | "has" | "have" | "share" | "shares" => Lean::Near,
        _ => Lean::Future,
    }
}
