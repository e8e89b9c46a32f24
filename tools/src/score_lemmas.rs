//! Measures the base forms of plural nouns and full verbs against a treebank.

use std::collections::BTreeMap;

use factfigures::lemma;

use crate::treebank;

/// `score-lemmas FILE…`
pub fn run(paths: &[String]) -> Result<(), String> {
    let mut scores = [("plural nouns", 0u32, 0u32, BTreeMap::new()), ("verbs", 0, 0, BTreeMap::new())];
    for path in paths {
        for sentence in treebank::read(path)? {
            for ((word, gold), tag) in sentence.words.iter().zip(&sentence.lemmas).zip(sentence.tags) {
                let lower = word.to_lowercase();
                let (found, score) = if tag == factfigures::tag::Tag::Nouns {
                    (lemma::noun(word, false), &mut scores[0])
                } else if tag.is_verb() {
                    (lemma::verb(&lower), &mut scores[1])
                } else {
                    continue;
                };
                score.1 += 1;
                if found.to_lowercase() == gold.to_lowercase() {
                    score.2 += 1;
                } else {
                    *score.3.entry(format!("{lower} → {found}, not {gold}")).or_insert(0u32) += 1;
                }
            }
        }
    }
    for (name, total, right, errors) in scores {
        println!("{name}: {:.2} % of {total}", 100.0 * f64::from(right) / f64::from(total.max(1)));
        let mut errors: Vec<_> = errors.into_iter().collect();
        errors.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        for (error, n) in errors.iter().take(150) {
            println!("  {n} × {error}");
        }
    }
    Ok(())
}
