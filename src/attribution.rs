//! Who says a figure.
//!
//! A source stands in the figure's own sentence ("the ministry said …", "according to …"), or it is the speaker of a
//! quotation that runs on over sentences and paragraphs. A [`Reader`] carries the quotation along.

mod beside;
mod governing;
mod noun;
mod quotation;
mod source;
mod speaker;
mod wide;

use std::ops::Range;

use crate::Span;
use crate::figure::{Attribution, Phrase};
use crate::scene::Scene;
use crate::segment::Segment;
use crate::sentence::Sentence;
use crate::tag::Tag;
use crate::token;
pub(crate) use quotation::may_quote;
use quotation::{Quotation, Voice};

/// A source with the words that name it as one.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    phrase: Phrase,
    cue: Span,
}

/// Reads the attributions of a document, sentence by sentence in order.
///
/// Every sentence must pass through [`Reader::sentence`], those without figures too (their tokens need no tags).
/// A quotation's speaker may be named only after it, so [`Reader::finish`] gives the attributions that came late.
#[derive(Debug, Default)]
pub struct Reader {
    sentences: usize,
    paragraph: Option<u32>,
    quotation: Quotation,
    /// Quoted mentions that still wait for their speaker.
    waiting: Vec<Waiting>,
    /// Sentence and mention of what stands behind a name in capitals that may be a place, with that name.
    doubtful: Vec<(usize, usize, Source)>,
    late: Vec<Late>,
    /// The last person named as a source: whom "he" and "she" stand for.
    person: Option<String>,
}

/// A quoted mention without a speaker so far.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    sentence: usize,
    mention: usize,
    /// Whether its sentence is quoted as a whole.
    whole: bool,
}

/// An attribution that became known after its sentence had passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
    /// Index of the sentence, counted over all sentences given to the reader.
    pub sentence: usize,
    /// Index of the mention in that sentence.
    pub mention: usize,
    /// Who says it.
    pub attribution: Attribution,
}

impl Reader {
    /// A reader at the start of a document.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// The attribution of every mention of the next sentence, as far as it is known by now.
    pub fn sentence(&mut self, scene: &Scene) -> Vec<Option<Attribution>> {
        let s = scene.sentence;
        let index = self.sentences;
        self.sentences += 1;
        if self.paragraph != Some(s.paragraph) {
            self.begin(s.paragraph, quotation::mark_width(s, 0) > 0);
        }
        let voice = self.quotation.sentence(scene);
        if voice.transcript && !voice.doubtful {
            for (sentence, mention, speaker) in std::mem::take(&mut self.doubtful) {
                self.late.push(Late { sentence, mention, attribution: attribution(speaker, false) });
            }
        }
        if let (Some(speaker), true) = (&voice.speaker, voice.quotes || voice.names) {
            let speaker = self.known(speaker.clone());
            for Waiting { sentence, mention, .. } in self.waiting.drain(..) {
                self.late.push(Late { sentence, mention, attribution: attribution(speaker.clone(), true) });
            }
        }
        let sources = source::Sources::of(scene);
        (0..scene.mentions.len()).map(|i| self.mention(scene, &voice, &sources, index, i)).collect()
    }

    /// Passes a sentence without figures. Only one that quotes, ends in a colon or may name who asked is read at all;
    /// its tokens are given back.
    pub fn pass<'t>(&mut self, text: &'t str, lowered: &'t str, segment: &Segment) -> Option<Sentence<'t>> {
        let written = segment.span.of(text);
        let names = self.paragraph == Some(segment.paragraph) && self.quotation.may_name(written);
        if names || may_quote(written) {
            let sentence = token::tokenize(text, lowered, segment.span, segment.paragraph);
            self.sentence(&Scene::untagged(&sentence));
            return Some(sentence);
        }
        self.narrative(segment.paragraph);
        None
    }

    /// Passes a sentence that neither quotes nor holds a figure.
    pub fn narrative(&mut self, paragraph: u32) {
        self.sentences += 1;
        if self.paragraph != Some(paragraph) {
            self.begin(paragraph, false);
        }
        self.quotation.narrative();
    }

    /// A new paragraph.
    fn begin(&mut self, paragraph: u32, quoted: bool) {
        self.paragraph = Some(paragraph);
        self.settle();
        self.quotation.paragraph(quoted);
    }

    /// The attributions that became known late.
    pub fn finish(mut self) -> Vec<Late> {
        self.settle();
        self.late
    }

    fn mention(
        &mut self,
        scene: &Scene,
        voice: &Voice,
        sources: &source::Sources,
        sentence: usize,
        i: usize,
    ) -> Option<Attribution> {
        let token = scene.mentions[i].tokens.start;
        let quoted = voice.inside(token);
        if let Some(found) = sources.read(scene, i, voice) {
            return Some(attribution(self.known(found), quoted));
        }
        if !quoted && !voice.transcript {
            return None;
        }
        if let (Some(speaker), true, false) = (&voice.speaker, voice.doubtful, quoted) {
            self.doubtful.push((sentence, i, speaker.clone()));
            return None;
        }
        if let Some(speaker) = &voice.speaker {
            return Some(attribution(self.known(speaker.clone()), quoted));
        }
        // A title or a word in quotation marks is no speech.
        let s = scene.sentence;
        let speech =
            |range: Range<usize>| range.into_iter().any(|t| s.tag(t).is_verb() || s.tag(t) == Tag::Aux);
        if voice.whole || voice.quotation(token).is_some_and(speech) {
            self.waiting.push(Waiting { sentence, mention: i, whole: voice.whole });
        }
        None
    }

    /// Gives the mentions that wait the speaker who spoke before, if the quotation may be his.
    fn settle(&mut self) {
        let speaker = self.quotation.speaker_before();
        for Waiting { sentence, mention, .. } in self.waiting.drain(..).filter(|w| w.whole) {
            if let Some(speaker) = &speaker {
                self.late.push(Late { sentence, mention, attribution: attribution(speaker.clone(), true) });
            }
        }
    }

    /// Notes a person, and says whom a pronoun stands for.
    fn known(&mut self, mut source: Source) -> Source {
        let head = source.phrase.head.as_str();
        if matches!(head, "he" | "she") {
            source.phrase.resolved = self.person.clone();
        } else if head.starts_with(char::is_uppercase) {
            self.person = Some(source.phrase.head.clone());
        }
        source
    }
}

fn attribution(source: Source, quoted: bool) -> Attribution {
    Attribution { source: source.phrase, cue: source.cue, quoted }
}
