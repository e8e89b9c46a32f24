//! Ages against years of birth and death.

use rust_decimal::Decimal;

use super::super::words;
use super::super::{Checked, Item, Pair, Place, Reason};
use super::{ends, finding, stated};
use crate::Span;
use crate::figure::{Figure, Kind, TimeExpression};
use crate::lexicon::sums::{AT_AGE, BACK_THEN, DYING, RELATIVES};

/// So many births of a document are looked at: each is held against every age.
const MOST_BIRTHS: usize = 32;

/// Ages and years of birth of the same person, anywhere in a document.
pub(super) fn read(document: usize, checked: &Checked<'_>, out: &mut Vec<Pair>) {
    let is_age = |f: &Figure| {
        let years = || f.quantity.unit.as_ref().is_some_and(|u| u.code == "a");
        stated(f) && (f.kind == Kind::Age && years() || is_bare_age(checked.document.text, f))
    };
    let ages: Vec<usize> =
        checked.extraction.figures.iter().enumerate().filter(|(_, f)| is_age(f)).map(|(i, _)| i).collect();
    if ages.is_empty() {
        return;
    }
    let text = checked.document.text;
    let times = &checked.extraction.times;
    let figures = &checked.extraction.figures;
    let place = |item| Place { document, item };
    for &i in &ages {
        // "Now 66," has no noun and may be read as a count.
        let later = (i + 1..figures.len().min(i + 4))
            .find_map(|k| Some((k, grown(checked, &figures[i], &figures[k])?)));
        if let Some((k, (fits, index, note))) = later {
            let sides = vec![place(Item::Figure(k)), place(Item::Figure(i)), place(Item::Time(index))];
            out.push(finding(fits, Reason::TimeArithmetic, sides, note));
        }
    }
    let life = |index: usize| Some((index, Life::of(text, &times[index], times.get(index + 1))?));
    let lives = (0..times.len()).filter_map(life);
    for (index, life) in lives.take(MOST_BIRTHS) {
        for &i in &ages {
            let age = &checked.extraction.figures[i];
            if let Some((fits, note)) = life.against(checked, age) {
                let sides = vec![place(Item::Figure(i)), place(Item::Time(index))];
                out.push(finding(fits, Reason::TimeArithmetic, sides, note));
            }
        }
    }
}

/// "The conductor, 61, was born", "became a judge at 29 in 1998": a number without a noun that may be an age.
fn is_bare_age(text: &str, f: &Figure) -> bool {
    let before = text.get(..f.number.start as usize).unwrap_or("").trim_end();
    let after = text.get(f.number.end as usize..).unwrap_or("");
    let bare = f.kind == Kind::Count && f.counted.is_none() && f.quantity.unit.is_none();
    let lived = f.quantity.value.is_some_and(|v| (Decimal::TEN..=Decimal::from(110)).contains(&v));
    let apposed = before.ends_with(',') && after.starts_with(',');
    bare && lived && (apposed || before.ends_with(" at") && after.starts_with(" in "))
}

