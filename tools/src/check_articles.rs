//! Cross-checks articles that have nothing to do with each other, where every conflict is a false alarm, or each
//! article with itself.

use std::collections::BTreeMap;

use factfigures::crosscheck::{Checked, Finding, Item, Options, Place, Verdict, check};
use factfigures::document::Region;
use factfigures::figure::Extraction;
use factfigures::{Document, extract};
use serde::Deserialize;

/// A line of a file of documents: what this chore needs of `factfigures.v1.Document`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Article {
    id: String,
    text: String,
    publish_date: Option<Date>,
    region_code: Option<String>,
}

#[derive(Deserialize)]
struct Date {
    year: i16,
    month: i8,
    day: i8,
}

impl Article {
    fn document(&self) -> Document<'_> {
        let date = self.publish_date.as_ref();
        Document {
            text: &self.text,
            publish_date: date.and_then(|d| jiff::civil::Date::new(d.year, d.month, d.day).ok()),
            region: self.region_code.as_deref().and_then(Region::parse).unwrap_or(Region::US),
        }
    }
}

/// `--pairs N FILE…` or `--inside FILE…`
pub fn run(arguments: &[String]) -> Result<(), String> {
    let usage = "expected --pairs N FILE… or --inside FILE…";
    let (pairs, files) = match arguments {
        [flag, files @ ..] if flag == "--inside" => (None, files),
        [flag, n, files @ ..] if flag == "--pairs" => (Some(n.parse::<usize>().map_err(|_| usage)?), files),
        _ => return Err(usage.into()),
    };
    let mut articles = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        for line in text.lines() {
            articles.push(serde_json::from_str::<Article>(line).map_err(|e| format!("{file}: {e}"))?);
        }
    }
    let extractions: Vec<Extraction> = articles.iter().map(|a| extract(&a.document())).collect();
    match pairs {
        Some(n) => across(&articles, &extractions, n),
        None => inside(&articles, &extractions),
    }
    Ok(())
}

/// Random pairs, the same in every run.
fn across(articles: &[Article], extractions: &[Extraction], n: usize) {
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let (mut checked, mut alarmed) = (0, 0);
    while checked < n && articles.len() > 1 {
        let two = [random(articles.len()), random(articles.len())];
        if articles[two[0]].id == articles[two[1]].id {
            continue;
        }
        checked += 1;
        let sides = two.map(|i| Checked { document: articles[i].document(), extraction: &extractions[i] });
        let across = |f: &&Finding| f.sides.iter().any(|s| s.document != f.sides[0].document);
        let findings = check(&sides, Options::default());
        let mut alarm = false;
        for finding in findings.iter().filter(across) {
            *verdicts.entry(finding.verdict).or_default() += 1;
            if finding.verdict == Verdict::Conflict {
                alarm = true;
                print(&[&articles[two[0]], &articles[two[1]]], &sides, finding);
            }
        }
        alarmed += usize::from(alarm);
    }
    println!(
        "{checked} pairs of different articles, {alarmed} with a conflict; findings across them: {verdicts:?}"
    );
}

fn inside(articles: &[Article], extractions: &[Extraction]) {
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for (article, extraction) in articles.iter().zip(extractions) {
        let sides = [Checked { document: article.document(), extraction }];
        for finding in check(&sides, Options::default()) {
            *verdicts.entry(finding.verdict).or_default() += 1;
            print(&[article], &sides, &finding);
        }
    }
    println!("{} articles; findings inside them: {verdicts:?}", articles.len());
}

fn print(articles: &[&Article], sides: &[Checked<'_>], finding: &Finding) {
    println!("{:?} {:?} {} {}", finding.verdict, finding.reason, finding.similarity, finding.explanation);
    for side in &finding.sides {
        let (id, sentence) = (&articles[side.document].id, sentence(&sides[side.document], side));
        println!("    {id}: {}", sentence.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

fn sentence<'a>(side: &Checked<'a>, place: &Place) -> &'a str {
    let text = side.document.text;
    match place.item {
        Item::Figure(i) => side.extraction.figures[i].sentence.of(text),
        Item::Time(i) => side.extraction.times[i].span.of(text),
    }
}
