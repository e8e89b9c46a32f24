//! The object of a verb as what a figure says something about: what is changed, added to, put or sold.

use crate::clause::Clause;
use crate::cue;
use crate::figure::{Kind, Phrase};
use crate::phrase;
use crate::scene::Scene;
use crate::tag::Tag;

/// The object of a verb that changes, puts or values it: "raised its dividend to $1.20".
pub(super) fn changed_object(scene: &Scene, clause: &Clause, i: usize, own: Option<usize>) -> Option<usize> {
    let s = scene.sentence;
    let (start, m_end) = (scene.start(i), scene.mentions[i].end);
    let object = clause.object.filter(|o| Some(*o) != own)?;
    let verb = s.lower(clause.main_verb()?);
    let tokens = &scene.chunks[object].tokens;
    if tokens.end > start || s.tag(scene.chunks[object].head) == Tag::Num || scene.figure_in(tokens).is_some()
    {
        return None;
    }
    let between = s.lower(start.checked_sub(1)?);
    let changes = cue::CHANGE_VERBS.contains_key(verb);
    let shifts =
        start == tokens.end && (m_end..m_end + 2).any(|t| cue::CHANGE_ADVERBS.contains_key(s.lower(t)));
    let gives = start == tokens.end
        && matches!(verb, "gave" | "give" | "gives" | "given" | "awarded" | "granted" | "handed" | "fined");
    let puts =
        cue::REPORTING_VERBS.get(verb).is_some_and(|f| f & cue::PUT != 0) && matches!(between, "at" | "as");
    let direct = start == tokens.end;
    (puts
        || gives
        || shifts
        || changes && (direct || matches!(between, "to" | "from" | "by" | "at" | "," | "down" | "up")))
    .then_some(object)
}

/// "sells the phone for $900", "listed 24 bowls at ¥980": a price belongs to what is sold.
pub(super) fn priced_object(scene: &Scene, clause: &Clause, i: usize) -> Option<Phrase> {
    let s = scene.sentence;
    let m = &scene.mentions[i];
    let start = scene.start(i);
    let sells = matches!(
        s.lower(clause.main_verb()?),
        "sell"
            | "sells"
            | "sold"
            | "selling"
            | "buy"
            | "buys"
            | "bought"
            | "buying"
            | "offer"
            | "offers"
            | "offered"
            | "offering"
            | "list"
            | "lists"
            | "listed"
            | "acquire"
            | "acquired"
            | "acquires"
            | "purchase"
            | "purchased"
            | "price"
            | "prices"
            | "priced"
            | "took"
            | "take"
            | "takes"
    );
    let priced = sells
        && matches!(m.kind, Kind::Money | Kind::Rate)
        && matches!(s.lower(start.checked_sub(1)?), "for" | "at");
    let object = clause.object.filter(|&o| priced && scene.chunks[o].tokens.end < start)?;
    let chunk = &scene.chunks[object];
    let counted = scene.figure_in(&chunk.tokens);
    match counted {
        Some(o) if chunk.head >= o.end => Some(phrase::of_tokens(s, o.end, chunk.tokens.end, chunk.head)),
        Some(_) => None,
        None => Some(phrase::full(scene, object, false)),
    }
}
