//! Spans in UTF-16 code units and code points name the same words as those in bytes.
#![no_main]

use factfigures::proto::v1::{Document, ExtractFiguresRequest, ExtractFiguresResponse, OffsetUnit, Span};
use factfigures::wire::{self, Limits};
use libfuzzer_sys::fuzz_target;

fn read(text: &str, unit: OffsetUnit) -> ExtractFiguresResponse {
    let document = Document { text: text.to_owned(), ..Default::default() };
    let request =
        ExtractFiguresRequest { document: Some(document), offset_unit: unit.into(), ..Default::default() };
    let query = wire::read_extract_request(&request, Limits::DEFAULT).expect("a good request");
    wire::extract_response(&query, &factfigures::extract(&query.document))
}

fn spans(answer: &ExtractFiguresResponse) -> impl Iterator<Item = &Span> {
    let figures = answer.figures.iter().flat_map(|figure| {
        let subject = figure.subject.as_ref().and_then(|subject| subject.span.as_ref());
        [figure.span.as_ref(), figure.number.as_ref(), figure.sentence.as_ref(), subject]
            .into_iter()
            .flatten()
    });
    figures.chain(answer.times.iter().filter_map(|time| time.span.as_ref()))
}

fuzz_target!(|text: &str| {
    let bytes = read(text, OffsetUnit::Utf8Byte);
    let utf16 = read(text, OffsetUnit::Utf16CodeUnit);
    let points = read(text, OffsetUnit::UnicodeCodePoint);
    assert_eq!(spans(&bytes).count(), spans(&utf16).count());
    assert_eq!(spans(&bytes).count(), spans(&points).count());
    for ((span, wide), point) in spans(&bytes).zip(spans(&utf16)).zip(spans(&points)) {
        let (before, words) = (&text[..span.start as usize], &text[span.start as usize..span.end as usize]);
        let units = (before.encode_utf16().count() as u32, words.encode_utf16().count() as u32);
        let chars = (before.chars().count() as u32, words.chars().count() as u32);
        assert_eq!((wide.start, wide.end), (units.0, units.0 + units.1), "{span:?}");
        assert_eq!((point.start, point.end), (chars.0, chars.0 + chars.1), "{span:?}");
    }
});
