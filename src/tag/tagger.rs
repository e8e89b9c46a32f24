//! Tags sentences with a model.
//!
//! Most of the features of a word are the same wherever it stands, and texts repeat their words. What a word says is
//! therefore summed once and kept; a place in a sentence adds what its neighbours and the tags before it say.

use super::Tag;
use super::features::{
    FEATURES, History, Numbered, Word, around, before, casing, first_words, next, own, pair, shaped, tagged,
};
use super::model::{Model, Row, SLOTS};
use crate::table::Key;

/// Sums of rows of weights, each weight raised by 128 so that no sum is negative: which one is the largest stays
/// the same. Four sums share a number, two bytes each, which holds 127 rows: the compiler adds such numbers side by
/// side, as it does not with the sums themselves.
///
/// The first four numbers hold the sums of tags 0, 2, 4, 6; 8, 10 and so on, the others those of 1, 3, 5, 7; 9, 11.
#[derive(Clone, Copy, Debug)]
struct Scores([u64; 8]);

impl Scores {
    const NONE: Scores = Scores([0; 8]);

    #[inline]
    fn add(&mut self, other: &Scores) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum = sum.wrapping_add(more);
        }
    }

    #[inline]
    fn subtract(&mut self, other: &Scores) {
        for (sum, less) in self.0.iter_mut().zip(other.0) {
            *sum = sum.wrapping_sub(less);
        }
    }

    #[inline(never)] // inlined it is not vectorised
    fn add_rows(&mut self, rows: &[&Row]) {
        const LOW: u64 = 0x00ff_00ff_00ff_00ff;
        let mut sums = self.0;
        for row in rows {
            let (words, _) = row.as_chunks::<8>();
            for (k, word) in words.iter().enumerate() {
                let raised = u64::from_le_bytes(*word) ^ 0x8080_8080_8080_8080;
                sums[k] = sums[k].wrapping_add(raised & LOW);
                sums[k + 4] = sums[k + 4].wrapping_add(raised >> 8 & LOW);
            }
        }
        self.0 = sums;
    }

    /// The tag of the largest sum, the first one of several. The last two slots are the rows' marks and no tags.
    #[inline(never)] // inlined it is not vectorised
    fn best(&self) -> Tag {
        let sums: [[i16; 4]; 8] = std::array::from_fn(|k| {
            let bytes = self.0[k].to_le_bytes();
            std::array::from_fn(|lane| i16::from_le_bytes([bytes[2 * lane], bytes[2 * lane + 1]]))
        });
        let mut best = [0; 4];
        for (k, four) in sums.iter().enumerate() {
            for (lane, (best, &sum)) in best.iter_mut().zip(four).enumerate() {
                let tag = (8 * (k % 4) + 2 * lane + k / 4) as i32;
                let key = i32::from(sum) << 5 | (31 - tag);
                *best = if tag < Tag::ALL.len() as i32 { key.max(*best) } else { *best };
            }
        }
        let best = best[0].max(best[1]).max(best[2].max(best[3]));
        Tag::ALL.get(31 - (best & 31) as usize).copied().unwrap_or(Tag::X)
    }
}

impl Model<'_> {
    /// What some features say.
    fn scores<const N: usize>(&self, features: [Numbered; N]) -> Scores {
        let mut scores = Scores::NONE;
        self.add(&mut scores, features);
        scores
    }

    fn add<const N: usize>(&self, scores: &mut Scores, features: [Numbered; N]) {
        self.add_both(scores, features, []);
    }

    #[inline(always)] // the innermost loop
    fn add_both<const N: usize, const M: usize>(
        &self,
        scores: &mut Scores,
        some: [Numbered; N],
        more: [Numbered; M],
    ) {
        let mut rows = [&[0; SLOTS]; FEATURES];
        let mut found = 0;
        let mut look_up = |(_, feature): Numbered| {
            if let Some(row) = self.table.row(feature) {
                rows[found] = row;
                found += 1;
            }
        };
        some.into_iter().for_each(&mut look_up);
        more.into_iter().for_each(&mut look_up);
        scores.add_rows(&rows[..found]);
    }
}

/// A word with what it says wherever it stands.
#[derive(Clone, Debug)]
struct Known {
    /// The word as written; `None` where it is too long to be kept.
    key: Option<Key>,
    /// Whether it came again since its place was last asked for by another word.
    again: bool,
    word: Word,
    /// What it says of itself, of the word before it and of the one behind it.
    own: Scores,
    next: Scores,
    before: Scores,
}

impl Known {
    fn new(key: Option<Key>, word: Word, model: &Model) -> Known {
        let mut itself = model.scores(own(&word));
        model.add(&mut itself, shaped(&word));
        Known {
            key,
            again: false,
            word,
            own: itself,
            next: model.scores(next(&word)),
            before: model.scores(before(&word)),
        }
    }
}

