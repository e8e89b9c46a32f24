//! Reads the noun phrase that a number counts.

use crate::lexicon::counted::ENDS;
use crate::mention::NounPhrase;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// Words that stand between a number and its noun without being either.
const LINKS: [&str; 4] = ["or", "and", "-", "/"];

/// The noun phrase that starts at token `at`: adjectives, nouns and measures up to its head.
///
/// "152mm artillery shells" has the head "shells"; "people Monday" ends before the day.
pub fn phrase(s: &Sentence, at: usize) -> Option<NounPhrase> {
    let mut i = at;
    let mut head: Option<usize> = None;
    let mut open = true; // whether a head must still come: after an adjective or a hyphen
    while i < s.len() && i - at < 12 {
        let (tag, word) = (s.tag(i), s.lower(i));
        if ENDS.contains(word) || (s.kind(i) == TokenKind::Word && is_time_unit_after(s, i, head)) {
            break;
        }
        // "low- and middle-income Americans"
        if word == "-" && s.glued(i) && !s.glued(i + 1) && s.tag(i + 1) == Tag::Cconj && i > at {
            open = true;
            i += 2;
            continue;
        }
        if (word == "-" || word == "‑")
            && s.glued(i)
            && s.glued(i + 1)
            && i > at
            && s.kind(i + 1) == TokenKind::Word
        {
            // "drug-related deaths": what stood before the hyphen is no head
            if let Some(end) = hyphenated(s, i) {
                open = true;
                i = end;
                continue;
            }
            break;
        }
        // "two would-be robbers"
        if (i == at || open)
            && s.kind(i) == TokenKind::Word
            && !tag.is_noun()
            && s.word(i + 1) == "-"
            && s.glued(i + 1)
            && s.glued(i + 2)
            && s.kind(i + 2) == TokenKind::Word
            && let Some(end) = hyphenated(s, i + 1)
        {
            open = true;
            i = end;
            continue;
        }
        match tag {
            // right after a number the tagger's "shares" or "wins" is a plural noun
            Tag::VerbS
                if (i == at || open && head.is_none())
                    && word.ends_with('s')
                    && !matches!(word, "is" | "has" | "was" | "does")
                    && !(s.tag(i + 1).is_noun() || matches!(s.lower(i + 1), "a" | "an" | "the")) =>
            {
                head = Some(i);
                open = false;
            }
            // "122mm multiple rocket launchers": the unit of a measure is no head
            _ if s.glued(i) && i > at && s.kind(i - 1) == TokenKind::Number && head.is_none() => open = true,
            Tag::Noun | Tag::Nouns | Tag::Name | Tag::Names if s.kind(i) != TokenKind::Number => {
                if let Some(h) = head.filter(|&h| h + 1 == i)
                    && !compounds(s, h, i)
                {
                    break;
                }
                head = Some(i);
                open = false;
            }
            Tag::Part if matches!(word, "'s" | "’s" | "'" | "’") && head == Some(i.wrapping_sub(1)) => {
                open = true
            }
            Tag::Adj | Tag::AdjComparative | Tag::AdjSuperlative
                if head.is_none_or(|_| open) || modifies(s, i, head) =>
            {
                open = true
            }
            Tag::VerbParticiple | Tag::VerbIng | Tag::VerbPast
                if (head.is_none() || open)
                    && (tag != Tag::VerbPast || i > at || is_participle(s, i))
                    && leads_to_noun(s, i) =>
            {
                open = true
            }
            Tag::Adv | Tag::AdvComparative if head.is_none() && leads_to_noun(s, i) => {}
            Tag::Num if open && s.kind(i) == TokenKind::Number && s.glued(i + 1) => {}
            // "60,000 Model 3 sedans"
            Tag::Num
                if head == Some(i.wrapping_sub(1))
                    && named(s, i - 1)
                    && s.kind(i) == TokenKind::Number
                    && s.tag(i + 1) == Tag::Nouns =>
            {
                open = true
            }
            // "the gallery's 600 seats"
            Tag::Num if open && i > at && matches!(s.tag(i - 1), Tag::Part) => {}
            Tag::Num | Tag::Sym if open && head.is_none() && s.kind(i) == TokenKind::Number && i > at => {}
            // "Kia and Hyundai vehicles"
            Tag::Cconj
                if head == Some(i.wrapping_sub(1)) && named(s, i - 1) && names_lead_to_nouns(s, i + 1) =>
            {
                open = true
            }
            Tag::Cconj if head.is_none() && i > at && s.tag(i - 1).is_adj() && s.tag(i + 1).is_adj() => {}
            Tag::Punct
                if word == ","
                    && head.is_none()
                    && i > at
                    && s.tag(i - 1).is_adj()
                    && s.tag(i + 1).is_adj() => {}
            _ if s.kind(i) == TokenKind::Word && open && i > at && s.glued(i) && s.lower(i - 1) == "-" => {}
            _ if matches!(word, "“" | "\"" | "‘") && head.is_none() && i == at => {}
            _ => break,
        }
        i += 1;
    }
    // the tagger takes some nouns for adjectives: "one paramedic said"
    let adjective = i > at
        && s.tag(i - 1) == Tag::Adj
        && (s.tag(i).is_verb() || matches!(s.tag(i), Tag::Aux | Tag::Modal))
        && !matches!(s.lower(i - 1), "more" | "other" | "such" | "different" | "dead");
    if head.is_none() && adjective {
        return Some(NounPhrase { tokens: at..i, head: i - 1 });
    }
    let head = head.filter(|_| !open).or_else(|| head.filter(|&h| s.tag(h) == Tag::Nouns))?;
    Some(NounPhrase { tokens: at..head + 1, head })
}