/// "She was 19 when she won her first title in 2004. Now 39, she …": the same age then and now.
fn grown(checked: &Checked<'_>, then: &Figure, now: &Figure) -> Option<(bool, usize, String)> {
    let text = checked.document.text;
    let stretch = |from: u32, to: u32| text.get(from as usize..to as usize).map(str::trim);
    let end = then.span.end.max(then.number.end);
    let between = stretch(end, now.number.start)?;
    let near = now.sentence == then.sentence || stretch(then.sentence.end, now.sentence.start)?.is_empty();
    let was =
        stretch(then.sentence.start, then.number.start)?.ends_with(" was") && between.starts_with("when");
    let is = between.ends_with(" now") || between.ends_with(" Now") || between.ends_with("is now aged");
    let bare = now.kind == Kind::Age || now.kind == Kind::Count && now.quantity.unit.is_none();
    if !near || !was || !is || !bare || !stated(now) {
        return None;
    }
    let mut dates =
        times_of(checked, then.sentence).filter(|(_, t)| t.span.start < now.number.start && is_year(t));
    let (index, date) = dates.next().filter(|_| dates.next().is_none())?;
    let says = |sentence: Span, word: &str| lower_words(text, sentence).any(|w| w == word);
    let other = |one, another| {
        says(then.sentence, one) && says(now.sentence, another) && !says(then.sentence, another)
    };
    if relative(text, Span::new(date.span.end, now.number.start)) || other("he", "she") || other("she", "he")
    {
        return None;
    }
    let passed = Decimal::from(checked.document.publish_date?.year() - date.start?.year());
    let (old, new) = (then.quantity.value?, now.quantity.value?);
    let fits = new.saturating_sub(old).saturating_sub(passed).abs() <= Decimal::ONE;
    let (year, first, last) = (date.span.of(text), then.number.of(text), now.number.of(text));
    let note = match fits {
        true => format!("{last} fits {first} in {year}."),
        false => format!(
            "Whoever was {first} in {year} is about {}, not {last}: check both ages and the year.",
            old.saturating_add(passed)
        ),
    };
    Some((fits, index, note))
}

/// Whether a time is a day, month or year.
fn is_year(t: &TimeExpression) -> bool {
    t.timex.len() >= 4 && t.timex.starts_with(|c: char| c.is_ascii_digit()) && !t.timex.contains('/')
}

/// The year of somebody's birth, and where the same words give it that of the death.
struct Life<'a> {
    time: &'a TimeExpression,
    born: i16,
    died: Option<i16>,
}

impl<'a> Life<'a> {
    fn of(text: &str, time: &'a TimeExpression, next: Option<&TimeExpression>) -> Option<Life<'a>> {
        let born = time.start.filter(|_| time.timex.len() >= 4)?.year();
        let before = text.get(..time.span.start as usize)?;
        let after = text.get(time.span.end as usize..)?;
        // "(1931-2009)"
        let whole = time.timex.contains('/') && before.ends_with('(') && after.starts_with(')');
        let died = time.end.filter(|_| whole).map(|d| d.year());
        (whole || is_birth(text, time)).then(|| Life {
            time,
            born,
            died: died.or_else(|| death(text, next?, time)),
        })
    }

    /// Whether an age of the same person fits, and what to say about it; `None` for others and for ages in unknown years.
    fn against(&self, checked: &Checked<'_>, age: &Figure) -> Option<(bool, String)> {
        let text = checked.document.text;
        let same = age.sentence.contains(self.time.span);
        let one_person = match same {
            true => {
                let between = span_between(text, age, self.time);
                // "Born in 1970, Brandt made his debut at 18 in 1988"
                let own = event(checked, age).is_some();
                let another = |w: String| RELATIVES.contains(&w) && !(own && matches!(&*w, "his" | "her"));
                !lower_words(text, between).any(another)
            }
            false => names_it(text, age, self.time) || pronoun(text, age, self.time),
        };
        if !one_person {
            return None;
        }
        let then = match (event(checked, age), self.died) {
            (Some(_), _) if same && who(text, age, self.time) => return None,
            (Some(then), _) => then,
            (_, Some(died)) => (dies(text, age.sentence) || is_all(text, age)).then_some(died)?,
            _ => reference(checked, age)?,
        };
        let (lower, upper) = ends(age.quantity.interval)?;
        let (born, passed) = (self.born, Decimal::from(i32::from(then) - i32::from(self.born)));
        if passed < Decimal::ZERO {
            return None; // of somebody else
        }
        // Whoever is 45 turned, or will turn, 45 or 46 this year.
        let fits = lower.floor() - Decimal::ONE <= passed && passed <= upper.floor() + Decimal::ONE;
        let words = age.number.of(text);
        let note = match fits {
            true => format!("Age {words} fits the birth in {born}."),
            false => format!(
                "Whoever was born in {born} was {} or {passed} in {then}, not {words}: check the age and the year of birth.",
                passed - Decimal::ONE
            ),
        };
        Some((fits, note))
    }
}

/// Whether a time is that of a birth: "born in Lubo on 3 May 1961", "(born 1961)".
fn is_birth(text: &str, time: &TimeExpression) -> bool {
    let start = time.span.start as usize;
    let mut from = start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..start).unwrap_or("").to_lowercase();
    let Some(at) = before.rfind("born") else { return false };
    let between = before[at + 4..].trim();
    !between.contains(['.', ';', ',', '('])
        && between.split_whitespace().count() <= 6
        && !between.contains(" to ")
        && (between.is_empty() || between.ends_with("in") || between.ends_with("on"))
        && !["after", "before", "since"].iter().any(|w| between.ends_with(w))
}

