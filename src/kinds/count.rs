//! COUNT: "about 6,700 containers", "hundreds of people", "three times", "one shell".

use crate::counted;
use crate::figure::{Comparator, Dimension, Kind, Unit};
use crate::item::{self, Item, Shape};
use crate::mention::{Mention, NounPhrase};
use crate::number::Form;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

use super::{Context, percentage};

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if item.money.is_some() || matches!(item.shape, Shape::Parts(..)) {
        return None;
    }
    match item.n.form {
        Form::Multiple if matches!(c.s.lower(item.number.start), "twice" | "thrice" | "once") => {
            let mut mention = c.mention(Kind::Count, FREQUENCY, item);
            mention.unit = Some(noun("time"));
            return Some(mention);
        }
        Form::Digits | Form::Words | Form::Vague(..) => {}
        _ => return None,
    }
    if percentage::is_point(c, item) {
        let mut mention = c.mention(Kind::Count, "points of a game", item);
        mention.unit = Some(Unit { span: c.unit(item.unit.as_ref()?).span, ..noun("point") });
        return Some(mention);
    }
    if let Some(unit) = item.unit.as_ref().filter(|u| u.kind == Kind::Count) {
        // "900,000 TEUs", "700 bales", "400 head of cattle"
        let of = (c.s.lower(item.end) == "of").then(|| counted::phrase(c.s, item.end + 1)).flatten();
        let mut mention = c.mention(Kind::Count, "counted in a unit", item);
        mention.unit = Some(c.unit(unit));
        mention.counted = of.or(Some(NounPhrase { tokens: unit.start..unit.end, head: unit.end - 1 }));
        return Some(mention);
    }
    if let Some(phrase) =
        counted_phrase(c, item).or_else(|| shared_phrase(c, item)).or_else(|| predicate(c, item))
    {
        let mut mention = c.mention(Kind::Count, "count", item);
        mention.unit = Some(c.noun_unit(phrase.head));
        let after = if mention.comparator == Comparator::Exact {
            item::bound_behind(c.s, phrase.head + 1)
        } else {
            None
        };
        if let Some(cue) = after {
            mention.comparator = cue.comparator; // "400 soldiers or more"
            if phrase.head == item.end {
                mention.span = mention.span.join(c.s.tokens[cue.end - 1].span);
            }
        }
        let hyphen = (c.s.word(item.end) == "-" && c.s.glued(item.end)) as usize;
        if phrase.head == item.end + hyphen {
            mention.span = mention.span.join(c.s.tokens[phrase.head].span);
        }
        mention.counted = Some(phrase);
        return Some(mention);
    }
    let rule = if elides(c, item) { ELIDED } else { "count without a noun" };
    Some(c.mention(Kind::Count, rule, item))
}

/// The rule of a count whose noun is understood.
pub(super) const ELIDED: &str = "count with its noun left out";

/// The rule of "twice": the word counts times.
pub(crate) const FREQUENCY: &str = "frequency";

fn noun(name: &'static str) -> Unit {
    Unit { code: format!("{{{name}}}").into(), name: name.into(), dimension: Dimension::Count, span: None }
}

/// The counted noun phrase: right after the number, or after "of the", or in "in number".
fn counted_phrase(c: &Context, item: &Item) -> Option<NounPhrase> {
    let s = c.s;
    let mut i = item.end;
    if s.lower(i) == "-" && s.glued(i) && s.tag(i + 1).is_noun() {
        // "four-way race", "seven-colour tiles": what is counted stands after the hyphen
        return Some(NounPhrase { tokens: i + 1..i + 2, head: i + 1 });
    }
    let word_after = s.tag(i + 2).is_noun()
        && s.lower(i) == "-"
        && s.glued(i)
        && s.kind(i + 1) == TokenKind::Word
        && s.word(i + 1).starts_with(|ch: char| ch.is_lowercase())
        && !matches!(s.lower(i + 1), "plus" | "odd" | "ish" | "fold" | "strong" | "year");
    if word_after && matches!(s.tag(i + 1), Tag::Adj | Tag::Verb | Tag::VerbPresent | Tag::Adp | Tag::Adv) {
        return Some(NounPhrase { tokens: i + 1..i + 2, head: i + 1 }); // "a 30-round magazine"
    }
    if matches!(s.word(i), "”" | "\"" | "’") {
        i += 1; // “fewer than a hundred” files
    }
    if let Some(cue) = item.cue.filter(|q| q.start == i) {
        i = cue.end; // "two or more elements"
    }
    if s.word(i) == "," && corrected(s, item) {
        i += 1;
    }
    if let Some(phrase) = counted::phrase(s, i) {
        return Some(phrase).filter(|p| !is_filler(s.lower(p.head)));
    }
    let vague = matches!(item.n.form, Form::Vague(..)) || item.n.scale > 0 || item.n.couple;
    if s.lower(i) == "of" || (matches!(s.lower(i), "more" | "others") && s.lower(i + 1) == "of") {
        i += 1 + (s.lower(i) != "of") as usize;
        while matches!(
            s.lower(i),
            "the"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "those"
                | "these"
                | "all"
                | "my"
                | "your"
                | "such"
                | "which"
                | "whom"
                | "them"
                | "other"
                | "“"
        ) {
            i += 1;
        }
        let numeral = s.kind(i) == TokenKind::Number || s.tag(i) == Tag::Num;
        // "five of the three-ton satellites"
        let hyphen = numeral && s.word(i + 1) == "-" && s.glued(i + 1) && s.glued(i + 2);
        return counted::phrase(s, i + numeral as usize + hyphen as usize).filter(|p| {
            vague
                || s.tag(p.head) == Tag::Nouns
                || s.tag(p.head) == Tag::Names
                || crate::lemma::noun(s.lower(p.head), false) == "person"
        });
    }
    None
}

