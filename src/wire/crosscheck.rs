//! Cross-checking on the wire: several documents in, their figures and findings out.

use super::request::{Violations, offset_unit, query};
use prost::Message;

use super::response::{decimal, extract_response_within, figure_id, time_id};
use super::{Limits, Query, enums};
use crate::crosscheck::{Finding, Item, Options, Place};
use crate::error::Error;
use crate::figure::Extraction;
use crate::proto::v1;

/// The most documents of one request, unless configured otherwise.
pub const MOST_DOCUMENTS: usize = 50;

/// A request that breaks no rule: what to compare and how to answer.
#[derive(Clone, Debug)]
pub struct CrossCheck<'t> {
    /// The documents, in the request's order.
    pub queries: Vec<Query<'t>>,
    /// What to report.
    pub options: Options,
}

/// Checks a request. The error lists every violation.
pub fn read_crosscheck_request(
    request: &v1::CrossCheckFiguresRequest,
    limits: Limits,
    most_documents: usize,
) -> Result<CrossCheck<'_>, Error> {
    let mut violations = Violations(Vec::new());
    let offset_unit = offset_unit(request.offset_unit, &mut violations);
    let count = request.documents.len();
    if count == 0 {
        violations.add("documents", format!("is empty; expected 1 to {most_documents} documents"));
    } else if count > most_documents {
        violations.add("documents", format!("holds {count} documents; at most {most_documents} are allowed"));
    }
    let documents = request.documents.iter().take(most_documents).enumerate();
    let queries = documents
        .map(|(i, sent)| query(sent, &format!("documents[{i}]"), offset_unit, limits, &mut violations))
        .collect();
    match violations.0.is_empty() {
        true => {
            Ok(CrossCheck { queries, options: Options { not_comparable: request.include_not_comparable } })
        }
        false => Err(Error::invalid(violations.0)),
    }
}

/// The answer to a request: what was read of each document, and what that says about each other.
///
/// Its extractions are not longer than `most_bytes` on the wire together, and it asks now and then whether to go on; where
/// that is not so, that is the error.
pub fn crosscheck_response(
    request: &CrossCheck<'_>,
    extractions: &[Extraction],
    findings: &[Finding],
    most_bytes: usize,
    keep_going: impl Fn() -> bool,
) -> Result<v1::CrossCheckFiguresResponse, Error> {
    let mut left = most_bytes;
    let mut answered = Vec::with_capacity(extractions.len());
    for (query, found) in request.queries.iter().zip(extractions) {
        let one = extract_response_within(query, found, left, &keep_going)
            .map_err(|e| if e.is_too_large() { Error::too_large(most_bytes) } else { e })?;
        left = left.saturating_sub(one.encoded_len());
        answered.push(one);
    }
    Ok(v1::CrossCheckFiguresResponse {
        extractions: answered,
        findings: findings.iter().map(finding).collect(),
    })
}

fn finding(finding: &Finding) -> v1::Finding {
    v1::Finding {
        verdict: enums::verdict(finding.verdict).into(),
        reason: enums::reason(finding.reason).into(),
        figures: finding.sides.iter().map(figure_ref).collect(),
        difference: finding.difference.map(decimal).unwrap_or_default(),
        similarity: finding.similarity,
        explanation: finding.explanation.clone(),
    }
}

fn figure_ref(place: &Place) -> v1::FigureRef {
    let (figure_id, time_id) = match place.item {
        Item::Figure(i) => (figure_id(i), String::new()),
        Item::Time(i) => (String::new(), time_id(i)),
    };
    v1::FigureRef { document_index: place.document as u32, figure_id, time_id }
}
