//! What the heading of a list line says of its numbers: "Projected electors: Ohio 17, Iowa 6".

use crate::counted;
use crate::figure::{Kind, Unit};
use crate::mention::Mention;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;
use crate::unit_phrase;

use super::noun_unit;

/// Most words of a heading.
const LONGEST: usize = 12;

/// Gives the bare counts of a list line the unit of its heading.
///
/// The heading is what stands before the colon; its unit is a unit word in it ("per cent full") or its plural noun.
/// A number of the list stands right after the colon or after a name.
pub(super) fn read(s: &Sentence, region: crate::document::Region, mentions: &mut [Mention]) {
    let bare = |m: &Mention| matches!(m.kind, Kind::Count | Kind::Number) && m.unit.is_none();
    if !mentions.iter().any(bare) {
        return;
    }
    let Some(colon) = (1..LONGEST.min(s.len())).find(|&i| s.word(i) == ":" && !s.glued(i + 1)) else {
        return;
    };
    let Some((kind, unit, head)) = heading(s, region, colon) else { return };
    for m in mentions.iter_mut().filter(|m| bare(m) && m.tokens.start > colon && listed(s, colon, m)) {
        (m.kind, m.unit) = (kind, Some(unit.clone()));
        if kind == Kind::Count {
            m.counted = head.clone();
        }
    }
}

/// The unit that the tokens before the colon state.
fn heading(
    s: &Sentence,
    region: crate::document::Region,
    colon: usize,
) -> Option<(Kind, Unit, Option<crate::mention::NounPhrase>)> {
    // "See where the prices fall: …" is a clause
    if (0..colon).any(|i| s.tag(i).is_verb() && s.tag(i) != Tag::VerbParticiple) {
        return None;
    }
    let stated = (0..colon)
        .filter_map(|i| {
            unit_phrase::after(s, i, region).filter(|u| !u.doubtful && u.end <= colon && u.end > i)
        })
        .find(|u| matches!(u.kind, Kind::Percentage | Kind::Measurement));
    if let Some(u) = stated {
        let span = Some(s.span_of(u.start, u.end));
        return Some((u.kind, Unit { code: u.code, name: u.name, dimension: u.dimension, span }, None));
    }
    let phrase = (0..colon)
        .filter(|&i| i == 0 || s.word(i - 1) != "-")
        .find_map(|i| counted::phrase(s, i).filter(|p| p.head < colon && s.tag(p.head) == Tag::Nouns))?;
    Some((Kind::Count, noun_unit(s, phrase.head), Some(phrase)))
}

/// Whether the number is an entry: right after the colon, or after a name and before the next entry.
fn listed(s: &Sentence, colon: usize, m: &Mention) -> bool {
    let start = s.token_at(m.span.start);
    let name = |i: usize| s.tag(i).is_name() && s.kind(i) == TokenKind::Word;
    let entry = start == colon + 1 || name(start - 1) || s.word(start - 1) == "(";
    let closes = matches!(s.word(m.end), "" | "," | ";" | "." | "(" | ")" | "–" | "—")
        || start == colon + 1 && s.tag(m.end).is_verb();
    entry && closes
}
