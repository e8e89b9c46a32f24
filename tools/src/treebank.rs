//! Sentences with gold tags, read from tab-separated files.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use factfigures::tag::Tag;
use flate2::read::GzDecoder;

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub words: Vec<String>,
    pub lemmas: Vec<String>,
    pub tags: Vec<Tag>,
}

/// Reads `ID FORM LEMMA UPOS XPOS …` lines, sentences apart by blank lines; `.gz` files are unpacked.
pub fn read(path: &str) -> Result<Vec<Sentence>, String> {
    let named = |e: std::io::Error| format!("{path}: {e}");
    let file = File::open(path).map_err(named)?;
    let input: Box<dyn Read> =
        if path.ends_with(".gz") { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut sentences = vec![Sentence::default()];
    for line in BufReader::new(input).lines() {
        let line = line.map_err(named)?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, ..] = fields[..] else {
            if line.is_empty() {
                sentences.push(Sentence::default());
            }
            continue;
        };
        if id.parse::<u32>().is_err() {
            continue;
        }
        let tag = tag(upos, xpos).ok_or_else(|| format!("{path}: unknown part of speech {upos}"))?;
        if let Some(sentence) = sentences.last_mut() {
            sentence.words.push(form.to_string());
            sentence.lemmas.push(lemma.to_string());
            sentence.tags.push(tag);
        }
    }
    sentences.retain(|s| !s.words.is_empty());
    Ok(sentences)
}

/// The tag of a universal and a Penn Treebank part of speech.
fn tag(upos: &str, xpos: &str) -> Option<Tag> {
    Some(match (upos, xpos) {
        ("NOUN", "NNS") => Tag::Nouns,
        ("NOUN", _) => Tag::Noun,
        ("PROPN", "NNPS") => Tag::Names,
        ("PROPN", _) => Tag::Name,
        ("VERB", "VBP") => Tag::VerbPresent,
        ("VERB", "VBZ") => Tag::VerbS,
        ("VERB", "VBD") => Tag::VerbPast,
        ("VERB", "VBN" | "NNP") => Tag::VerbParticiple,
        ("VERB", "VBG") => Tag::VerbIng,
        ("VERB", _) => Tag::Verb,
        ("AUX", "MD") => Tag::Modal,
        ("AUX", _) => Tag::Aux,
        ("ADJ", "JJR") => Tag::AdjComparative,
        ("ADJ", "JJS") => Tag::AdjSuperlative,
        ("ADJ", _) => Tag::Adj,
        ("ADV", "RBR" | "RBS") => Tag::AdvComparative,
        ("ADV", _) => Tag::Adv,
        ("PRON", "PRP$" | "WP$") => Tag::Possessive,
        ("PRON", "WDT" | "WP") => Tag::Relative,
        ("PRON", _) => Tag::Pron,
        ("ADP", _) => Tag::Adp,
        ("DET", _) => Tag::Det,
        ("NUM", _) => Tag::Num,
        ("PART", _) => Tag::Part,
        ("CCONJ", _) => Tag::Cconj,
        ("SCONJ", _) => Tag::Sconj,
        ("INTJ", _) => Tag::Intj,
        ("PUNCT", _) => Tag::Punct,
        ("SYM", _) => Tag::Sym,
        ("X", _) => Tag::X,
        _ => return None,
    })
}
