//! What can go wrong at the edges: a request that breaks a rule, a file that cannot be read, a stopped call.
//! Reading figures out of a text never fails.

use std::fmt;

/// Why an operation failed.
///
/// What exactly it was is asked by the predicates; the message says what was expected.
#[derive(Debug)]
pub struct Error(Box<Repr>);

#[derive(Debug)]
enum Repr {
    Invalid(Vec<Violation>),
    Stopped,
    TooLarge(usize),
    TooManyFigures(usize),
    Io { what: String, source: std::io::Error },
    Other(String),
}

/// One rule that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The path of the field from the request, as the contract names it: `document.publish_date`.
    pub field: String,
    /// What is wrong and what is allowed.
    pub description: String,
}

impl Violation {
    pub(crate) fn new(field: impl Into<String>, description: impl Into<String>) -> Violation {
        Violation { field: field.into(), description: description.into() }
    }
}

impl Error {
    pub(crate) fn invalid(violations: Vec<Violation>) -> Error {
        Error(Box::new(Repr::Invalid(violations)))
    }

    /// An answer that would be longer than so many bytes.
    pub(crate) fn too_large(most_bytes: usize) -> Error {
        Error(Box::new(Repr::TooLarge(most_bytes)))
    }

    /// A text with more figures, or more times, than that.
    pub(crate) fn too_many_figures(most: usize) -> Error {
        Error(Box::new(Repr::TooManyFigures(most)))
    }

    /// An operation on a file, stream or address that failed; `what` names it: "reading news.txt".
    pub fn io(what: impl Into<String>, source: std::io::Error) -> Error {
        Error(Box::new(Repr::Io { what: what.into(), source }))
    }

    /// Any other failure, with its whole message.
    pub fn other(message: impl Into<String>) -> Error {
        Error(Box::new(Repr::Other(message.into())))
    }

    /// Every rule that the request breaks; empty if the failure is of another sort.
    pub fn violations(&self) -> &[Violation] {
        match &*self.0 {
            Repr::Invalid(violations) => violations,
            _ => &[],
        }
    }

    /// Whether the request breaks a rule.
    pub fn is_invalid(&self) -> bool {
        matches!(*self.0, Repr::Invalid(_))
    }

    /// Whether the work was stopped because nobody waits for it any more.
    pub fn is_stopped(&self) -> bool {
        matches!(*self.0, Repr::Stopped)
    }

    /// Whether the answer would be longer, or have more figures, than is allowed.
    pub fn is_too_large(&self) -> bool {
        matches!(*self.0, Repr::TooLarge(_) | Repr::TooManyFigures(_))
    }

    /// Whether the reader of our output went away: the end of a pipe, not a failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&*self.0, Repr::Io { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl From<crate::Stopped> for Error {
    fn from(_: crate::Stopped) -> Error {
        Error(Box::new(Repr::Stopped))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Invalid(violations) => {
                for (i, v) in violations.iter().enumerate() {
                    write!(f, "{}{}: {}", if i > 0 { "; " } else { "" }, v.field, v.description)?;
                }
                Ok(())
            }
            Repr::Stopped => f.write_str("the work was stopped"),
            Repr::TooLarge(most) => {
                write!(f, "the answer would be longer than {most} bytes; send the text in parts")
            }
            Repr::TooManyFigures(most) => {
                write!(f, "the text has more than {most} figures or times; send it in parts")
            }
            Repr::Io { what, source } => write!(f, "{what}: {source}"),
            Repr::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Repr::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
