//! The twelve kinds of figure, one file each.
//!
//! Every kind looks at an [`Item`] in its sentence and says whether the item is of that kind. [`READERS`] lists
//! them in the order in which they are asked: the narrower reading first.

mod age;
mod carry;
mod count;
mod duration;
mod facts;
mod heading;
mod measurement;
mod money;
mod multiple;
mod number;
mod ordinal;
mod percentage;
mod rate;
mod ratio;
mod score;

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::counted;
use crate::document::Region;
use crate::figure::{Comparator, Dimension, Kind, TimeExpression, Unit};
use crate::item::{self, Item, Shape};
use crate::lemma;
use crate::mention::{Mention, NounPhrase, Written};
use crate::number::Form;
use crate::sentence::Sentence;
use crate::unit_phrase::Found;

pub(crate) use count::FREQUENCY;
pub(crate) use ratio::FRACTION;

/// Reads an item as one kind.
type Reader = fn(&Context, &Item) -> Option<Mention>;

/// The kinds, narrowest first.
const READERS: [Reader; 12] = [
    ordinal::read,
    multiple::read,
    score::read,
    ratio::read,
    age::read,
    rate::read,
    percentage::read,
    money::read,
    duration::read,
    measurement::read,
    number::read,
    count::read,
];

/// What a kind may look at: the sentence, its items, and the mentions already read.
pub(crate) struct Context<'a> {
    pub s: &'a Sentence<'a>,
    pub region: Region,
    pub items: &'a [Item],
    pub k: usize,
    pub done: &'a [Mention],
    pub facts: &'a facts::Facts,
}

/// Reads every mention of a sentence, in text order.
pub fn read(s: &Sentence, region: Region, times: &[TimeExpression]) -> Vec<Mention> {
    let items = item::read(s, region, times);
    if items.is_empty() {
        return Vec::new();
    }
    let facts = facts::read(s);
    let mut done: Vec<Mention> = Vec::with_capacity(items.len());
    for (k, item) in items.iter().enumerate() {
        let inside = |m: &Mention| m.counted.as_ref().is_some_and(|p| item.number.start < p.head);
        if done.last().is_some_and(|m| item.number.start < m.end && !inside(m)) {
            continue; // the denominator of a rate
        }
        let context = Context { s, region, items: &items, k, done: &done, facts: &facts };
        if let Some(mention) = READERS.iter().find_map(|read| read(&context, item)) {
            done.push(mention);
        }
    }
    heading::read(s, region, &mut done);
    carry::read(s, &mut done);
    done
}

impl Context<'_> {
    /// The lower-cased word `back` tokens before the item; "" at the start.
    pub fn before(&self, item: &Item, back: usize) -> &str {
        item.start.checked_sub(back).map_or("", |i| self.s.lower(i))
    }

    /// The next item of the sentence.
    pub fn next(&self) -> Option<&Item> {
        self.items.get(self.k + 1)
    }

    /// Whether one of the words stands within `reach` tokens of the item.
    pub fn near(&self, item: &Item, reach: usize, words: &[&str]) -> bool {
        let from = item.start.saturating_sub(reach);
        let to = (item.end + reach).min(self.s.len());
        (from..to).any(|i| words.contains(&self.s.lower(i)))
    }

    /// What the number says.
    pub fn written(&self, item: &Item) -> Written {
        let sign = |v: Decimal| if item.n.negative { -v } else { v };
        match (&item.shape, item.n.form) {
            (Shape::Range(lower, upper), _) => Written::Range(*lower, *upper),
            (Shape::Sum(value), _) => Written::Value(sign(*value)),
            (Shape::Parts(parts, _), _) => Written::Parts(parts.clone(), None),
            (_, Form::Vague(lower, upper, open) | Form::Figures(lower, upper, open)) => {
                Written::Vague { lower, upper, open }
            }
            _ => Written::Value(sign(item.n.value)),
        }
    }

    /// A mention of the item; its span covers comparator, number and unit.
    pub fn mention(&self, kind: Kind, rule: &'static str, item: &Item) -> Mention {
        let written = self.written(item);
        let cued = item.cue.filter(|c| cue_counts(self, item, kind, c.start < item.start));
        let comparator = match written {
            Written::Range(..) => Comparator::Between,
            Written::Vague { .. } => Comparator::Vague,
            _ if item.n.couple && cued.is_none() => Comparator::Approximately,
            _ => cued.map_or(Comparator::Exact, |c| c.comparator),
        };
        let (mut from, mut to) = (item.start, item.end);
        if let Some(cue) = cued {
            from = if cue.end == from || cue.end + 1 == from { cue.start } else { from };
            to = if cue.start == to { cue.end } else { to };
        }
        let mut choices: Vec<Cow<'static, str>> = Vec::new();
        choices.extend(item.money.as_ref().and_then(|m| m.choice.clone()));
        choices.extend(item.unit.as_ref().and_then(|u| u.choice.clone()));
        if cued.is_some_and(|c| c.nearly) {
            choices.push(NEARLY.into());
        }
        Mention {
            kind,
            rule,
            span: self.s.span_of(from, to),
            number: self.s.span_of(item.number.start, item.number.end),
            tokens: item.number.clone(),
            end: item.end,
            written,
            comparator,
            unit: None,
            counted: None,
            modifies: None,
            step: item.n.step,
            significant_digits: if matches!(item.shape, Shape::Single) { item.n.digits } else { 0 },
            choices,
        }
    }

    /// The noun phrase right after the item, which it modifies ("the $50 billion loan", "a two-day trip").
    pub fn modified(&self, item: &Item) -> Option<NounPhrase> {
        let hyphen = self.s.lower(item.end) == "-" && self.s.glued(item.end);
        let phrase = counted::phrase(self.s, item.end + hyphen as usize)?;
        Some(phrase)
    }

    /// The unit of a noun: `{container}`.
    pub fn noun_unit(&self, head: usize) -> Unit {
        noun_unit(self.s, head)
    }

    /// The lemma of a noun of the sentence.
    pub fn noun(&self, head: usize) -> String {
        lemma::noun(self.s.word(head), self.s.tag(head).is_name()).into_owned()
    }

    /// The found unit as the figure's unit.
    pub fn unit(&self, found: &Found) -> Unit {
        let span = (found.end > found.start && found.end <= self.s.len())
            .then(|| self.s.span_of(found.start, found.end));
        Unit { code: found.code.clone(), name: found.name.clone(), dimension: found.dimension, span }
    }
}

