//! Any bytes from the wire are a request that is answered, or one with a clear error. The JSON that is written by
//! hand says what the generated one says.
#![no_main]

use factfigures::proto::v1::{ExtractFiguresRequest, ExtractFiguresResponse};
use factfigures::wire::{self, Limits};
use libfuzzer_sys::fuzz_target;
use prost::Message;

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = ExtractFiguresRequest::decode(bytes) else { return };
    let query = match wire::read_extract_request(&request, Limits::DEFAULT) {
        Ok(query) => query,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let found = factfigures::extract(&query.document);
    factfigures_fuzz::check(&found, query.document.text);
    let response = wire::extract_response(&query, &found);
    let again = ExtractFiguresResponse::decode(&*response.encode_to_vec()).expect("an answer decodes");
    assert_eq!(response, again);
    let mut written = Vec::new();
    wire::write_extract_response(&query, &found, &mut written);
    let generated = serde_json::to_value(&response).expect("an answer is JSON");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&written).expect("JSON"), generated);
});
