//! The corpus: what is expected is stated once, then many ways to write it.
//!
//! Every file under `tests/corpus` holds `[[case]]` blocks. A case states the attributes of one figure (or of
//! several, in text order, as `figures = [{…}]`) and lists `phrases`. Each phrase must be read whole and exactly
//! once: it yields these figures and no other. Attributes that a case leaves out are not looked at, except the
//! comparator, which is `EXACT` unless stated. A phrase may be a table `{ text = "…", … }` that overrides attributes
//! of its case, or adds figures that stand beside it (`also = [{…}]`). A case without `kind` and `figures` expects
//! nothing at all.
//!
//! Phrases that are known to fail stand in `tests/corpus/known.toml`. They are asserted to *still* fail, so the list
//! shrinks deliberately: `BLESS=1 cargo test --test corpus` writes it anew, `KNOWN=0 cargo test --test corpus` shows
//! every failure as if the list were empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use expected::{Expected, line, stated};
use factfigures::document::Region;
use factfigures::figure::Kind;
use factfigures::{Document, Figure, extract};
use serde::Deserialize;

#[path = "corpus/expected.rs"]
mod expected;

/// One test for each file of the corpus.
macro_rules! files {
    ($($name:ident),* $(,)?) => {
        const FILES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check(stringify!($name)) })*
    };
}

files! {
    count, ordinal, money, percentage, measurement, duration, age, rate, ratio, score, multiple, number,
    comparators, ranges, numbers, changes, context, ambiguity, complaints, nothing,
}

/// Files beside the corpus proper: the list of known failures, and the times, which have a test of their own.
const OTHER_FILES: &[&str] = &["known", "times"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    case: Vec<Case>,
}

/// What is expected, once, and the phrases that say it.
#[derive(Deserialize)]
struct Case {
    /// CLDR region of the documents.
    region: Option<String>,
    /// Publication date of the documents.
    date: Option<String>,
    /// Why the case is here, for the reader of the file.
    #[serde(rename = "why")]
    _why: Option<String>,
    /// Several figures in text order, instead of one stated by the case's own attributes.
    #[serde(default)]
    figures: Vec<Expected>,
    phrases: Vec<Phrase>,
    #[serde(flatten)]
    figure: Expected,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Phrase {
    Plain(String),
    Own(Box<Own>),
}

/// A phrase that differs from its case in some attribute.
#[derive(Deserialize)]
struct Own {
    text: String,
    /// The phrase's own figures in text order, instead of the case's.
    #[serde(default)]
    figures: Vec<Expected>,
    /// Further figures of the phrase, before or behind the case's own.
    #[serde(default)]
    also: Vec<Expected>,
    #[serde(flatten)]
    figure: Expected,
}

/// One phrase with everything that is expected of it.
struct Trial {
    /// The text, with the region where one is set: the phrase's name in the list of known failures.
    name: String,
    text: String,
    region: Region,
    date: Option<jiff::civil::Date>,
    expected: Vec<Expected>,
    /// The last of `expected` that must follow text order.
    ordered: usize,
}

impl Trial {
    fn of(case: &Case, phrase: &Phrase) -> Trial {
        let (text, own, figures, also) = match phrase {
            Phrase::Plain(text) => (text, Expected::default(), &case.figures, &[][..]),
            Phrase::Own(own) => {
                let figures = if own.figures.is_empty() { &case.figures } else { &own.figures };
                (&own.text, own.figure.clone(), figures, &own.also[..])
            }
        };
        let figure = own.over(&case.figure);
        let mut expected: Vec<Expected> = match figure.kind {
            Some(_) if figures.is_empty() => vec![figure],
            _ => figures.iter().map(|f| f.over(&case.figure)).collect(),
        };
        let ordered = expected.len();
        expected.extend(also.iter().map(|f| f.over(&Expected::default())));
        let region = case.region.as_deref();
        Trial {
            name: region.map_or_else(|| text.clone(), |r| format!("{text} [{r}]")),
            text: text.clone(),
            region: region.map_or(Region::US, |r| Region::parse(r).expect("a region")),
            date: case.date.as_deref().map(|d| d.parse().expect("a date")),
            expected,
            ordered,
        }
    }