/// "born 4 May 1931; died 12 June 2019": the year of the death behind a birth.
fn death(text: &str, next: &TimeExpression, birth: &TimeExpression) -> Option<i16> {
    let between = text.get(birth.span.end as usize..next.span.start as usize)?;
    let said = !between.contains(". ") && between.len() <= 40;
    let mut words = between.split_whitespace().rev();
    let last = words.next().filter(|w| !matches!(*w, "on" | "in")).or_else(|| words.next());
    next.start.filter(|_| said && last == Some("died")).map(|d| d.year())
}

/// The words of a stretch in lower case.
fn lower_words(text: &str, span: Span) -> impl Iterator<Item = String> {
    words::runs(text, span).map(|(span, _)| words::lowered(span.of(text)).into_owned())
}

/// What decides whether an age and a birth of one sentence are of one person: what stands between them, and for "the
/// 45-year-old" all before the later one.
fn span_between(text: &str, age: &Figure, birth: &TimeExpression) -> Span {
    let (mut from, to) = match age.number.start < birth.span.start {
        true => (age.number.end, birth.span.start),
        false => (birth.span.end, age.number.start),
    };
    if is_attributive(text, age) {
        from = age.sentence.start;
    }
    Span::new(from, to.max(from))
}

/// Whether another person is spoken of.
fn relative(text: &str, span: Span) -> bool {
    lower_words(text, span).any(|w| RELATIVES.contains(&w))
}

/// "the 45-year-old judge"
fn is_attributive(text: &str, age: &Figure) -> bool {
    text.get(age.number.end as usize..).is_some_and(|after| after.starts_with("-year-old"))
}

/// The text from the sentence of a birth on, up to an offset.
fn told<'t>(text: &'t str, birth: &TimeExpression, to: u32) -> &'t str {
    let mut from = birth.span.start.saturating_sub(REACH) as usize;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..birth.span.start as usize).unwrap_or("");
    let from = before.rfind(['.', '\n']).map_or(from, |at| from + at + 1);
    text.get(from..to as usize).unwrap_or("").trim()
}

/// So many bytes before a birth are looked at for whose it is.
const REACH: u32 = 200;

/// Whether the sentence of a birth begins with the name of whoever has the age.
fn names_it(text: &str, age: &Figure, birth: &TimeExpression) -> bool {
    let Some(subject) = &age.subject else { return false };
    let sentence = told(text, birth, birth.span.start);
    let opening = sentence.split([',', '(']).next().unwrap_or("").split(" was ").next().unwrap_or("");
    let opening: Vec<&str> = opening.split_whitespace().collect();
    let name = |w: &str| w.starts_with(char::is_uppercase) && w.eq_ignore_ascii_case(&subject.head);
    let another = || sentence.split([' ', ',']).any(|w| RELATIVES.contains(&words::lowered(w)));
    let born = sentence.split(' ').any(|w| w == "born");
    born && opening.len() <= 4 && opening.iter().any(|w| name(w)) && !another()
}

