//! Learns the tagger's weights: an averaged perceptron, pruned, learnt again and rounded to bytes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::hash::{BuildHasherDefault, Hasher};

use factfigures::tag::{
    Class, FEATURES, Feature, History, Lexicon, Model, SLOTS, Table, Tag, Word, features, prepare,
};

use crate::score_tagger::{measure, record};
use crate::treebank::{self, Sentence};
use crate::wordnet;

const LABELS: usize = Tag::ALL.len();
/// A feature must be seen this often to be learnt.
const MIN_COUNT: u32 = 2;
/// A word must be seen this often for the lexicon to know it.
const MIN_KNOWN: u32 = 3;
/// A word must be seen this often, always with one tag, to be tagged without looking further.
const MIN_CERTAIN: u32 = 20;
/// The share of a word's second tag from which its class shows it.
const SECOND_SHARE: f64 = 0.05;
/// The best tag must lead by this much, or the weights are moved.
const MARGIN: f32 = 8.0;
/// The kept features are learnt this often in different order, and the weights added.
const RUNS: u32 = 3;

/// `train-tagger --train FILE… --dev FILE [--wordnet FOLDER] --out FILE`
pub fn run(arguments: &[String]) -> Result<(), String> {
    let options = Options::parse(arguments)?;
    let mut train = Vec::new();
    for path in &options.train {
        train.extend(treebank::read(path)?);
    }
    let dev = treebank::read(&options.dev)?;
    let mut random = Random(42);
    let listed = match &options.wordnet {
        Some(folder) => wordnet::read(folder)?,
        None => BTreeMap::new(),
    };
    let entries = lexicon(&train, &listed);
    let lexicon = Lexicon::new(&entries).ok_or("empty lexicon")?;
    let augmented = augment(&train, &mut random);
    let data: Vec<Example> = augmented.iter().map(|s| Example::new(s, &lexicon)).collect();

    let candidates = frequent(&data);
    eprintln!("{} sentences, {} features", data.len(), candidates.len());
    let all = Weights::learn(&data, candidates, options.epochs.0, &mut random);
    let kept = all.prune(options.bits);
    eprintln!("{} features kept", kept.len());
    let mut weights = Weights::learn(&data, kept.clone(), options.epochs.1, &mut random);
    for _ in 1..RUNS {
        weights.add(&Weights::learn(&data, kept.clone(), options.epochs.1, &mut random));
    }
    let bytes = Model::write(&entries, &weights.table(options.bits));
    fs::write(&options.out, &bytes).map_err(|e| format!("{}: {e}", options.out))?;

    let report = measure(&bytes, &dev)?;
    println!("{report}");
    record(&options.out, &report)
}

struct Options {
    train: Vec<String>,
    dev: String,
    out: String,
    wordnet: Option<String>,
    bits: u32,
    epochs: (u32, u32),
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Options, String> {
        let mut values: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        let mut option = "";
        for argument in arguments {
            match argument.strip_prefix("--") {
                Some(name) => option = name,
                None => values.entry(option).or_default().push(argument),
            }
        }
        let one = |name: &str| values.get(name).map(|v| v[0].clone());
        let number = |name: &str, default: u32| match one(name) {
            Some(text) => text.parse().map_err(|_| format!("--{name} takes a number")),
            None => Ok(default),
        };
        Ok(Options {
            train: values
                .get("train")
                .ok_or("--train FILE… is missing")?
                .iter()
                .map(|s| s.to_string())
                .collect(),
            dev: one("dev").ok_or("--dev FILE is missing")?,
            out: one("out").ok_or("--out FILE is missing")?,
            wordnet: one("wordnet"),
            bits: number("bits", 14)?,
            epochs: (number("epochs", 5)?, number("epochs2", 10)?),
        })
    }
}