/// The unit of the noun at token `head`: `{container}`.
fn noun_unit(s: &Sentence, head: usize) -> Unit {
    let name = lemma::noun(s.word(head), s.tag(head).is_name());
    Unit {
        code: format!("{{{}}}", name.replace(' ', "_")).into(),
        name: name.into_owned().into(),
        dimension: Dimension::Count,
        span: Some(s.tokens[head].span),
    }
}

/// The mark among a mention's choices that its comparator is "nearly" or "almost", open above.
pub(crate) const NEARLY: &str = "nearly: open above";

/// Whether a comparator cue belongs to this item: "over five years" and "within two miles of" often do not compare.
fn cue_counts(c: &Context, item: &Item, kind: Kind, leading: bool) -> bool {
    let Some(cue) = item.cue.filter(|_| leading) else { return true };
    let word = c.s.lower(cue.start);
    let single = cue.end == cue.start + 1;
    let before = cue.start.checked_sub(1).map_or("", |i| c.s.lower(i));
    match (word, kind) {
        ("over", Kind::Duration) if single => {
            matches!(
                before,
                "for"
                    | "just"
                    | "well"
                    | "of"
                    | "is"
                    | "was"
                    | "lasted"
                    | "took"
                    | "takes"
                    | "in"
                    | "after"
                    | "little"
                    | "a"
                    | "slightly"
                    | "spent"
                    | "than"
                    | "aged"
                    | "far"
                    | "to"
            )
        }
        ("around" | "about", Kind::Ordinal) => false,
        // "a film about 12 dancers", "live around two corners"
        // "jumped over two fences", "the quarrel is about two islands"
        ("about" | "over" | "under", Kind::Count)
            if single
                && item.n.form == Form::Words
                && item.n.scale == 0
                && item.n.value < Decimal::TEN
                && cue.start > 0
                && (c.s.tag(cue.start - 1).is_verb()
                    || word == "about" && c.s.tag(cue.start - 1) == crate::tag::Tag::Aux) =>
        {
            false
        }
        ("about" | "around", Kind::Count) if single && cue.start > 0 && item.n.scale == 0 => {
            let tag = c.s.tag(cue.start - 1);
            let place = word == "around"
                && item.n.form == Form::Words
                && item.n.value < Decimal::TEN
                && tag.is_verb();
            tag != crate::tag::Tag::Noun && !place
        }
        ("under", Kind::Count) if single => {
            c.s.kind(item.number.start) == crate::sentence::TokenKind::Number || item.n.scale > 0
        }
        ("within" | "past" | "below" | "above", Kind::Count) if single => item.n.value >= Decimal::TEN,
        ("some", _) => !matches!(kind, Kind::Duration) || item.n.value >= Decimal::TEN,
        _ => kind != Kind::Ordinal,
    }
}