/// "10,000 and as many as 300,000 people", "two or even three boats": the noun stands with the next number.
fn shared_phrase(c: &Context, item: &Item) -> Option<NounPhrase> {
    // "two $500 repairs"
    if let Some(price) = c.next().filter(|n| n.money.is_some() && n.start == item.end && n.cue.is_none()) {
        return counted::phrase(c.s, price.end).filter(|p| c.s.tag(p.head) == Tag::Nouns);
    }
    // "one 52,000 barrel-a-day refinery"
    if let Some(size) = c.next().filter(|n| n.unit.is_some() && n.start == item.end && n.cue.is_none()) {
        let mut at = size.end;
        while c.s.word(at) == "-" && c.s.glued(at) && c.s.kind(at + 1) == TokenKind::Word {
            at += 2;
        }
        return counted::phrase(c.s, at);
    }
    // "100, 200 and 300 people"
    let mut last = item;
    for next in c.items[c.k + 1..].iter().take(8) {
        if !next.bare() || !matches!(next.shape, Shape::Single | Shape::Range(..)) || !listed(c, last, next) {
            return None;
        }
        // "12,000, rather than 1,200, pupils"
        let inserted = c.s.word(last.end) == "," && c.s.word(next.end) == "," && next.end - last.end < 6;
        let phrase = counted::phrase(c.s, next.end)
            .or_else(|| if inserted { counted::phrase(c.s, next.end + 1) } else { None });
        if phrase.is_some() {
            return phrase;
        }
        last = next;
    }
    None
}

/// Whether only what joins a list stands between two numbers.
fn listed(c: &Context, a: &Item, b: &Item) -> bool {
    let to = b.cue.filter(|q| q.start < b.start).map_or(b.start, |q| q.start);
    let joins =
        |i| matches!(c.s.lower(i), "and" | "or" | "," | "to" | "even" | "then" | "not" | "rather" | "than");
    to > a.end && to - a.end <= 3 && (a.end..to).all(joins)
}

/// "19 were children": the noun is said of the number.
fn predicate(c: &Context, item: &Item) -> Option<NounPhrase> {
    let s = c.s;
    let i = item.end;
    let phrase = matches!(s.lower(i), "were" | "are").then(|| counted::phrase(s, i + 1)).flatten()?;
    let closes = matches!(s.lower(phrase.head + 1), "." | "," | "" | ";" | "and");
    (closes
        && (s.tag(phrase.head) == Tag::Nouns
            || matches!(s.lower(phrase.head), "children" | "women" | "men" | "people")))
    .then_some(phrase)
}

/// ", rather than 1,200, pupils": a number set in between commas before its noun.
fn corrected(s: &Sentence, item: &Item) -> bool {
    let word = |back: usize| item.start.checked_sub(back).map_or("", |i| s.lower(i));
    matches!((word(3), word(2), word(1)), (",", "rather", "than") | (_, ",", "not"))
}

/// Words after a number that count nothing themselves.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "others" | "more" | "apiece" | "percent" | "shy" | "cast" | "short" | "ahead" | "behind" | "off"
    )
}

/// Whether the noun is understood from before: "40 others", "dozens more", "92 of whom", or a number that ends its phrase.
fn elides(c: &Context, item: &Item) -> bool {
    let next = c.s.lower(item.end);
    // "killing two and wounding nine": whom, the text does not say
    let object = item.start > 0
        && (c.s.tag(item.start - 1) == Tag::VerbIng
            || matches!(c.s.lower(item.start - 1), "killed" | "wounded" | "injured" | "hurt"))
        && !matches!(next, "others" | "more" | "of");
    // "a workforce of 21,300": the noun before says what it is
    let sized = item.start > 1
        && c.before(item, 1) == "of"
        && c.s.tag(item.start - 2).is_noun()
        && !matches!(
            c.before(item, 2),
            "total" | "average" | "maximum" | "minimum" | "rest" | "out" | "number"
        );
    if object || sized {
        return false;
    }
    if c.before(item, 2) == "compared" && matches!(c.before(item, 1), "with" | "to") {
        return true;
    }
    matches!(
        next,
        "others"
            | "more"
            | "of"
            | ","
            | "."
            | ""
            | "and"
            | "or"
            | ";"
            | ")"
            | "in"
            | "to"
            | "from"
            | "were"
            | "was"
            | "had"
            | "have"
            | "died"
            | "on"
            | "last"
            | "this"
            | "for"
            | "at"
            | "against"
            | "as"
            | "than"
            | "when"
            | "by"
            | "but"
            | "-"
            | "are"
            | "is"
            | "who"
            | "rather"
            | "cast"
            | "”"
            | ":"
    ) || c.s.tag(item.end).is_verb()
        || matches!(c.s.tag(item.end), Tag::Modal | Tag::Aux)
}
