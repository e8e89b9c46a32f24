//! ORDINAL: "his fifth term", "the second such incident", "22nd", "world No. 4".

use crate::counted;
use crate::figure::Kind;
use crate::item::Item;
use crate::mention::{Mention, NounPhrase};
use crate::number::Form;
use crate::sentence::TokenKind;
use crate::tag::Tag;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if item.n.form != Form::Ordinal {
        return rank(c, item);
    }
    let next = c.s.lower(item.end);
    let period = matches!(
        next,
        "quarter"
            | "half"
            | "century"
            | "minute"
            | "period"
            | "inning"
            | "innings"
            | "trimester"
            | "quarters"
    );
    if period && !matches!(c.before(item, 1), "a" | "his" | "her" | "its" | "their") {
        return None;
    }
    let mut mention = c.mention(Kind::Ordinal, "ordinal", item);
    let start = item.end + matches!(next, "such" | "of" | "-") as usize;
    let phrase = counted::phrase(c.s, if matches!(next, "such" | "-") { start } else { item.end });
    let phrase = phrase.or_else(|| shared(c, item));
    if let Some(phrase) = phrase.or_else(|| mistagged(c, item)).or_else(|| apposition(c, item)) {
        mention.unit = Some(c.noun_unit(phrase.head));
        mention.modifies = Some(phrase);
    }
    Some(mention)
}

/// "the first and third engines": the noun stands with the second.
fn shared(c: &Context, item: &Item) -> Option<NounPhrase> {
    let next = c.next().filter(|n| n.n.form == Form::Ordinal && n.start == item.end + 1)?;
    matches!(c.s.lower(item.end), "and" | "or").then(|| counted::phrase(c.s, next.end)).flatten()
}

/// "its fifth cut", "the second Australian": a noun that the tagger takes for something else.
fn mistagged(c: &Context, item: &Item) -> Option<NounPhrase> {
    let i = item.end;
    let word = c.s.lower(i);
    let tag = c.s.tag(i);
    let open = matches!(tag, Tag::Verb | Tag::VerbPresent | Tag::Adj)
        && c.s.kind(i) == TokenKind::Word
        && word.len() > 2;
    let determined =
        item.start > 0 && matches!(c.s.tag(item.start - 1), Tag::Det | Tag::Possessive | Tag::Part);
    (open && determined).then(|| NounPhrase { tokens: i..i + 1, head: i })
}

/// "Monday's debate, the first of the campaign": the noun before the comma.
fn apposition(c: &Context, item: &Item) -> Option<NounPhrase> {
    let comma = item.start.checked_sub(2).filter(|&k| c.s.lower(k + 1) == "the" && c.s.word(k) == ",")?;
    let head = comma.checked_sub(1).filter(|&h| matches!(c.s.tag(h), Tag::Noun | Tag::Nouns))?;
    Some(NounPhrase { tokens: head..head + 1, head })
}

/// "world No. 4", "ranked No. 1", "the No. 1 cause".
fn rank(c: &Context, item: &Item) -> Option<Mention> {
    let before = c.before(item, 1);
    let sign = matches!(before, "no." | "no" | "number" | "#")
        && item.bare()
        && c.s.kind(item.start) == TokenKind::Number;
    let seeded = matches!(before, "seeded" | "seed" | "ranked") && item.bare() && item.n.plain(c.s);
    if !(sign || seeded) {
        return None;
    }
    let mut mention = c.mention(Kind::Ordinal, "rank", item);
    if let Some(phrase) = counted::phrase(c.s, item.end).filter(|p| !c.s.tag(p.head).is_name()) {
        mention.unit = Some(c.noun_unit(phrase.head));
        mention.modifies = Some(phrase);
    }
    Some(mention)
}