/// SplitMix64: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ x >> 31) % n as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The classes of the words seen often enough.
fn lexicon(train: &[Sentence], listed: &BTreeMap<String, Vec<Tag>>) -> Vec<[u8; 4]> {
    let bare = Lexicon::build(std::iter::empty());
    let bare = Lexicon::new(&bare).expect("two entries");
    let mut counts: BTreeMap<u64, [u32; LABELS]> = BTreeMap::new();
    let mut words = Vec::new();
    for sentence in train {
        prepare(&sentence.words, &bare, &mut words);
        for (word, &tag) in words[2..].iter().zip(&sentence.tags) {
            counts.entry(word.hash).or_insert([0; LABELS])[tag as usize] += 1;
        }
    }
    counts.retain(|_, c| c.iter().sum::<u32>() >= MIN_KNOWN);
    let mut classes: BTreeMap<u64, Class> =
        counts.iter().map(|(&hash, counts)| (hash, class(counts))).collect();
    let mut kinds: BTreeMap<&[Tag], Vec<u64>> = BTreeMap::new();
    for (word, tags) in listed {
        // The ending says as much.
        if matches!(tags[..], [Tag::Nouns] | [Tag::VerbIng]) {
            continue;
        }
        prepare(&[word], &bare, &mut words);
        kinds.entry(tags).or_default().push(words[2].hash);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(tags, hashes)| (std::cmp::Reverse(hashes.len()), *tags));
    for (code, (_, hashes)) in kinds.iter().take(30).enumerate() {
        for &hash in hashes {
            classes.entry(hash).or_insert(Class::listed(code as u16));
        }
    }
    eprintln!("{} words in the lexicon", classes.len());
    Lexicon::build(classes.iter().map(|(&h, &c)| (h, c)))
}

fn class(counts: &[u32; LABELS]) -> Class {
    let total: u32 = counts.iter().sum();
    let mut order = Tag::ALL;
    order.sort_by_key(|&t| (std::cmp::Reverse(counts[t as usize]), t));
    let [first, second, ..] = order;
    if counts[first as usize] == total && total >= MIN_CERTAIN {
        return Class::certain(first);
    }
    let shows = f64::from(counts[second as usize]) >= SECOND_SHARE * f64::from(total);
    Class::new(first, shows.then_some(second))
}

/// Adds copies of some sentences as news writes them: headlines in capitals, title case or none.
fn augment(train: &[Sentence], random: &mut Random) -> Vec<Sentence> {
    let mut all = train.to_vec();
    for sentence in train.iter().filter(|s| (4..=25).contains(&s.words.len())) {
        let change: fn(&str) -> String = match random.below(40) {
            0 => |w| w.to_uppercase(),
            1 => |w| w.to_lowercase(),
            2 => title,
            _ => continue,
        };
        let words = sentence.words.iter().map(|w| change(w)).collect();
        all.push(Sentence { words, ..sentence.clone() });
    }
    all
}

