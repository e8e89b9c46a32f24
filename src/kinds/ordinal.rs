//! ORDINAL: "his fifth term", "the second such incident", "22nd", "world No. 4".

use rust_decimal::Decimal;

use crate::counted;
use crate::figure::{Comparator, Kind};
use crate::item::{Item, Shape};
use crate::lexicon::counted::{SCORING, SPELLS, WINS};
use crate::mention::{Mention, NounPhrase, Written};
use crate::number::Form;
use crate::sentence::TokenKind;
use crate::tag::Tag;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if item.n.form != Form::Ordinal {
        return rank(c, item).or_else(|| next_of_several(c, item));
    }
    let next = c.s.lower(item.end + (c.s.word(item.end) == "-") as usize);
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
    let next = c.s.lower(item.end);
    let start = item.end + matches!(next, "such" | "of" | "-") as usize;
    let phrase = counted::phrase(c.s, if matches!(next, "such" | "-") { start } else { item.end });
    let phrase = phrase.filter(|p| !matches!(c.s.lower(p.head), "straight" | "running"));
    let phrase = phrase.or_else(|| shared(c, item));
    let ranked = [of_several, mistagged, apposition, said_of];
    if let Some(phrase) = phrase.or_else(|| ranked.iter().find_map(|read| read(c, item))) {
        mention.unit = Some(c.noun_unit(phrase.head));
        mention.modifies = Some(phrase);
    }
    Some(mention)
}

/// "the first and third engines", "the third and last day": the noun stands with the second.
fn shared(c: &Context, item: &Item) -> Option<NounPhrase> {
    if c.s.lower(item.end) == "and" && matches!(c.s.lower(item.end + 1), "last" | "final") {
        return counted::phrase(c.s, item.end + 2);
    }
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

/// "the fifth of seven hearings", "the first of the three sisters".
fn of_several(c: &Context, item: &Item) -> Option<NounPhrase> {
    let s = c.s;
    let mut i = item.end + 1;
    if s.lower(item.end) != "of" {
        return None;
    }
    i += matches!(s.tag(i), Tag::Det | Tag::Possessive) as usize;
    i += (s.tag(i) == Tag::Num) as usize;
    counted::phrase(s, i).filter(|p| s.tag(p.head) == Tag::Nouns)
}

/// "The raid was the third since spring": what is ranked is the subject before the copula.
fn said_of(c: &Context, item: &Item) -> Option<NounPhrase> {
    let s = c.s;
    let ends = matches!(s.word(item.end), "" | "." | "," | ";")
        || matches!(s.tag(item.end), Tag::Adp | Tag::Sconj | Tag::Adv)
        || matches!(s.lower(item.end), "this" | "last" | "since" | "such");
    let from = item.start.saturating_sub(6);
    let copula = (from..item.start)
        .rev()
        .find(|&i| matches!(s.lower(i), "was" | "is" | "were" | "became" | "becomes"))?;
    let definite =
        matches!(c.before(item, 1), "the" | "'s" | "’s") || s.tag(item.start - 1) == Tag::Possessive;
    if !ends || !definite || (copula + 1..item.start).any(|i| s.tag(i).is_verb()) {
        return None;
    }
    let clause = (0..copula).rev().find(|&i| matches!(s.word(i), ";" | ":" | "“" | "—")).map_or(0, |i| i + 1);
    let first = clause + matches!(s.tag(clause), Tag::Det | Tag::Possessive) as usize;
    counted::phrase(s, first).filter(|p| p.head < copula && !s.tag(p.head).is_name() && first > clause)
}

/// "world No. 4", "ranked No. 1", "the No. 1 cause".
fn rank(c: &Context, item: &Item) -> Option<Mention> {
    let before = c.before(item, 1);
    let sign = matches!(before, "no." | "no" | "number" | "#")
        && item.bare()
        && c.s.kind(item.start) == TokenKind::Number;
    let seeded = matches!(before, "seeded" | "seed" | "ranked") && item.bare() && item.n.plain(c.s);
    // "the world number one", "at number two"; "law number three" has a label
    let law = item.start > 1 && c.s.tag(item.start - 2).is_noun() && c.before(item, 2) != "world";
    let spelled = before == "number"
        && !law
        && item.bare()
        && item.n.form == Form::Words
        && item.n.value <= Decimal::TEN
        && matches!(item.shape, Shape::Single)
        && c.s.lower(item.end) != "times";
    if !(sign || seeded || spelled) {
        return None;
    }
    let mut mention = c.mention(Kind::Ordinal, "rank", item);
    if let Some(phrase) = counted::phrase(c.s, item.end).filter(|p| !c.s.tag(p.head).is_name()) {
        mention.unit = Some(c.noun_unit(phrase.head));
        mention.modifies = Some(phrase);
    }
    Some(mention)
}

/// "a fifth in a row", "scored a third on the hour", "won a sixth of the season": the next of several, where "a fifth of
/// the voters" is a share.
fn next_of_several(c: &Context, item: &Item) -> Option<Mention> {
    let (s, end) = (c.s, item.end);
    let Form::Fraction(1, nth) = item.n.form else { return None };
    let article = matches!(s.lower(item.number.start), "a" | "an") && item.number.len() == 2;
    let verb = c.before(item, 1);
    let in_a_row = match (s.lower(end), s.lower(end + 1), s.lower(end + 2)) {
        ("in", "a", "row") | ("in", "succession", _) | ("in", "as", "many") => true,
        ("running" | "straight", next, _) => matches!(next, "." | "," | ";" | "" | "and" | "after"),
        _ => false,
    };
    let spell = s.lower(end) == "of"
        && (WINS.contains(verb) || SCORING.contains(verb))
        && matches!(s.lower(end + 1), "the" | "this" | "his" | "her" | "their")
        && SPELLS.contains(s.lower(end + 2))
        && s.tag(end + 3) != Tag::Part;
    let scored = SCORING.contains(verb)
        && (matches!(s.word(end), "." | "," | ";" | "")
            || matches!(s.tag(end), Tag::Adp | Tag::Sconj | Tag::Adv) && s.lower(end) != "of");
    if !item.bare() || !article || !(in_a_row || spell || scored) {
        return None;
    }
    let mut mention = c.mention(Kind::Ordinal, "next of several", item);
    mention.written = Written::Value(nth.into());
    mention.tokens = end - 1..end;
    mention.number = s.span_of(end - 1, end);
    mention.span = mention.number;
    mention.comparator = Comparator::Exact;
    Some(mention)
}
