//! Names and nouns of persons, before their ages.

use crate::lemma;
use crate::lexicon::counted::{PAIRS, PEOPLE, RELATIVES, ROLES, THINGS};
use crate::lexicon::crosscheck::PERSONS;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// Endings of nouns that say what a person does or where he comes from.
const ENDINGS: [&str; 6] = ["er", "or", "ist", "ian", "man", "woman"];

/// Tokens of a noun phrase that are looked at to find its start.
const REACH: usize = 8;

/// Whether token `i` ends the name of a person.
pub(super) fn person(s: &Sentence, i: usize) -> bool {
    let word = s.lower(i);
    (s.tag(i).is_name() && s.word(i).starts_with(char::is_uppercase) && !month(word))
        || PEOPLE.contains(word)
        || RELATIVES.contains(word)
}

/// Whether token `i` ends a noun phrase for one person: "the champion", "an unlicensed plumber", "a mother of two".
pub(super) fn somebody(s: &Sentence, i: usize) -> bool {
    if s.tag(i) == Tag::Num {
        let back = if i > 3 && s.word(i - 1) == "-" { 4 } else { 2 };
        return i > 1 && matches!(s.lower(i - back), "mother" | "father" | "mum" | "mom" | "dad");
    }
    let word = s.lower(i);
    let plural = matches!(s.tag(i), Tag::Nouns | Tag::Names);
    // "the Belarusian", "the Japanese": the tagger takes them for adjectives
    let origin = s.word(i).starts_with(char::is_uppercase) && s.tag(i) == Tag::Adj;
    let noun = !plural && (origin || is_person(word)) || word == "twins";
    noun && s.kind(i) == TokenKind::Word && start(s, i).is_some()
}

/// Whether token `i` ends a noun phrase for several persons: "the brothers", "two women", "the couple".
pub(super) fn persons(s: &Sentence, i: usize) -> bool {
    let word = s.lower(i);
    let plural = s.tag(i) == Tag::Nouns || matches!(word, "men" | "women" | "children" | "people");
    let singular = lemma::noun(word, false);
    plural && (is_person(&singular) || RELATIVES.contains(&singular)) || PAIRS.contains(word)
}

/// Whether the noun phrase that ends at token `i` hangs on no preposition, so that it can be the subject.
pub(super) fn opens_clause(s: &Sentence, i: usize) -> bool {
    start(s, i).is_some_and(|k| k == 0 || s.tag(k - 1) != Tag::Adp)
}

/// "the dancer, whose career spanned two wars, was 90", "The goalkeeper, 1.96m tall, is 22": the token before what stands
/// between commas, the second of which is token `k`.
pub(super) fn before_insertion(s: &Sentence, k: usize) -> Option<usize> {
    let from = k.saturating_sub(20);
    let open = (from..k).rev().find(|&i| s.word(k) == "," && s.word(i) == ",")?;
    let before = open.checked_sub(1)?;
    let relative = matches!(s.lower(open + 1), "who" | "whose" | "whom");
    (relative || start(s, before) == Some(0)).then_some(before)
}

/// First token of the noun phrase that ends at token `i`, where a determiner or the sentence opens it.
fn start(s: &Sentence, i: usize) -> Option<usize> {
    for k in (i.saturating_sub(REACH)..i).rev() {
        match s.tag(k) {
            Tag::Det | Tag::Possessive => return Some(k),
            Tag::Part if matches!(s.lower(k), "'s" | "’s" | "'" | "’") => return Some(k),
            Tag::Num | Tag::VerbParticiple | Tag::VerbIng => {}
            tag if tag.is_noun() || tag.is_adj() || s.word(k) == "-" => {}
            _ => return None,
        }
    }
    (i < REACH).then_some(0)
}

/// Whether a noun in the singular means one person.
fn is_person(word: &str) -> bool {
    let ending = || word.len() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending));
    (PERSONS.contains(word) || ROLES.contains(word) || ending()) && !THINGS.contains(word)
}

fn month(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "inc"
            | "corp"
            | "co"
            | "ltd"
    )
}
