//! Shares whose whole is named between the numbers: "seven voters in ten", "one Australian in 28".

use rust_decimal::Decimal;

use super::Item;
use crate::counted;
use crate::lexicon::counted::TALLIES;
use crate::number::Form;
use crate::sentence::Sentence;
use crate::tag::Tag;

/// Whether the noun between two numbers is the whole of a share: "nine houses in ten", where "seven goals in ten games"
/// and "two soldiers in five tanks" are counts of two things.
pub(super) fn named_between(s: &Sentence, a: &Item, b: &Item) -> bool {
    let Some(head) = head(s, a.end, b.start) else { return false };
    let one = a.n.value == Decimal::ONE;
    let number = if one { Tag::Noun } else { Tag::Nouns };
    let named = s.tag(head) == number
        || one && s.word(head).starts_with(char::is_uppercase)
        || !one && s.lower(head) == "people";
    let small = b.n.value <= Decimal::ONE_HUNDRED || b.n.value == Decimal::ONE_THOUSAND;
    let next = s.tag(b.end);
    // "tore one sail in two"
    let halved = b.n.value == Decimal::TWO && !(next.is_verb() || matches!(next, Tag::Aux | Tag::Modal));
    let counts = counted::phrase(s, b.end).is_some_and(|p| next != Tag::Adv && !single(s, p.head));
    let of_others =
        counts || s.glued(b.end) && s.tag(b.end) != Tag::Punct || matches!(s.lower(b.end), "of" | "-");
    let digits = b.n.form == Form::Digits && a.n.form == Form::Digits;
    named && small && !halved && !of_others && !digits && !TALLIES.contains(s.lower(head))
}

/// The noun that ends right before "in" or "out of" among the tokens from `from` to `to`.
pub(crate) fn head(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    let joint = (from..to).rev().take(3).find(|&k| matches!(s.lower(k), "in" | "out"))?;
    let named = joint > from && (from..joint).all(|k| s.tag(k).is_noun() || s.tag(k).is_adj());
    // the tagger takes "one Australian" for an adjective
    let origin = s.tag(joint - 1).is_adj() && s.word(joint - 1).starts_with(char::is_uppercase);
    (named && (s.tag(joint - 1).is_noun() || origin)).then_some(joint - 1)
}

/// Whether a word after "five" is none that five could be of: "two adults in every five smoke", "one child in three goes".
fn single(s: &Sentence, i: usize) -> bool {
    matches!(s.tag(i), Tag::Noun | Tag::VerbS)
}
