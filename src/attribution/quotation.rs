//! Quotations that run on, and who speaks them.

use std::ops::Range;

use super::{Source, noun, speaker};
use crate::cue;
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// The state of quotation between sentences.
#[derive(Debug, Default)]
pub(super) struct Quotation {
    /// Whether a quotation is open.
    open: bool,
    /// Whether its mark is a straight one, so that curly ones within it open and close what it quotes itself.
    straight: bool,
    /// Whether a curly mark is open within straight ones.
    nested: bool,
    /// Whether the paragraph began with a quotation mark.
    begins_quoted: bool,
    /// Who speaks in this paragraph.
    speaker: Option<Source>,
    /// Who spoke in the paragraph before, if it ended in speech.
    before: Option<Source>,
    /// "He went on:" names who speaks next.
    announced: bool,
    /// A transcript's "SMITH:" speaks for its whole paragraph.
    transcript: bool,
    /// Whether the last sentence ended in speech or announced it.
    speech: bool,
    /// Whether it was speech that ends in a question or exclamation mark: "Hannah asked." may follow.
    asked: bool,
}

/// What is quoted in one sentence, and who speaks.
#[derive(Debug, Default)]
pub(super) struct Voice {
    quoted: Vec<Range<usize>>,
    /// Who speaks what is quoted.
    pub speaker: Option<Source>,
    /// Whether anything is quoted.
    pub quotes: bool,
    /// Whether it names who spoke the quotation before it, and no more.
    pub names: bool,
    /// Whether the sentence is quoted as a whole.
    pub whole: bool,
    /// Whether it belongs to a speaker without quotation marks.
    pub transcript: bool,
}

impl Voice {
    /// Whether token `i` stands inside quotation marks.
    pub fn inside(&self, i: usize) -> bool {
        self.quotation(i).is_some()
    }

    /// The tokens inside the quotation marks around token `i`.
    pub fn quotation(&self, i: usize) -> Option<Range<usize>> {
        let at = self.quoted.partition_point(|r| r.end <= i);
        self.quoted.get(at).filter(|r| r.contains(&i)).cloned()
    }
}

/// How many tokens the quotation mark at token `i` has: two where it is typed as two apostrophes, 0 for none.
pub(super) fn mark_width(s: &Sentence, i: usize) -> usize {
    if s.kind(i) == TokenKind::Word {
        return 0;
    }
    if is_mark(s.word(i)) {
        return 1;
    }
    if s.word(i) == "'" && s.word(i + 1) == "'" && s.glued(i + 1) { 2 } else { 0 }
}

/// Whether a sentence may hold a quotation mark, announce a quotation or name the speaker of a transcript.
pub(crate) fn may_quote(written: &str) -> bool {
    let bytes = written.as_bytes();
    let follows = |i: usize, rest: &[u8]| bytes[i + 1..].starts_with(rest);
    memchr::memchr3_iter(b'"', 0xe2, b'`', bytes).any(|i| match bytes[i] {
        0xe2 => follows(i, &[0x80, 0x9c]) || follows(i, &[0x80, 0x9d]),
        b'`' => follows(i, b"`"),
        _ => true,
    }) || memchr::memchr2_iter(b'\'', b':', bytes).any(|i| bytes[i] == b':' || follows(i, b"'"))
}

fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``")
}

impl Quotation {
    /// A new paragraph: a quotation goes on only if it opens with a mark.
    pub fn paragraph(&mut self, quoted: bool) {
        self.begins_quoted = quoted;
        let goes_on = self.begins_quoted && (self.open || self.announced);
        let spoke = self.speech;
        let last = self.speaker.take();
        self.before = last.clone().filter(|_| self.begins_quoted && spoke);
        if goes_on {
            self.speaker = last;
        }
        self.open = false;
        self.announced = false;
        self.transcript = false;
        self.speech = false;
        self.asked = false;
    }

    /// Whether the sentence `written` may be "Hannah asked." behind a question.
    pub fn may_name(&self, written: &str) -> bool {
        self.asked && written.len() < 80
    }

    /// Who spoke before, for a quotation whose speaker is never named.
    pub fn speaker_before(&self) -> Option<Source> {
        self.before.clone()
    }

    /// A sentence without quotation marks: narrative, unless a quotation is open.
    pub fn narrative(&mut self) {
        if !self.open && !self.transcript {
            self.speaker = None;
            self.speech = false;
        }
        self.announced = false;
        self.asked = false;
    }

