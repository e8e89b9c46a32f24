//! MULTIPLE: "doubled", "three times as many", "twice the size", "10x", "tenfold".

use crate::figure::{Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::lexicon::counted::SIZES;
use crate::mention::{Mention, Written};
use crate::number::Form;
use crate::sentence::TokenKind;

use super::Context;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    let (rule, end) = factor(c, item)?;
    let mut mention = c.mention(Kind::Multiple, rule, item);
    if let Written::Parts(..) = mention.written {
        return None;
    }
    let unit_span = (end > item.end).then(|| c.s.span_of(item.end, end));
    mention.unit = Some(Unit {
        code: "1".into(),
        name: "times".into(),
        dimension: Dimension::Dimensionless,
        span: unit_span,
    });
    if end > item.end {
        mention.span = mention.span.join(c.s.span_of(item.end, end));
    }
    mention.end = end.max(item.end);
    Some(mention)
}

/// The rule that reads the item as a factor and where its words end.
fn factor(c: &Context, item: &Item) -> Option<(&'static str, usize)> {
    let s = c.s;
    let (end, next) = (item.end, s.lower(item.end));
    if item.n.form == Form::Multiple {
        return worded(c, item).then_some(("multiple in a word", end));
    }
    if let Form::Fraction(1, 2) = item.n.form
        && item.unit.is_none()
        && half_as(c, end)
    {
        return Some(("half as much", end));
    }
    if !matches!(item.n.form, Form::Digits | Form::Words | Form::Fraction(..) | Form::Vague(..))
        || item.money.is_some()
    {
        return None;
    }
    let hyphen = (next == "-") as usize;
    if s.lower(end + hyphen) == "fold" {
        return Some(("fold", end + hyphen + 1));
    }
    if matches!(s.word(end), "x" | "X" | "×") && s.glued(end) && s.kind(end + 1) != TokenKind::Number {
        return Some(("times sign", end + 1));
    }
    if next == "times" && matches!(item.shape, Shape::Single | Shape::Range(..)) {
        return compares(c, item, end + 1).then_some(("times as many", end + 1));
    }
    None
}

/// Words after "times" that make it a factor rather than a frequency.
fn compares(c: &Context, item: &Item, at: usize) -> bool {
    let word = c.s.lower(at);
    let comparative =
        matches!(c.s.tag(at), crate::tag::Tag::AdjComparative | crate::tag::Tag::AdvComparative);
    comparative
        || matches!(
            word,
            "as" | "more"
                | "less"
                | "the"
                | "that"
                | "its"
                | "their"
                | "his"
                | "her"
                | "what"
                | "our"
                | "likelier"
                | "fewer"
                | "earnings"
                | "sales"
                | "revenue"
                | "book"
                | "over"
                | "normal"
                | "faster"
                | "larger"
                | "last"
                | "greater"
                | "those"
                | "too"
                | "current"
                | "annual"
                | "profit"
                | "profits"
                | "income"
                | "ebitda"
                | "forward"
                | "trailing"
                | "expected"
                | "estimated"
                | "face"
        )
        || matches!(c.before(item, 1), "worth" | "over") && c.s.tag(at).is_name()
        || c.s.tag(at).is_name()
            && c.s.lower(at + 1).contains('s')
            && c.s.tag(at + 1) == crate::tag::Tag::Part
        || item.n.value.scale() > 0
}

/// Whether "double", "twice" and the like are a factor here, not an adjective ("double room") or a frequency.
fn worded(c: &Context, item: &Item) -> bool {
    let s = c.s;
    let i = item.number.start;
    let (word, next) = (s.lower(i), s.lower(item.end));
    let whole = matches!(
        next,
        "the"
            | "that"
            | "its"
            | "their"
            | "his"
            | "her"
            | "what"
            | "as"
            | "those"
            | "our"
            | "last"
            | "this"
            | "your"
            | "my"
            | "any"
    );
    match word {
        "once" => false,
        "twice" | "thrice" => whole || s.tag(item.end) == crate::tag::Tag::AdjComparative,
        "double" | "triple" | "treble" | "quadruple" => {
            let verb = s.tag(i).is_verb() && !s.tag(item.end).is_noun();
            let damages = word == "triple" && next == "damages";
            whole
                || verb
                || damages
                || (i > 0
                    && matches!(
                        s.lower(i - 1),
                        "than"
                            | "to"
                            | "will"
                            | "would"
                            | "nearly"
                            | "almost"
                            | "about"
                            | "could"
                            | "roughly"
                    )
                    && !s.tag(item.end).is_noun())
        }
        "doubles" | "triples" | "doubling" | "tripling" | "halves" | "halving" => {
            s.tag(i).is_verb() || next == "of" || !s.tag(item.end).is_noun()
        }
        _ => true,
    }
}

/// "half that", "half as many", "half the size": a factor, where "half the seats" is a share.
fn half_as(c: &Context, at: usize) -> bool {
    match c.s.lower(at) {
        "that" | "as" | "what" => true,
        "the" | "its" | "their" => SIZES.contains(c.s.lower(at + 1)),
        _ => false,
    }
}
