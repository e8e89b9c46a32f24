//! Puts numerals together: signs, currencies, units, ranges, lists, ratios and composites.
//!
//! An [`Item`] is everything that stands together with one number. The kinds decide what it is.

mod composite;
mod length;
mod pair;
mod range;
mod score;
mod share;
mod single;
mod whole;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::comparator::{self, Cue};
use crate::document::Region;
use crate::exclude;
use crate::figure::{Comparator, TimeExpression};
use crate::number::{self, Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::unit_phrase::Found;

pub(crate) use whole::head as whole_between;

/// How the numbers of an item stand together.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// One number.
    Single,
    /// From the lower to the upper end.
    Range(Decimal, Decimal),
    /// Two or more numbers side by side, and what joins them.
    Parts(Vec<Decimal>, Join),
    /// "5 ft 2 in": the sum in the smallest unit.
    Sum(Decimal),
}

/// What joins the parts of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// "3-2", "52–48"
    Hyphen,
    /// "2:1"
    Colon,
    /// "3 to 1", "3-to-1"
    To,
    /// "one in five", "nine out of ten", "3 of 4"
    In,
    /// "three-for-two"
    For,
}

/// A number with what stands next to it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The number, or the last one of several.
    pub n: Numeral,
    /// How several numbers stand together.
    pub shape: Shape,
    /// The tokens from the first numeral to the last.
    pub number: Range<usize>,
    /// The currency.
    pub money: Option<Found>,
    /// The unit after the number.
    pub unit: Option<Found>,
    /// First token: sign, currency or number.
    pub start: usize,
    /// One past the last token of number and unit.
    pub end: usize,
    /// What bounds the number.
    pub cue: Option<Cue>,
    /// Whether currency or unit stand with another number of the same list or range.
    pub shared: bool,
}

impl Item {
    /// Whether neither currency nor unit stands with it.
    pub fn bare(&self) -> bool {
        self.money.is_none() && self.unit.is_none()
    }

    /// The item over `a` and `b` and what joins them; it bears neither currency nor unit yet.
    fn over(a: &Item, b: &Item, shape: Shape) -> Item {
        Item {
            n: b.n.clone(),
            shape,
            number: a.number.start..b.number.end,
            money: None,
            unit: None,
            start: a.start,
            end: b.end,
            cue: None,
            shared: false,
        }
    }

    /// Whether it is one number in digits or words, as a list or range is made of.
    fn cardinal(&self) -> bool {
        matches!(self.n.form, Form::Digits | Form::Words)
    }
}

/// Reads all items of a sentence.
pub fn read(s: &Sentence, region: Region, times: &[TimeExpression]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut i = 0;
    while i < s.len() {
        if let Some(item) = length::read(s, i, region, times) {
            i = item.end;
            items.push(item);
            continue;
        }
        let Some(mut n) = number::read(s, i) else {
            i += 1;
            continue;
        };
        i = n.tokens.end;
        if let Some(end) = number::power_at(s, i) {
            i = end;
            continue;
        }
        if let Some(reason) = exclude::reason(s, &n, times) {
            i = past_code(s, i, reason);
            continue;
        }
        single::settle_letter(s, &mut n, region);
        if let Some(last) = items.last_mut().filter(|last| repeats(s, last, &n)) {
            last.end = n.tokens.end + 1;
            i = last.end;
            continue;
        }
        let item = single::read(s, n, region);
        i = item.end.max(i);
        items.push(item);
    }
    let mut items = join(s, items);
    share::share(s, &mut items);
    for item in &mut items {
        item.cue = bound(s, item);
    }
    items
}

/// Where a number that is none ends: a code such as 555-1234 or a name such as 7-Eleven goes as a whole.
fn past_code(s: &Sentence, mut i: usize, reason: &str) -> usize {
    if reason == exclude::IDENTIFIER && s.word(i) == "-" && s.glued(i) && s.kind(i + 1) == TokenKind::Word {
        i += 2;
    }
    while matches!(s.word(i), "-" | "/") && s.glued(i) && s.glued(i + 1) && s.kind(i + 1) == TokenKind::Number
    {
        i += 2;
    }
    i
}

/// "four (4) cars": said twice, counted once.
fn repeats(s: &Sentence, last: &Item, n: &Numeral) -> bool {
    n.tokens.start > 0
        && s.word(n.tokens.start - 1) == "("
        && s.word(n.tokens.end) == ")"
        && last.end + 1 == n.tokens.start
        && last.n.value == n.value
}

/// The cue before or after the item; "about five hundred or more" is bounded.
fn bound(s: &Sentence, item: &Item) -> Option<Cue> {
    let after = item.cue.or_else(|| bound_behind(s, item.end));
    comparator::before(s, item.start)
        .filter(|b| after.is_none() || b.comparator != Comparator::Approximately)
        .or(after)
}

/// The cue from token `at` on; "nine operas and more than 200 songs" bounds the songs.
pub(crate) fn bound_behind(s: &Sentence, at: usize) -> Option<Cue> {
    comparator::after(s, at).filter(|cue| (s.lower(cue.start), s.lower(cue.end)) != ("and", "than"))
}

/// Makes one item of those that belong together.
fn join(s: &Sentence, items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let joined = out.last_mut().and_then(|last| {
            let both = composite::read(s, last, &item)
                .or_else(|| pair::read(s, last, &item))
                .or_else(|| range::read(s, last, &item))?;
            *last = both;
            Some(())
        });
        if joined.is_none() {
            out.push(item);
        }
    }
    out
}

/// The tokens between two items, without those that the items own.
fn gap<'a>(s: &'a Sentence, a: &Item, b: &Item) -> Vec<&'a str> {
    if b.start < a.end || b.start - a.end > 5 {
        return vec!["?"];
    }
    (a.end..b.start).map(|i| s.lower(i)).collect()
}