    /// Reads what is quoted in a sentence and who speaks, and goes on to the next.
    pub fn sentence(&mut self, scene: &Scene) -> Voice {
        let s = scene.sentence;
        if let Some(name) = transcript_name(s) {
            let phrase = phrase::of_tokens(s, name.start, name.end, name.end - 1);
            self.speaker = Some(Source { cue: s.tokens[name.end].span, phrase });
            self.transcript = true;
        }
        let mut voice = Voice { transcript: self.transcript, ..Voice::default() };
        voice.quoted = self.marks(s);
        voice.quotes = !voice.quoted.is_empty();
        let colon = !s.is_empty() && s.word(s.len() - 1) == ":";
        let cue = if voice.quotes || colon {
            speaker(scene, &voice)
        } else {
            asker(scene, &voice).filter(|_| self.asked)
        };
        voice.names = !voice.quotes && !colon && cue.is_some();
        let outside = words_outside(s, &voice);
        voice.whole = voice.quotes && !outside;
        if let Some(found) = cue {
            self.speaker = Some(found);
        } else if outside && !self.transcript && !(voice.inside(1) && self.speech) {
            // Narrative without a speaker ends the speech, unless it only precedes the quotation or ends it.
            self.speaker = None;
        }
        voice.speaker.clone_from(&self.speaker);
        self.announced = colon && self.speaker.is_some();
        self.speech = voice.quotes || voice.names || self.announced;
        self.asked = asks(s);
        voice
    }

    /// The token ranges inside quotation marks.
    fn marks(&mut self, s: &Sentence) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut from = self.open.then_some(0);
        let mut i = 0;
        while i < s.len() {
            let at = i;
            let width = mark_width(s, i);
            i += width.max(1);
            if width == 0 {
                continue;
            }
            let opens = match s.word(at) {
                "“" if from.is_some() && self.straight => {
                    self.nested = true;
                    continue;
                }
                "”" if from.is_some() && self.nested => {
                    self.nested = false;
                    continue;
                }
                "“" => from.is_none() || !s.glued(at),
                "``" => true,
                "”" => false,
                "\"" | "''" => from.is_none(),
                "'" => from.is_none(),
                _ => continue,
            };
            match (opens, from) {
                (true, None) => {
                    from = Some(i);
                    (self.straight, self.nested) = (s.word(at) == "\"", false);
                }
                (false, Some(start)) => {
                    ranges.push(start..at);
                    from = None;
                }
                _ => {}
            }
        }
        self.open = from.is_some();
        if let Some(start) = from.filter(|&f| f < s.len()) {
            ranges.push(start..s.len());
        }
        ranges
    }
}

/// Whether any word stands outside the quotation marks.
fn words_outside(s: &Sentence, voice: &Voice) -> bool {
    (0..s.len()).any(|i| s.kind(i) == TokenKind::Word && !voice.inside(i))
}

/// "WALLACE: Do you see …"
fn transcript_name(s: &Sentence) -> Option<Range<usize>> {
    let from = usize::from(is_mark(s.word(0)));
    let capitals =
        |w: &str| w.len() > 2 && w.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '\'' | '-'));
    let end = (from..s.len().min(from + 4)).take_while(|&i| capitals(s.word(i))).last()? + 1;
    (s.word(end) == ":").then_some(from..end)
}

/// The speaker named outside the quotation marks: "…," said Ms. Gray; the mayor told reporters: "…"
fn speaker(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let flags = |i: usize| cue::REPORTING_VERBS.get(s.lower(i)).copied().unwrap_or(0);
    let said = |i: &usize| {
        let name = *i > 0 && s.word(*i).starts_with(char::is_uppercase);
        flags(*i) & (cue::SAY | cue::QUOTE) != 0 && is_inflected(s.lower(*i)) && !name && !voice.inside(*i)
    };
    let marks: Vec<usize> = (0..s.len()).filter(|&i| mark_width(s, i) > 0).collect();
    let mut best: Option<(usize, Source)> = None;
    for verb in (0..s.len()).filter(said) {
        let next = marks.partition_point(|&i| i < verb);
        let nearest = marks[next.saturating_sub(1)..].iter().take(2).map(|i| i.abs_diff(verb));
        let mut distance = nearest.min().unwrap_or(99);
        // "was shot at 41 times", "begins to show": such a verb speaks only beside what is quoted.
        let ing = s.lower(verb).ends_with("ing");
        let far = s.lower(verb + 1) == "to" || (if ing { 3 } else { 9 }..99).contains(&distance);
        if flags(verb) & cue::SAY == 0 && far {
            continue;
        }
        if ing {
            // "…, adding: …": the subject of the sentence speaks.
            let clause = scene.clause_of(verb).filter(|_| s.tag(verb) == Tag::VerbIng);
            let subject = clause.and_then(|c| c.subject).map(|c| phrase::full(scene, c, true));
            if let (Some(phrase), None) = (subject, &best) {
                best = Some((50, Source { phrase, cue: s.tokens[verb].span }));
            }
            continue;
        }
        let Some(tokens) = name_after(s, voice, verb).or_else(|| name_before(s, voice, verb)) else {
            continue;
        };
        // The nearest to a quotation mark speaks, unless it only says of someone that he spoke.
        if s.lower(tokens.start) == "who" {
            distance += 50;
        }
        if best.as_ref().is_none_or(|b| distance < b.0) {
            let phrase = phrase_of(scene, tokens);
            best = Some((distance, Source { phrase, cue: s.tokens[verb].span }));
        }
    }
    best.map(|b| b.1).or_else(|| before_colon(scene, voice))
}