/// "475 pledged delegates": a past form right before a plural, in a sentence that has another finite verb.
fn is_participle(s: &Sentence, i: usize) -> bool {
    let finite = |k: usize| {
        k != i && matches!(s.tag(k), Tag::VerbPast | Tag::VerbS | Tag::VerbPresent | Tag::Aux | Tag::Modal)
    };
    s.tag(i + 1) == Tag::Nouns && (i.saturating_sub(12)..(i + 12).min(s.len())).any(finite)
}

/// A name, or a noun with the capital of one: "Boeing", "Model".
fn named(s: &Sentence, i: usize) -> bool {
    s.tag(i) == Tag::Name || s.tag(i) == Tag::Noun && s.word(i).starts_with(char::is_uppercase)
}

/// "Model S and Model X vehicles", "Kia and Hyundai cars": whether names from `i` on end in a plural.
fn names_lead_to_nouns(s: &Sentence, i: usize) -> bool {
    let names = (i..i + 3).take_while(|&k| named(s, k)).count();
    names > 0 && s.tag(i + names) == Tag::Nouns
}

/// "people years ago": a noun that begins a time expression.
fn is_time_unit_after(s: &Sentence, i: usize, head: Option<usize>) -> bool {
    head.is_some()
        && matches!(s.lower(i), "years" | "year" | "months" | "weeks" | "days")
        && matches!(s.lower(i + 1), "ago" | "earlier" | "later" | "before")
}

/// End of the word joined by the hyphen at `i`, where a noun follows it.
fn hyphenated(s: &Sentence, i: usize) -> Option<usize> {
    let end = i + 2;
    let more = s.lower(end) == "-" && s.glued(end) && s.glued(end + 1);
    let follows = s.tag(end).is_noun()
        || s.tag(end).is_adj()
        || more
        || matches!(s.tag(end), Tag::VerbIng | Tag::VerbParticiple);
    if follows {
        return Some(end);
    }
    // "12 by-elections", "two vice-presidents": the word after the hyphen is the head itself
    s.tag(i + 1).is_noun().then_some(i + 1)
}

/// Whether the noun at `i` goes on the phrase whose noun before it is `h`.
fn compounds(s: &Sentence, h: usize, i: usize) -> bool {
    let (before, now) = (s.tag(h), s.tag(i));
    match before {
        Tag::Nouns => matches!(now, Tag::Nouns) || (now == Tag::Noun && s.tag(i + 1) == Tag::Nouns),
        Tag::Names => !now.is_name(),
        Tag::Noun => now != Tag::Name || s.tag(i + 1).is_noun() || named(s, h),
        _ => true,
    }
}

/// An adjective or participle after a noun that still has a noun after it: "bus related deaths".
fn modifies(s: &Sentence, i: usize, head: Option<usize>) -> bool {
    let after_noun = head == Some(i.wrapping_sub(1)) && s.tag(i.wrapping_sub(1)) != Tag::Nouns;
    let adjectives = (i..i + 3).take_while(|&k| s.tag(k).is_adj() || s.tag(k) == Tag::VerbParticiple).count();
    after_noun && s.tag(i + adjectives.max(1)) == Tag::Nouns
}

/// Whether adverbs, adjectives and participles from `i` on lead to a noun.
fn leads_to_noun(s: &Sentence, i: usize) -> bool {
    let mut j = i + 1;
    while j < s.len() && j < i + 6 {
        match s.tag(j) {
            tag if tag.is_noun() => return !ENDS.contains(s.lower(j)),
            Tag::Adj
            | Tag::AdjComparative
            | Tag::AdjSuperlative
            | Tag::Adv
            | Tag::VerbIng
            | Tag::VerbParticiple => {}
            Tag::VerbPast if s.tag(j + 1).is_noun() => {}
            _ if LINKS.contains(&s.lower(j)) => {}
            _ => return false,
        }
        j += 1;
    }
    false
}
