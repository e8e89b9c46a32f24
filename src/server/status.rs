//! Errors as `google.rpc.Status`: the only place that knows the codes.

use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use crate::error::Error;

/// The domain of our `google.rpc.ErrorInfo`.
const DOMAIN: &str = "factfigures.v1";

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
    } else if error.is_too_large() {
        Status::resource_exhausted(error.to_string())
    } else if error.is_stopped() {
        Status::cancelled("the call was cancelled")
    } else {
        tracing::error!(%error, "a call failed");
        internal()
    }
}

/// What a client gets to know of a mistake of ours.
pub(super) fn internal() -> Status {
    Status::internal("the server failed; the error was logged")
}

pub(super) fn shutting_down() -> Status {
    Status::unavailable("the server is shutting down")
}

pub(super) fn deadline_exceeded() -> Status {
    Status::deadline_exceeded("the deadline passed before the answer was complete")
}

/// More is asked for than is allowed at once; come back after a while.
pub(super) fn busy(what: impl Into<String>, retry_after: Duration) -> Status {
    let details = ErrorDetails::with_retry_info(Some(retry_after));
    Status::with_error_details(Code::ResourceExhausted, what, details)
}

/// Nobody we know.
pub(super) fn unauthenticated(reason: &str, message: &str) -> Status {
    let details = ErrorDetails::with_error_info(reason, DOMAIN, [] as [(String, String); 0]);
    Status::with_error_details(Code::Unauthenticated, message, details)
}

/// What tonic says, as the contract says it: a message over the limit is a matter of resources, not of a range.
pub(super) fn restated(status: Status, message_bytes: usize) -> Status {
    match status.code() {
        Code::OutOfRange => Status::resource_exhausted(format!(
            "the message is too large; at most {message_bytes} bytes are taken"
        )),
        Code::Internal if status.message().starts_with("Unexpected EOF") => {
            Status::invalid_argument("the message ends before its length")
        }
        Code::Internal if status.message().starts_with("Missing request message") => {
            Status::invalid_argument("the call ends without a message")
        }
        _ => status,
    }
}

/// The status with the id by which the call is found in the log.
pub(super) fn with_request_id(status: &Status, id: &str) -> Status {
    let mut details = status.get_error_details();
    details.set_request_info(id, "");
    let message = status.message().to_owned();
    Status::with_error_details_and_metadata(status.code(), message, details, status.metadata().clone())
}

/// A code as the contract of gRPC spells it.
pub(super) fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// The HTTP status of a code, as `google.rpc.Code` maps them.
pub(super) fn http(code: Code) -> u16 {
    match code {
        Code::Ok => 200,
        Code::Cancelled => 499,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => 400,
        Code::Unauthenticated => 401,
        Code::PermissionDenied => 403,
        Code::NotFound => 404,
        Code::AlreadyExists | Code::Aborted => 409,
        Code::ResourceExhausted => 429,
        Code::Unimplemented => 501,
        Code::Unavailable => 503,
        Code::DeadlineExceeded => 504,
        Code::Unknown | Code::Internal | Code::DataLoss => 500,
    }
}