/// "“…?” Hannah asked.": a sentence of its own that names who spoke.
fn asker(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let spoke = |i: &usize| {
        let flags = cue::REPORTING_VERBS.get(s.lower(*i)).copied().unwrap_or(0);
        flags & (cue::SAY | cue::QUOTE) != 0 && matches!(s.word(*i + 1), "." | ",")
    };
    let verb = (1..s.len().min(10)).find(spoke)?;
    let tokens = name_before(s, voice, verb).filter(|tokens| tokens.start == 0)?;
    Some(Source { phrase: phrase_of(scene, tokens), cue: s.tokens[verb].span })
}

/// Whether a sentence ends in "?”" or "!”".
fn asks(s: &Sentence) -> bool {
    let mark = (0..s.len()).rev().take(3).find(|&i| !is_mark(s.word(i)) && s.word(i) != "'");
    mark.is_some_and(|i| i + 1 < s.len() && matches!(s.word(i), "?" | "!"))
}

/// "The mayor has apologised: “We lost 40 boats.”": who the sentence before the colon is about, or the text it ends
/// with.
fn before_colon(scene: &Scene, voice: &Voice) -> Option<Source> {
    let s = scene.sentence;
    let colon = match voice.quoted.first() {
        Some(quoted) => quoted.start.checked_sub(2),
        None => s.len().checked_sub(1),
    };
    let colon = colon.filter(|&t| s.word(t) == ":")?;
    let cue = s.tokens[colon].span;
    let statement = colon.checked_sub(1).filter(|&t| speaker::nouns(s.lower(t)) != 0);
    // "The firm issued this statement:"
    let voices = |verb: &usize| noun::is_voicing(s.lower(*verb));
    if let Some(verb) = statement.and_then(|t| (t.saturating_sub(4)..t).find(voices)) {
        return name_before(s, voice, verb).map(|tokens| Source { phrase: phrase_of(scene, tokens), cue });
    }
    voice.quoted.first()?;
    let clause = scene.clause_of(0).filter(|c| c.verb.as_ref().is_some_and(|v| v.finite));
    let subject = clause.and_then(|c| c.subject).filter(|&c| scene.chunks[c].tokens.end <= colon);
    let person = |c: &usize| {
        let head = scene.chunks[*c].head;
        s.tag(head).is_name() || matches!(s.lower(head), "he" | "she" | "they")
    };
    let phrase = subject.filter(person).map(|c| phrase::full(scene, c, true));
    // "shown by this finding: “…”"
    let shown = |&c: &usize| matches!(s.lower(scene.chunks[c].tokens.start), "this" | "these");
    let text = || Some(phrase::full(scene, statement.and_then(|t| scene.chunk_of(t)).filter(shown)?, false));
    phrase.or_else(text).map(|phrase| Source { phrase, cue })
}

/// Whether the form is no bare one, which might be a noun ("comment", "report").
fn is_inflected(lower: &str) -> bool {
    lower.ends_with('s')
        || lower.ends_with("ed")
        || lower.ends_with("ing")
        || matches!(
            lower,
            "said"
                | "told"
                | "wrote"
                | "went"
                | "began"
                | "thought"
                | "found"
                | "say"
                | "shot"
                | "sang"
                | "swore"
        )
}