/// "Edwin Garrow was born in 1952. He joined the navy in 1970 at the age of 18.": whether a sentence goes on about whoever
/// the one before it says was born.
fn pronoun(text: &str, age: &Figure, birth: &TimeExpression) -> bool {
    let other = match age.sentence.of(text).split(' ').next() {
        Some("He") => "she",
        Some("She") => "he",
        _ => return false,
    };
    if age.sentence.start < birth.span.end || age.sentence.start - birth.span.end > REACH {
        return false;
    }
    let before = told(text, birth, age.sentence.start);
    let born = before.starts_with("Born") || before.split_whitespace().take(8).any(|w| w == "born");
    let someone = |w: &str| w == other || RELATIVES.contains(w);
    let one = !before.contains(". ") && !before.contains('\n');
    born && one && !before.split([' ', ',']).any(|w| someone(&words::lowered(w)))
}

/// Whether the age is all that its sentence says: "She was 88."
fn is_all(text: &str, age: &Figure) -> bool {
    age.sentence.of(text).split(' ').count() == 3
        && lower_words(text, age.sentence).nth(1).is_some_and(|w| w == "was")
}

/// Whether somebody else comes in between a birth and an age: "Born in 1952, he followed Brandt, who took office at 47".
fn who(text: &str, age: &Figure, birth: &TimeExpression) -> bool {
    // "born in 1931, who died" is of one
    lower_words(text, span_between(text, age, birth)).skip(1).any(|w| w == "who")
}

/// The times of a sentence.
fn times_of<'a>(checked: &Checked<'a>, sentence: Span) -> impl Iterator<Item = (usize, &'a TimeExpression)> {
    let times = &checked.extraction.times;
    let first = times.partition_point(|t| t.span.start < sentence.start);
    let all = times.iter().enumerate().skip(first);
    all.take_while(move |(_, t)| t.span.start < sentence.end)
}

/// The year beside an age: "in 1970 at the age of 28", "aged 28 in 1970".
fn event(checked: &Checked<'_>, age: &Figure) -> Option<i16> {
    let text = checked.document.text;
    let between = |from: u32, to: u32| text.get(from as usize..to as usize).map(|w| w.trim().to_lowercase());
    let beside = |t: &TimeExpression| {
        let before = between(t.span.end, age.number.start);
        let after = between(age.span.end.max(age.number.end), t.span.start);
        before.is_some_and(|w| AT_AGE.contains(w.trim_start_matches(", ")))
            || after.is_some_and(|w| matches!(w.trim_start_matches(", "), "in" | "on"))
    };
    let mut times = times_of(checked, age.sentence);
    let (_, time) = times.find(|(_, t)| is_year(t) && !is_birth(text, t) && beside(t))?;
    time.start.map(|d| d.year())
}

fn dies(text: &str, sentence: Span) -> bool {
    lower_words(text, sentence).any(|w| DYING.contains(&w))
}

/// The year in which whoever it is has the age: that of the death in the sentence, else that of publication for ages in
/// apposition ("Brandt, 45,") and before a noun ("the 45-year-old judge") where no other time is spoken of.
fn reference(checked: &Checked<'_>, age: &Figure) -> Option<i16> {
    let text = checked.document.text;
    let others = || times_of(checked, age.sentence).map(|(_, t)| t).filter(|t| !is_birth(text, t));
    let published = checked.document.publish_date;
    if dies(text, age.sentence) {
        let known: Vec<_> = others().filter(|t| t.timex.len() >= 4).filter_map(|t| t.start).collect();
        return match known[..] {
            [one] => Some(one.year()),
            _ => None,
        };
    }
    let before = text.get(..age.number.start as usize)?.trim_end();
    let after = text.get(age.number.end as usize..)?;
    let apposition = before.ends_with(',') && after.starts_with([',', ')', '.']);
    let near = |t: &TimeExpression| t.start.is_none_or(|s| published.is_some_and(|p| p.year() == s.year()));
    let attributive = is_attributive(text, age)
        && others().all(near)
        && !lower_words(text, age.sentence).any(|w| BACK_THEN.contains(&w));
    published.filter(|_| apposition || attributive).map(|d| d.year())
}
