//! Quotations that run on, and who speaks them.

use std::ops::Range;

use super::Source;
use super::beside::{asker, speaker};
use crate::phrase;
use crate::scene::Scene;
use crate::sentence::{Sentence, TokenKind};

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
    /// How many names in capitals with a colon opened sentences so far.
    labels: usize,
    /// Whether such names are known to speak, so that "MUMBAI:" would be no place.
    talk: bool,
    /// Whether the last sentence ended in speech or announced it.
    speech: bool,
    /// Whether it was speech that ends in a question or exclamation mark: "Hannah asked." may follow.
    asked: bool,
}

/// What is quoted in one sentence, and who speaks.
#[derive(Debug, Default)]
pub(super) struct Voice {
    pub quoted: Vec<Range<usize>>,
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
    /// Whether that speaker may be no more than the place of a dateline.
    pub doubtful: bool,
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

pub(super) fn is_mark(word: &str) -> bool {
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
            self.labels += 1;
        }
        let mut voice = Voice { transcript: self.transcript, quoted: self.marks(s), ..Voice::default() };
        self.talk |= self.labels > 1 || self.transcript && talks(s, &voice);
        voice.doubtful = self.transcript && !self.talk;
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

/// Whether somebody speaks of himself or to others: "We lost 40 boats.", "Do you see it?"
fn talks(s: &Sentence, voice: &Voice) -> bool {
    let word =
        |i: usize| matches!(s.lower(i), "i" | "we" | "you" | "my" | "our" | "your" | "me" | "us" | "?");
    (0..s.len()).any(|i| word(i) && s.word(i) != "US" && !voice.inside(i))
}

/// Whether a sentence ends in "?”" or "!”".
fn asks(s: &Sentence) -> bool {
    let mark = (0..s.len()).rev().take(3).find(|&i| !is_mark(s.word(i)) && s.word(i) != "'");
    mark.is_some_and(|i| i + 1 < s.len() && matches!(s.word(i), "?" | "!"))
}
