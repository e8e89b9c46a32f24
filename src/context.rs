//! The context of figures, sentence by sentence: subject, change, attribution, modality and ties.

use crate::attribution;
use crate::change;
use crate::chunk;
use crate::figure::{Figure, Relation, TimeExpression};
use crate::mention::Mention;
use crate::modality;
use crate::relation;
use crate::scene::Scene;
use crate::segment::Segment;
use crate::sentence::Sentence;
use crate::subject;
use crate::time;

/// Adds their context to the figures of a document, sentence by sentence in order.
#[derive(Debug, Default)]
pub struct Reader {
    speakers: attribution::Reader,
    /// For every sentence with figures: its number, and the index of its first figure.
    firsts: Vec<(usize, usize)>,
    sentences: usize,
    /// What the sentence before speaks of, where that sentence was read.
    topic: Option<subject::Topic>,
}

impl Reader {
    /// A reader at the start of a document.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// Reads the context of a tagged sentence's mentions into its figures.
    ///
    /// They begin at index `first.0` of `figures`, the sentence's times at index `first.1` of the document's.
    pub fn sentence(
        &mut self,
        sentence: &Sentence,
        mentions: &[Mention],
        times: &[TimeExpression],
        figures: &mut [Figure],
        first: (usize, usize),
    ) {
        let (first, first_time) = first;
        self.sentences += 1;
        let topic = self.topic.take();
        if mentions.is_empty() && !attribution::may_quote(sentence.span.of(sentence.text)) {
            return self.speakers.narrative(sentence.paragraph);
        }
        let chunks = chunk::read(sentence);
        let scene = Scene::new(sentence, &chunks, mentions, times);
        let attributions = self.speakers.sentence(&scene);
        let changes = change::read(&scene);
        let leads = subject::leads(&scene);
        let own = &mut figures[first..];
        for (i, (figure, attribution)) in own.iter_mut().zip(attributions).enumerate() {
            figure.subject = subject::read(&scene, leads[i]);
            if let Some(subject) = &mut figure.subject {
                subject::resolve(&scene, subject, topic.as_ref());
            }
            figure.change = changes[i];
            figure.attribution = attribution;
            figure.modality = modality::read(&scene, i);
            let time = time::holds_at(sentence, times, &mentions[i], mentions);
            figure.time = time.map(|t| first_time + t);
        }
        self.topic = subject::topic(&scene, topic.as_ref());
        for (i, tie) in relation::read(&scene, &changes) {
            own[i].relations.push(Relation { relation: tie.relation, figure: first + tie.figure });
        }
        self.firsts.push((self.sentences - 1, first));
    }

    /// Passes a sentence without figures: it may open, close or attribute a quotation.
    ///
    /// Gives back its tokens, without tags, where they had to be read.
    pub fn pass<'t>(&mut self, text: &'t str, lowered: &'t str, segment: &Segment) -> Option<Sentence<'t>> {
        self.sentences += 1;
        self.topic = None;
        self.speakers.pass(text, lowered, segment)
    }

    /// Completes the figures with what became known late: speakers named after what they said.
    pub fn finish(self, figures: &mut [Figure]) {
        for late in self.speakers.finish() {
            let Ok(at) = self.firsts.binary_search_by_key(&late.sentence, |f| f.0) else { continue };
            if let Some(figure) = figures.get_mut(self.firsts[at].1 + late.mention) {
                figure.attribution = Some(late.attribution);
            }
        }
    }
}