    /// Why the phrase is not read as expected, in lines; empty where it is.
    fn failure(&self) -> String {
        let document = Document { text: &self.text, publish_date: self.date, region: self.region };
        let found = extract(&document);
        let mut report = String::new();
        let mut free: Vec<&Figure> = found.figures.iter().collect();
        let (own, also) = self.expected.split_at(self.ordered);
        for expected in also {
            match free.iter().position(|f| expected.differences(f, &found, &self.text).is_empty()) {
                Some(i) => drop(free.remove(i)),
                None => drop(writeln!(report, "      missing beside it: {}", stated(expected))),
            }
        }
        for (i, expected) in own.iter().enumerate() {
            match free.get(i) {
                Some(figure) => {
                    for difference in expected.differences(figure, &found, &self.text) {
                        let _ = writeln!(report, "      {:?}: {difference}", figure.number.of(&self.text));
                    }
                }
                None => drop(writeln!(report, "      missing: {}", stated(expected))),
            }
        }
        for figure in free.iter().skip(own.len()) {
            let _ = writeln!(report, "      one too many: {}", line(figure, &self.text));
        }
        if !report.is_empty() {
            for figure in &found.figures {
                let _ = writeln!(report, "      got {}", line(figure, &self.text));
            }
        }
        report
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn trials(name: &str) -> Vec<Trial> {
    let path = folder().join(format!("{name}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let corpus: Corpus = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    corpus.case.iter().flat_map(|case| case.phrases.iter().map(|p| Trial::of(case, p))).collect()
}

fn check(name: &str) {
    let trials = trials(name);
    let known = known();
    let known = known.get(name).filter(|_| std::env::var("KNOWN").as_deref() != Ok("0"));
    let is_known = |trial: &Trial| known.is_some_and(|k| k.contains(&trial.name));
    let mut failing = BTreeSet::new();
    let mut report = String::new();
    for trial in &trials {
        let failure = trial.failure();
        if !failure.is_empty() {
            failing.insert(trial.name.clone());
            if !is_known(trial) {
                let _ = write!(report, "  {}\n{failure}", trial.name);
            }
        } else if is_known(trial) {
            let _ = writeln!(report, "  {}\n      is read now: bless the list of known failures", trial.name);
        }
    }
    println!("{name}: {} of {} phrases read", trials.len() - failing.len(), trials.len());
    if std::env::var_os("BLESS").is_some() {
        return bless(name, failing);
    }
    for gone in known.into_iter().flatten().filter(|k| trials.iter().all(|t| t.name != **k)) {
        let _ = writeln!(report, "  {gone}\n      is no phrase of the corpus any more: bless the list");
    }
    assert!(report.is_empty(), "{name}.toml, {} of {} phrases fail:\n{report}", failing.len(), trials.len());
}

type Known = BTreeMap<String, BTreeSet<String>>;

/// Guards the list of known failures against tests that bless it at the same time.
static KNOWN_FILE: Mutex<()> = Mutex::new(());

fn known() -> Known {
    let _guard = KNOWN_FILE.lock();
    read_known()
}

fn read_known() -> Known {
    match fs::read_to_string(folder().join("known.toml")) {
        Ok(text) => toml::from_str(&text).unwrap_or_else(|e| panic!("known.toml: {e}")),
        Err(_) => Known::new(),
    }
}

/// Replaces one file's entry in the list of known failures.
fn bless(name: &str, failing: BTreeSet<String>) {
    let _guard = KNOWN_FILE.lock();
    let mut known = read_known();
    known.insert(name.into(), failing);
    known.retain(|file, phrases| FILES.contains(&file.as_str()) && !phrases.is_empty());
    let mut text = String::from(
        "# Phrases of the corpus that are not read as stated yet. Each is asserted to still fail.\n\
         # Written by `BLESS=1 cargo test --test corpus`.\n",
    );
    for (file, phrases) in &known {
        let _ = writeln!(text, "\n{file} = [");
        for phrase in phrases {
            let _ = writeln!(text, "    {},", toml::Value::String(phrase.clone()));
        }
        text.push_str("]\n");
    }
    fs::write(folder().join("known.toml"), text).expect("known.toml can be written");
}

#[test]
fn every_file_is_tested() {
    for entry in fs::read_dir(folder()).expect("the corpus is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        assert!(FILES.contains(&name) || OTHER_FILES.contains(&name), "{} is not tested", path.display());
    }
}

#[test]
fn every_kind_has_many_phrasings() {
    for kind in Kind::ALL {
        let count = trials(&kind.as_str().to_lowercase()).len();
        assert!(count >= 60, "{} has {count} phrasings only", kind.as_str());
    }
    assert!(trials("nothing").len() >= 150);
}

#[test]
fn no_phrase_stands_twice() {
    for name in FILES {
        let mut seen = BTreeSet::new();
        for trial in trials(name) {
            assert!(seen.insert(trial.name.clone()), "{name}.toml has {:?} twice", trial.name);
        }
    }
}