fn phrase_of(scene: &Scene, tokens: Range<usize>) -> crate::figure::Phrase {
    match scene.chunk_of(tokens.end - 1) {
        Some(chunk) => phrase::full(scene, chunk, false),
        None if scene.is_untagged() => phrase::by_capitals(scene.sentence, tokens.start, tokens.end),
        None => phrase::of_tokens(scene.sentence, tokens.start, tokens.end, tokens.end - 1),
    }
}

/// "…," said Jane Gray: the name behind the verb, if the quotation stands before it.
fn name_after(s: &Sentence, voice: &Voice, verb: usize) -> Option<Range<usize>> {
    let before = verb.checked_sub(1)?;
    let closed = is_mark(s.word(before)) || before > 0 && mark_width(s, before - 1) == 2;
    if !closed && s.word(before) != "," {
        return None;
    }
    let start = verb + 1;
    let mut end = before_name(s, start).unwrap_or(start);
    while end < s.len()
        && end < start + 9
        && !voice.inside(end)
        && (is_name_word(s, end) || end == start && begins_phrase(s, end))
    {
        end += 1;
    }
    while begins_lower_phrase(s, start)
        && end < s.len()
        && end < start + 5
        && s.kind(end) == TokenKind::Word
        && !is_linking(s.lower(end))
    {
        end += 1;
    }
    (end > start && (is_name_word(s, end - 1) || is_pronoun(s.lower(start)) || end > start + 1))
        .then_some(start..end)
}

/// "…," said company spokesman Jane Gray: where the name begins behind what someone is.
fn before_name(s: &Sentence, start: usize) -> Option<usize> {
    let role = |i: &usize| {
        let word = s.kind(*i) == TokenKind::Word && !is_linking(s.lower(*i)) && !begins_phrase(s, *i);
        !is_name_word(s, *i)
            && (word || s.kind(*i) == TokenKind::Number || s.word(*i) == "/" || s.word(*i) == "-")
    };
    let name = start + (start..start + 6).take_while(role).count();
    (name > start && is_name_word(s, name)).then_some(name)
}

/// Jane Gray said; the mayor of Leeds told reporters; he added.
fn name_before(s: &Sentence, voice: &Voice, verb: usize) -> Option<Range<usize>> {
    let mut end = verb;
    while end > 0 && is_skipped(s.lower(end - 1)) {
        end -= 1;
    }
    // "Dana Reed, 25, said"
    if end > 3 && s.word(end - 1) == "," && s.kind(end - 2) == TokenKind::Number && s.word(end - 3) == "," {
        end -= 3;
    }
    let mut start = end;
    while start > 0 && end - start < 10 && !voice.inside(start - 1) && s.kind(start - 1) == TokenKind::Word {
        let word = s.lower(start - 1);
        if is_pronoun(word) {
            return (start == end).then_some(start - 1..end);
        }
        if matches!(word, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another") {
            start -= 1;
            break;
        }
        if !is_name_word(s, start - 1) && (is_linking(word) || start < end && is_name_word(s, start)) {
            break;
        }
        start -= 1;
    }
    (start < end && (is_name_word(s, end - 1) || begins_phrase(s, start))).then_some(start..end)
}

fn is_name_word(s: &Sentence, i: usize) -> bool {
    s.kind(i) == TokenKind::Word && s.word(i).starts_with(char::is_uppercase) && !is_linking(s.lower(i))
}

fn begins_phrase(s: &Sentence, i: usize) -> bool {
    is_pronoun(s.lower(i)) || begins_lower_phrase(s, i)
}

fn begins_lower_phrase(s: &Sentence, i: usize) -> bool {
    matches!(s.lower(i), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another")
}

fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "he" | "she" | "they" | "it" | "who")
}

/// Between a name and its verb: "she has also said".
fn is_skipped(lower: &str) -> bool {
    matches!(
        lower,
        "also"
            | "has"
            | "had"
            | "have"
            | "then"
            | "later"
            | "recently"
            | "once"
            | "was"
            | "were"
            | "is"
            | "previously"
            | "even"
    ) || lower.ends_with("ly") && lower.len() > 4
}

fn is_linking(lower: &str) -> bool {
    matches!(
        lower,
        "and"
            | "but"
            | "as"
            | "that"
            | "when"
            | "while"
            | "in"
            | "on"
            | "at"
            | "of"
            | "for"
            | "to"
            | "with"
            | "from"
            | "by"
            | "after"
            | "before"
            | "because"
            | "if"
            | "or"
            | "so"
            | "about"
            | "during"
            | "who"
            | "which"
            | "what"
            | "not"
    )
}
