//! Context that one phrase cannot show: quotations that run on, ties between figures, whole sentences.

use factfigures::figure::{ChangeRole, RelationType};
use factfigures::{Document, Extraction, extract};

fn read(text: &str) -> Extraction {
    extract(&Document::new(text))
}

/// The source of the figure whose number reads `number`; "" for none.
fn source<'t>(text: &'t str, number: &str) -> &'t str {
    let found = read(text);
    let figure = found.figures.iter().find(|f| f.number.of(text) == number);
    let figure = figure.unwrap_or_else(|| panic!("{number:?} is read in {text:?}"));
    figure.attribution.as_ref().map_or("", |a| a.source.span.of(text))
}

fn subject(text: &str, number: &str) -> String {
    let found = read(text);
    let figure = found.figures.iter().find(|f| f.number.of(text) == number);
    figure.and_then(|f| f.subject.as_ref()).map(|p| p.head.clone()).unwrap_or_default()
}

#[test]
fn a_speaker_named_after_the_quotation_speaks_all_of_it() {
    let text = "“We lost 40 boats. Another 12 are missing,” Harbour Master Ida Krantz said.";
    assert_eq!(source(text, "40"), "Harbour Master Ida Krantz");
    assert_eq!(source(text, "12"), "Harbour Master Ida Krantz");
}

#[test]
fn a_quotation_goes_on_behind_its_speaker() {
    let text = "“The dam held,” said Tom Adeyemi. “But 300 homes were flooded.”";
    assert_eq!(source(text, "300"), "Tom Adeyemi");
}

#[test]
fn an_open_quotation_goes_on_in_the_next_paragraph() {
    let text = "“The dam held,” said Tom Adeyemi. “It was close.\n\n“We counted 300 flooded homes.”";
    assert_eq!(source(text, "300"), "Tom Adeyemi");
}

#[test]
fn a_colon_announces_who_speaks() {
    let text = "Ms. Krantz added:\n\n“Another 12 boats are missing.”";
    assert_eq!(source(text, "12"), "Ms. Krantz");
}

#[test]
fn two_apostrophes_are_a_quotation_mark() {
    assert_eq!(source("''We lost 40 boats,'' Ms. Krantz said.", "40"), "Ms. Krantz");
}

#[test]
fn narrative_ends_a_quotation() {
    let text = "“The dam held,” said Tom Adeyemi. The village has 900 inhabitants.";
    assert_eq!(source(text, "900"), "");
}

#[test]
fn a_transcript_names_its_speaker_in_capitals() {
    assert_eq!(source("KRANTZ: We lost 40 boats. And 12 more sank later.", "12"), "KRANTZ");
}

#[test]
fn what_follows_an_inverted_speaker_is_not_his() {
    let text = "The boats are old, said Ida Krantz, who has run the harbour for 15 years.";
    assert_eq!(source(text, "15"), "");
}

#[test]
fn the_innermost_named_source_speaks() {
    assert_eq!(source("The mayor said the insurers estimate 400 claims.", "400"), "the insurers");
    assert_eq!(source("The union said it expects 400 layoffs.", "400"), "The union");
}

#[test]
fn a_document_speaks_for_what_is_before_or_behind_it() {
    assert_eq!(source("Prices rose 3%, according to the harbour board.", "3"), "the harbour board");
    assert_eq!(source("According to the harbour board, prices rose 3%.", "3"), "the harbour board");
    assert_eq!(source("In a survey of 500 skippers, 60% wanted repairs.", "60"), "a survey");
    assert_eq!(source("In a survey of 500 skippers, 60% wanted repairs.", "500"), "");
}

#[test]
fn answers_to_a_survey_are_no_sources() {
    assert_eq!(source("Half said they would pay 5 euros.", "5"), "");
}