fn title(word: &str) -> String {
    if matches!(
        word,
        "a" | "an" | "the" | "of" | "in" | "on" | "to" | "for" | "and" | "or" | "at" | "by" | "as"
    ) {
        return word.to_string();
    }
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// A sentence ready to learn from.
struct Example {
    words: Vec<Word>,
    tags: Vec<Tag>,
}

impl Example {
    fn new(sentence: &Sentence, lexicon: &Lexicon) -> Example {
        let mut words = Vec::new();
        prepare(&sentence.words, lexicon, &mut words);
        Example { words, tags: sentence.tags.clone() }
    }

    /// Visits each token that the lexicon does not decide, with the tags that `tag` gives to those before it.
    fn visit(&self, mut tag: impl FnMut([Feature; FEATURES], Tag) -> Tag) {
        let mut history = History::START;
        for (i, &gold) in self.tags.iter().enumerate() {
            let word = &self.words[i + 2];
            let found = word.class.sure().unwrap_or_else(|| tag(features(&self.words, i + 2, history), gold));
            history = history.after(word, found);
        }
    }
}

/// Features are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Index = HashMap<Feature, u32, BuildHasherDefault<Identity>>;

/// The features seen often enough, in a fixed order.
fn frequent(data: &[Example]) -> Vec<Feature> {
    let mut counts = Index::default();
    for example in data {
        example.visit(|features, gold| {
            for feature in features {
                *counts.entry(feature).or_insert(0) += 1;
            }
            gold
        });
    }
    let mut features: Vec<Feature> =
        counts.into_iter().filter(|&(_, n)| n >= MIN_COUNT).map(|(f, _)| f).collect();
    features.sort_unstable();
    features
}

/// A row of weights a feature, averaged over all steps of the training.
struct Weights {
    features: Vec<Feature>,
    rows: Vec<[f32; LABELS]>,
    /// How often each row was asked.
    uses: Vec<u32>,
}

impl Weights {
    fn learn(data: &[Example], features: Vec<Feature>, epochs: u32, random: &mut Random) -> Weights {
        let index: Index = features.iter().enumerate().map(|(i, &f)| (f, i as u32)).collect();
        let mut rows = vec![[0f32; LABELS]; features.len()];
        // The sum of each weight's moves, each times the step it was made at: what averaging takes off.
        let mut late = vec![[0f64; LABELS]; features.len()];
        let mut uses = vec![0; features.len()];
        let mut order: Vec<&Example> = data.iter().collect();
        let mut step = 0f64;
        for epoch in 0..epochs {
            random.shuffle(&mut order);
            let (mut right, mut seen) = (0, 0);
            for example in &order {
                example.visit(|features, gold| {
                    let mut known = [0u32; FEATURES];
                    let mut n = 0;
                    for id in features.iter().filter_map(|f| index.get(f)) {
                        known[n] = *id;
                        n += 1;
                    }
                    let known = &known[..n];
                    let mut scores = [0f32; LABELS];
                    for &id in known {
                        uses[id as usize] += 1;
                        for (score, weight) in scores.iter_mut().zip(&rows[id as usize]) {
                            *score += weight;
                        }
                    }
                    let rival = best(&scores, Some(gold));
                    let lead = scores[gold as usize] - scores[rival as usize];
                    step += 1.0;
                    if lead < MARGIN {
                        for &id in known {
                            rows[id as usize][gold as usize] += 1.0;
                            rows[id as usize][rival as usize] -= 1.0;
                            late[id as usize][gold as usize] += step;
                            late[id as usize][rival as usize] -= step;
                        }
                    }
                    seen += 1;
                    right += u32::from(lead > 0.0);
                    if lead > 0.0 { gold } else { rival }
                });
            }
            eprintln!("epoch {}: {:.3} % right", epoch + 1, 100.0 * f64::from(right) / f64::from(seen));
        }
        for (row, late) in rows.iter_mut().zip(&late) {
            for (weight, late) in row.iter_mut().zip(late) {
                *weight -= (late / step) as f32;
            }
        }
        Weights { features, rows, uses }
    }

    /// Adds the weights of another run.
    fn add(&mut self, other: &Weights) {
        for (row, more) in self.rows.iter_mut().zip(&other.rows) {
            for (weight, more) in row.iter_mut().zip(more) {
                *weight += more;
            }
        }
    }

    /// The features that matter most and find room in a table of 2^`bits` buckets.
    fn prune(&self, bits: u32) -> Vec<Feature> {
        let matters = |i: usize| {
            let spread = self.rows[i].iter().map(|w| w * w).sum::<f32>().sqrt();
            spread * (self.uses[i] as f32).sqrt()
        };
        let mut order: Vec<usize> = (0..self.features.len()).collect();
        order.sort_by(|&a, &b| matters(b).total_cmp(&matters(a)).then(a.cmp(&b)));
        let mut marks: Vec<Vec<[u8; 2]>> = vec![Vec::new(); 1 << bits];
        let mut kept: Vec<Feature> = Vec::new();
        for feature in order.iter().map(|&i| self.features[i]) {
            let (at, mark) = Table::place(feature, bits);
            if marks[at].len() < 2 && !marks[at].contains(&mark) {
                marks[at].push(mark);
                kept.push(feature);
            }
        }
        kept.sort_unstable();
        kept
    }

    /// The weights rounded to bytes, in their buckets.
    fn table(&self, bits: u32) -> Vec<[[u8; SLOTS]; 2]> {
        let mut sizes: Vec<f32> = self.rows.iter().flatten().map(|w| w.abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        // The largest of the weights are cut off, for the small ones to keep more of their digits.
        let scale = 127.0 / sizes[sizes.len() - 1 - sizes.len() / 20_000];
        let mut buckets = vec![[[0; SLOTS]; 2]; 1 << bits];
        for (&feature, weights) in self.features.iter().zip(&self.rows) {
            let (at, mark) = Table::place(feature, bits);
            let [a, b] = &mut buckets[at];
            let row = if a[LABELS..] == [0, 0] { a } else { b };
            for (slot, weight) in row.iter_mut().zip(weights) {
                *slot = (weight * scale).round().clamp(-127.0, 127.0) as i8 as u8;
            }
            row[LABELS..].copy_from_slice(&mark);
        }
        buckets
    }
}

/// The tag with the highest score, other than `except`.
fn best(scores: &[f32; LABELS], except: Option<Tag>) -> Tag {
    let candidates = Tag::ALL.into_iter().filter(|&t| Some(t) != except);
    candidates.reduce(|a, b| if scores[b as usize] > scores[a as usize] { b } else { a }).unwrap_or(Tag::X)
}
