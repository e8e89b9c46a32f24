//! Errors as `google.rpc.Status`: the only place that knows the codes.

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use crate::error::Error;

/// The status that says what went wrong.
pub(super) fn from_error(error: &Error) -> Status {
    if error.is_invalid() {
        let violations: Vec<_> = error
            .violations()
            .iter()
            .map(|v| FieldViolation {
                field: v.field.clone(),
                description: v.description.clone(),
                ..Default::default()
            })
            .collect();
        let details = ErrorDetails::with_bad_request(violations);
        // The message travels in a header next to the same words as details, so it stays short.
        let mut message = error.to_string();
        if let Some((end, _)) = message.char_indices().nth(1000) {
            message.replace_range(end.., "…");
        }
        Status::with_error_details(Code::InvalidArgument, message, details)
    } else if error.is_stopped() {
        Status::cancelled("the call was cancelled")
    } else {
        Status::internal("the server failed; the error was logged")
    }
}
