//! What a pronoun stands for, where its sentence or the one before leaves no doubt.

use crate::clause::{Clause, Link};
use crate::figure::Phrase;
use crate::lemma;
use crate::lexicon::crosscheck::PERSONS;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::Sentence;
use crate::tag::Tag;

/// What agrees with a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// "it"
    Thing,
    /// "they"
    Several,
    /// "he", "she"
    Person,
}

/// How many clauses or noun phrases before a pronoun are looked at.
const REACH: usize = 24;

/// What a sentence speaks of: a pronoun that opens the next one stands for it.
#[derive(Clone, Debug)]
pub struct Topic {
    text: String,
    class: Class,
}

/// Says what a subject that is a pronoun stands for.
pub fn resolve(scene: &Scene, subject: &mut Phrase, topic: Option<&Topic>) {
    let Some(class) = class_of(&subject.head) else { return };
    let at = scene.sentence.token_at(subject.span.start);
    let alone = scene.sentence.tokens[at].span == subject.span;
    let own = scene.chunk_of(at).filter(|&c| alone && scene.chunks[c].head == at);
    if let Some(chunk) = own {
        subject.resolved = within(scene, chunk, class).or_else(|| opening(scene, chunk, class, topic));
    }
}

/// What the sentence speaks of: the subject of its first finite clause.
pub fn topic(scene: &Scene, before: Option<&Topic>) -> Option<Topic> {
    let finite = |c: &&Clause| c.link == Link::Main && c.verb.as_ref().is_some_and(|v| v.finite);
    let mut mains = scene.syntax.clauses.iter().filter(finite);
    let chunk = mains.next()?.subject?;
    let head = scene.chunks[chunk].head;
    match class_of(scene.sentence.lower(head)) {
        Some(class) => Some(Topic { text: opening(scene, chunk, class, before)?, class }),
        None => Some(Topic { class: agrees(scene, chunk)?, text: text_of(scene, chunk) }),
    }
}

fn class_of(pronoun: &str) -> Option<Class> {
    match pronoun {
        "it" => Some(Class::Thing),
        "they" | "them" => Some(Class::Several),
        "he" | "she" | "him" | "her" => Some(Class::Person),
        _ => None,
    }
}

/// The subject before the pronoun in its sentence, if nothing else there agrees: "the bank said it had cut 40 jobs".
fn within(scene: &Scene, pronoun: usize, class: Class) -> Option<String> {
    let s = scene.sentence;
    let at = scene.chunks[pronoun].head;
    if class == Class::Thing && stands_for_nothing(scene, at) {
        return None;
    }
    // "the bank fined him": him is not who does it
    let clause = usize::from(*scene.syntax.of.get(at)?);
    let own = scene.syntax.clauses[clause].subject;
    let finite = |c: &&Clause| c.verb.as_ref().is_some_and(|v| v.finite);
    let near = &scene.syntax.clauses[clause.saturating_sub(REACH)..=clause];
    let subjects = near.iter().filter(finite).filter_map(|c| c.subject);
    let found = subjects.filter(|&c| c < pronoun && agrees(scene, c) == Some(class)).max()?;
    if own == Some(found) && matches!(s.lower(at), "him" | "her" | "them") {
        return None;
    }
    let free = |c: usize| scene.chunks[c].tokens.start.checked_sub(1).is_none_or(|t| s.tag(t) != Tag::Adp);
    let rival = |c: usize| c != found && free(c) && agrees(scene, c) == Some(class);
    let quoted = (scene.chunks[found].tokens.end..at).any(|t| is_mark(s, t));
    (!quoted && !(pronoun.saturating_sub(REACH)..pronoun).any(rival)).then(|| text_of(scene, found))
}

fn text_of(scene: &Scene, chunk: usize) -> String {
    phrase::full(scene, chunk, true).span.of(scene.sentence.text).to_owned()
}

/// A pronoun that opens a sentence: what the sentence before speaks of.
fn opening(scene: &Scene, pronoun: usize, class: Class, topic: Option<&Topic>) -> Option<String> {
    let s = scene.sentence;
    let at = scene.chunks[pronoun].head;
    let topic = topic.filter(|t| t.class == class && pronoun < REACH)?;
    let main = scene.clause_of(at).is_some_and(|c| c.link == Link::Main && c.subject == Some(pronoun));
    let nothing = class == Class::Thing && stands_for_nothing(scene, at);
    let first = !(0..pronoun).any(|c| agrees(scene, c).is_some()) && !(0..at).any(|t| is_mark(s, t));
    (main && first && !nothing).then(|| topic.text.clone())
}

fn is_mark(s: &Sentence, t: usize) -> bool {
    matches!(s.word(t), "“" | "”" | "\"" | "''" | "``" | "‘")
}

/// "it took 14 ballots", "it was clear that", "it is 40C": an "it" that stands for nothing.
fn stands_for_nothing(scene: &Scene, at: usize) -> bool {
    let s = scene.sentence;
    let Some(verb) = scene.clause_of(at).and_then(Clause::main_verb) else { return true };
    matches!(
        s.lower(verb),
        "take" | "takes" | "took" | "taken" | "seems" | "seemed" | "turns" | "turned" | "means"
    ) || s.tag(verb) == Tag::Aux
}

/// Which pronoun may stand for a noun phrase.
fn agrees(scene: &Scene, chunk: usize) -> Option<Class> {
    let s = scene.sentence;
    let tokens = &scene.chunks[chunk].tokens;
    let head = scene.chunks[chunk].head;
    let person = || PERSONS.contains(&lemma::noun(s.lower(head), false));
    // "the Pentagon", "Alden Corp."; any other name may be a person's
    let body = || s.lower(tokens.start) == "the" || phrase::is_company_suffix(s.lower(head));
    match s.tag(head) {
        _ if scene.in_time(head) => None,
        Tag::Nouns => Some(Class::Several),
        Tag::Noun if person() => Some(Class::Person),
        Tag::Noun => Some(Class::Thing),
        Tag::Name if body() => Some(Class::Thing),
        Tag::Name => Some(Class::Person),
        _ => None,
    }
}
