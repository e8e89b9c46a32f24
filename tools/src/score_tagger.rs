//! Measures the tagger's weights and writes the scores beside them.

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use factfigures::tag::{Model, Tag, Tagger};

use crate::treebank::Sentence;

const LABELS: usize = Tag::ALL.len();

/// Scores the weights as the library will use them.
pub fn measure(bytes: &[u8], dev: &[Sentence]) -> Result<String, String> {
    let model = Model::parse(bytes).ok_or("the weights do not parse")?;
    let mut tagger = Tagger::new(&model);
    let mut errors: BTreeMap<(Tag, Tag), u32> = BTreeMap::new();
    let (mut total, mut labels, mut upos) = (0u32, 0, 0);
    let mut counts = [[0u32; 3]; LABELS];
    let mut tags = Vec::new();
    for sentence in dev {
        tagger.tag(sentence.words.iter().map(AsRef::as_ref), &mut tags);
        for (&gold, &found) in sentence.tags.iter().zip(&tags) {
            total += 1;
            labels += u32::from(gold == found);
            upos += u32::from(gold.upos() == found.upos());
            counts[gold as usize][0] += 1;
            counts[found as usize][1] += 1;
            counts[gold as usize][2] += u32::from(gold == found);
            if gold != found {
                *errors.entry((gold, found)).or_default() += 1;
            }
        }
    }
    let speed = speed(&mut tagger, dev, total);
    let percent = |n: u32, of: u32| 100.0 * f64::from(n) / f64::from(of.max(1));
    let mut report = format!(
        "{total} tokens: UPOS {:.2} %, tags {:.2} %, {:.1} million tokens a second, {} bytes\n\n",
        percent(upos, total),
        percent(labels, total),
        speed / 1e6,
        bytes.len()
    );
    report +=
        "| tag | tokens | precision | recall | most often taken for |\n| --- | --- | --- | --- | --- |\n";
    for tag in Tag::ALL {
        let [gold, found, right] = counts[tag as usize];
        let mut taken: Vec<_> = errors.iter().filter(|((g, _), _)| *g == tag).collect();
        taken.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let taken: Vec<String> = taken.iter().take(3).map(|((_, f), n)| format!("{f:?} {n}")).collect();
        let (precision, recall) = (percent(right, found), percent(right, gold));
        report += &format!("| {tag:?} | {gold} | {precision:.1} | {recall:.1} | {} |\n", taken.join(", "));
    }
    Ok(report)
}

/// Tokens a second on one core.
fn speed(tagger: &mut Tagger, dev: &[Sentence], tokens: u32) -> f64 {
    let mut tags = Vec::new();
    let mut round = || {
        let start = Instant::now();
        for sentence in dev {
            tagger.tag(sentence.words.iter().map(AsRef::as_ref), &mut tags);
            std::hint::black_box(&tags);
        }
        start.elapsed().as_secs_f64()
    };
    // The fastest round is the one that other work on the machine disturbed least.
    let fastest = std::iter::repeat_with(&mut round).take(50).fold(f64::MAX, f64::min);
    f64::from(tokens) / fastest
}

/// Replaces the section "Scores" of the recipe beside the weights.
pub fn record(out: &str, report: &str) -> Result<(), String> {
    let path = format!("{}.md", out.strip_suffix(".bin").unwrap_or(out));
    let text = fs::read_to_string(&path).unwrap_or_default();
    let head = text.split("## Scores").next().unwrap_or_default();
    fs::write(&path, format!("{head}## Scores\n{report}")).map_err(|e| format!("{path}: {e}"))
}
