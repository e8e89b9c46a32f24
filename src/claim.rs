//! From what is written to what is claimed: values, intervals and base units.

use rust_decimal::Decimal;

use crate::comparator;
use crate::figure::{Figure, Interval, Kind, Modality, Phrase, Quantity};
use crate::kinds::{FRACTION, FREQUENCY, NEARLY};
use crate::lemma;
use crate::mention::{Mention, NounPhrase, Written};
use crate::sentence::Sentence;
use crate::unit;

/// The figure that mention `i` of a sentence claims, without its context.
pub fn figure(mentions: &[Mention], i: usize, sentence: &Sentence) -> Figure {
    let mention = &mentions[i];
    let quantity = quantity(mention);
    Figure {
        kind: mention.kind,
        span: mention.span,
        number: mention.number,
        normalized: normalized(&quantity, mention.kind),
        quantity,
        counted: counted(mention).map(|p| phrase(p, sentence)),
        understood: understood(mentions, i, sentence),
        subject: None,
        change: None,
        attribution: None,
        modality: Modality::Asserted,
        time: None,
        sentence: sentence.span,
        relations: Vec::new(),
        rule: mention.rule,
        choices: mention.choices.clone(),
    }
}

/// The noun that is counted: of a count, and of a fraction ("half the condos") what it is part of.
fn counted(mention: &Mention) -> Option<&NounPhrase> {
    mention.counted.as_ref().filter(|_| mention.kind == Kind::Count || mention.rule == FRACTION)
}

/// What a count without a noun counts: the noun of the figure that gave it its unit.
fn understood(mentions: &[Mention], i: usize, sentence: &Sentence) -> Option<Phrase> {
    let mention = &mentions[i];
    let bare = mention.kind == Kind::Count && mention.counted.is_none();
    let unit = mention.unit.as_ref().filter(|_| bare)?;
    if mention.rule == FREQUENCY {
        return Some(Phrase { span: mention.number, head: unit.name.to_string(), resolved: None });
    }
    let noun = |m: &Mention| {
        let alike = m.unit.as_ref().is_some_and(|u| u.code == unit.code);
        counted(m).filter(|_| alike).map(|p| phrase(p, sentence))
    };
    let (before, after) = mentions.split_at(i);
    before.iter().rev().find_map(noun).or_else(|| after.iter().find_map(noun))
}

/// A noun phrase of the sentence as a phrase of the text.
fn phrase(phrase: &NounPhrase, sentence: &Sentence) -> Phrase {
    let head = lemma::noun(sentence.word(phrase.head), sentence.tag(phrase.head).is_name()).into_owned();
    Phrase { span: sentence.span_of(phrase.tokens.start, phrase.tokens.end), head, resolved: None }
}

fn quantity(mention: &Mention) -> Quantity {
    let nearly = mention.choices.iter().any(|c| c == NEARLY);
    let closed = |lower: Decimal, upper: Decimal, upper_open| Interval {
        lower: Some(lower.normalize()),
        upper: Some(upper.normalize()),
        lower_open: false,
        upper_open,
    };
    let (value, interval, parts) = match &mention.written {
        Written::Value(v) => (Some(*v), bounds(mention, *v, nearly), Vec::new()),
        Written::Range(lower, upper) => (None, Some(closed(*lower, *upper, false)), Vec::new()),
        Written::Vague { lower, upper, open } => (None, Some(closed(*lower, *upper, *open)), Vec::new()),
        Written::Parts(parts, quotient) => {
            let interval = quotient
                .and_then(|q| comparator::interval(q, Decimal::ZERO, mention.comparator, true, nearly));
            (*quotient, interval, parts.clone())
        }
    };
    Quantity {
        value: value.map(shown),
        interval: interval.map(|i| Interval { lower: i.lower.map(shown), upper: i.upper.map(shown), ..i }),
        parts: parts.into_iter().map(|p| p.normalize()).collect(),
        comparator: mention.comparator,
        unit: mention.unit.clone(),
        significant_digits: mention.significant_digits,
    }
}

/// A value as it is given out: without trailing zeros, and one that no decimal holds (2⅔) to four places.
fn shown(value: Decimal) -> Decimal {
    let endless = value.scale() > 20 && value.mantissa().unsigned_abs() > 10u128.pow(25);
    if endless { value.round_dp(4).normalize() } else { value.normalize() }
}

/// The interval of one value. What is counted in full is exact; anything else was rounded as written.
fn bounds(mention: &Mention, value: Decimal, nearly: bool) -> Option<Interval> {
    let counted = mention.step.is_zero()
        || matches!(mention.kind, Kind::Count | Kind::Ordinal | Kind::Multiple | Kind::Ratio)
            && mention.step <= Decimal::ONE
            && value.fract().is_zero();
    comparator::interval(value, mention.step, mention.comparator, counted, nearly)
}

/// The quantity in the dimension's base unit, exact; `None` where the unit has none.
fn normalized(quantity: &Quantity, kind: Kind) -> Option<Quantity> {
    if !matches!(kind, Kind::Measurement | Kind::Duration | Kind::Age | Kind::Percentage) {
        return None;
    }
    let def =
        unit::by_code(&quantity.unit.as_ref()?.code).filter(|d| !d.base.is_empty() && d.base != d.code)?;
    let convert = |v: Decimal| unit::normalize(v, def).map(|(v, _)| v.normalize());
    let base = unit::by_code(def.base)?;
    let interval = quantity.interval.map(|i| Interval {
        lower: i.lower.map(convert).unwrap_or_default(),
        upper: i.upper.map(convert).unwrap_or_default(),
        ..i
    });
    let value = match quantity.value {
        Some(v) => Some(convert(v)?),
        None => None,
    };
    Some(Quantity {
        value,
        interval,
        parts: Vec::new(),
        comparator: quantity.comparator,
        unit: Some(crate::figure::Unit {
            code: base.code.into(),
            name: base.name.into(),
            dimension: base.dimension,
            span: None,
        }),
        significant_digits: quantity.significant_digits,
    })
}
