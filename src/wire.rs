//! The only place that maps the domain to the contract and back.
//!
//! Requests are checked here, all violations together; answers get their offsets, ids and decimal strings
//! here. The server and the command line use the same functions, so both answer alike.

mod crosscheck;
mod enums;
mod json;
mod offsets;
mod request;
mod response;
mod response_json;
mod units;
mod within;

pub use crosscheck::{CrossCheck, MOST_DOCUMENTS, crosscheck_response, read_crosscheck_request};
pub use enums::{dimension, kind};
pub use json::{read_document_json, read_json};
pub use request::{Limits, Query, read_extract_request};
pub use response::{decimal, extract_response, extract_response_within};
pub use response_json::write_extract_response;
pub use units::{all_units, list_units};
pub use within::{Most, extract_within};

/// The version that answers carry.
pub const EXTRACTOR_VERSION: &str = env!("CARGO_PKG_VERSION");