/// How many words are kept.
const KEPT: usize = 4096;

/// A model at work, with what it keeps from one sentence to the next.
#[derive(Clone, Debug)]
pub struct Tagger<'m, 'b> {
    model: &'m Model<'b>,
    /// What two tags say of the word behind them.
    pairs: Vec<Scores>,
    /// The words kept, and at the end a place for one that is not.
    kept: Vec<Known>,
    /// What stands before and behind a sentence.
    edge: Known,
    words: Vec<Word>,
    scores: Vec<Scores>,
}

impl<'m, 'b> Tagger<'m, 'b> {
    /// A tagger that has read nothing yet.
    pub fn new(model: &'m Model<'b>) -> Tagger<'m, 'b> {
        let tags = || Tag::ALL.into_iter();
        let histories = tags().flat_map(|t| tags().map(move |t2| History::of_tags(t, t2)));
        let edge = Known::new(None, Word::default(), model);
        Tagger {
            model,
            pairs: histories.map(|history| model.scores(pair(history))).collect(),
            kept: vec![edge.clone(); KEPT + 1],
            edge,
            words: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Tags one sentence. `tags` is cleared and gets one tag a word.
    pub fn tag<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, tags: &mut Vec<Tag>) {
        tags.clear();
        self.read(words);
        self.settle_case();
        let mut history = History::START;
        for (window, scores) in self.words.windows(4).zip(&self.scores[1..]) {
            let [a, w, z, z2] = window else { break };
            let tag = w.class.sure().unwrap_or_else(|| {
                let mut scores = *scores;
                scores.add(&self.pairs[history.pair()]);
                self.model.add_both(&mut scores, around(a, w, z), tagged(w, z, z2, history));
                scores.best()
            });
            tags.push(tag);
            history = history.after(w, tag);
        }
        give_finite_verb(tags);
    }

    /// Reads the words, with an empty one before them and two behind, and scores each by what it and its
    /// neighbours say by themselves.
    fn read<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        self.words.clear();
        self.words.push(self.edge.word);
        self.scores.clear();
        self.scores.extend([Scores::NONE, self.edge.before]);
        for written in words {
            let known = know(&mut self.kept, written, self.model);
            let at = self.words.len();
            self.words.push(known.word);
            self.scores[at - 1].add(&known.next);
            self.scores[at].add(&known.own);
            self.scores.push(known.before);
        }
        self.scores[self.words.len() - 1].add(&self.edge.next);
        self.words.extend([self.edge.word; 2]);
    }

    /// Notes how the sentence is cased and which words begin it.
    fn settle_case(&mut self) {
        let words = 1..self.words.len() - 2;
        if let Some(casing) = casing(&self.words[words.clone()]) {
            for at in words.clone() {
                self.reshape(at, self.words[at].cased(casing));
            }
        }
        for at in (1..).take(first_words(&self.words[words])) {
            self.reshape(at, self.words[at].first());
        }
    }

    /// Puts a word of another shape in the place of the one at `at`.
    fn reshape(&mut self, at: usize, word: Word) {
        self.scores[at].subtract(&self.model.scores(shaped(&self.words[at])));
        self.model.add(&mut self.scores[at], shaped(&word));
        self.words[at] = word;
    }
}

/// What is known of a word, read now if it is not kept. A word that came again keeps its place once.
fn know<'k>(kept: &'k mut [Known], written: &str, model: &Model) -> &'k Known {
    let key = Key::of(written);
    let mut place = key.map_or(KEPT, |key| key.hash() as usize % KEPT);
    let known = &mut kept[place];
    if key.is_some() && known.key == key {
        known.again = true;
    } else {
        if std::mem::take(&mut known.again) {
            place = KEPT;
        }
        kept[place] = Known::new(key, Word::read(written, &model.lexicon), model);
    }
    &kept[place]
}

/// Reads the participle of a main clause without a finite verb as its past tense ("Petrol averaged $2.11 .").
///
/// Both forms look alike, and the perceptron decides before it has seen that no other verb follows.
fn give_finite_verb(tags: &mut [Tag]) {
    if tags.last() != Some(&Tag::Punct) {
        return;
    }
    let main = tags.split_mut(|t| matches!(t, Tag::Sconj | Tag::Relative)).next().unwrap_or_default();
    if main.iter().any(|&t| t.is_finite()) {
        return;
    }
    let mut subject = false;
    for tag in main {
        if *tag == Tag::VerbParticiple && subject {
            *tag = Tag::VerbPast;
            return;
        }
        subject = tag.is_noun() || matches!(tag, Tag::Pron | Tag::Num) || subject && *tag == Tag::Adv;
    }
}