#[test]
fn subjects_are_found_across_what_stands_between() {
    assert_eq!(subject("The harbour, which the town owns, employs 40 people.", "40"), "harbour");
    assert_eq!(subject("Sales in the third quarter of fish and bait rose 4%.", "4"), "sale");
    assert_eq!(subject("Fees rose to $30 from $20 and traffic fell 8%.", "8"), "traffic");
    assert_eq!(subject("The board raised the mooring fee to $30.", "30"), "fee");
    assert_eq!(subject("The port sold the crane for $2 million.", "2 million"), "crane");
    assert_eq!(subject("The storm brought gusts of 90 mph.", "90"), "gust");
}

#[test]
fn the_parts_of_a_change_are_tied() {
    let text = "Profit rose 12% to $56 million from $50 million.";
    let found = read(text);
    let roles: Vec<_> = found.figures.iter().map(|f| f.change.map(|c| c.role)).collect();
    assert_eq!(roles, [Some(ChangeRole::By), Some(ChangeRole::To), Some(ChangeRole::From)]);
    for (figure, to) in [(0, 1), (2, 1)] {
        let ties = &found.figures[figure].relations;
        assert!(ties.iter().any(|r| r.relation == RelationType::Change && r.figure == to), "{ties:?}");
    }
}

#[test]
fn a_converted_amount_and_a_part_are_tied_to_the_first() {
    let found = read("The road is 10 miles (16 km) long.");
    assert_eq!(found.figures[1].relations[0].relation, RelationType::Conversion);
    let found = read("Of the 212 passengers on board, 19 died.");
    assert_eq!(found.figures[1].relations[0].relation, RelationType::PartOf);
}

/// What the subject of the figure stands for whose number reads `number`; "" where that is open.
fn resolved(text: &str, number: &str) -> String {
    let found = read(text);
    let figure = found.figures.iter().find(|f| f.number.of(text) == number);
    figure.and_then(|f| f.subject.as_ref()).and_then(|p| p.resolved.clone()).unwrap_or_default()
}

#[test]
fn a_pronoun_stands_for_the_only_subject_before_it() {
    assert_eq!(resolved("The bank said it had cut 40 jobs.", "40"), "The bank");
    assert_eq!(resolved("Dalby Corp. said on Monday that it sold 40 ships.", "40"), "Dalby Corp.");
    assert_eq!(resolved("Mr. Ilves says he owns 40 ships.", "40"), "Mr. Ilves");
    assert_eq!(resolved("The rate stays high, though it has fallen from 58 percent.", "58"), "The rate");
}

#[test]
fn a_pronoun_that_opens_a_sentence_stands_for_what_the_one_before_speaks_of() {
    assert_eq!(resolved("The bank closed 12 branches. It has 300 left.", "300"), "The bank");
    assert_eq!(resolved("Divers found 12 boxes. They sold 300 coins.", "300"), "Divers");
}

#[test]
fn a_pronoun_stays_open_where_it_may_stand_for_two_or_for_nothing() {
    assert_eq!(resolved("The bank sued the firm after it had cut 40 jobs.", "40"), "");
    assert_eq!(resolved("The conclave met. It took 14 ballots.", "14"), "");
    assert_eq!(resolved("The bank closed 12 branches. Nobody came. It has 300 left.", "300"), "");
    assert_eq!(resolved("Mr. Ilves said: “He owns 40 ships.”", "40"), "");
    assert_eq!(resolved("Mr. Ilves paid him $40.", "40"), "");
    assert_eq!(resolved("The ships said he owns 40 huts.", "40"), "");
}

#[test]
fn a_place_in_capitals_is_no_speaker() {
    assert_eq!(source("LEITH: Tern Ferries sold 40 boats on Monday.", "40"), "");
    assert_eq!(source("LEITH: Tern Ferries sold 40 boats. It kept 12 rafts, the firm said.", "40"), "");
    assert_eq!(source("LEITH: “We lost 40 boats,” said Ida Krantz. The port has 12 rafts.", "12"), "");
    let text = "KRANTZ: The port lost 40 boats.\n\nADEYEMI: And 12 rafts.";
    assert_eq!((source(text, "40"), source(text, "12")), ("KRANTZ", "ADEYEMI"));
}
