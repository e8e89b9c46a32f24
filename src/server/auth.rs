//! Who may call: bearer tokens, of which the server knows names and hashes only.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use ring::digest::{SHA256, digest};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use tonic::Status;
use tonic::codegen::http::HeaderMap;
use tonic::codegen::http::header::AUTHORIZATION;

use super::status;
use crate::error::Error;

/// A token that is let in.
#[derive(Clone, Debug)]
struct Known {
    name: Arc<str>,
    sha256: [u8; 32],
}

/// The tokens of a file, which is read again when it changes.
#[derive(Debug)]
pub(super) struct Tokens {
    path: PathBuf,
    known: RwLock<Arc<[Known]>>,
}

impl Tokens {
    pub(super) fn read(path: &Path) -> Result<Tokens, Error> {
        let known = read(path)?;
        Ok(Tokens { path: path.to_owned(), known: RwLock::new(known) })
    }

    /// The file with the tokens.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file again. If it is bad, the tokens stay as they were.
    pub(super) fn reload(&self) -> Result<(), Error> {
        let known = read(&self.path)?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// The name of the token that a call carries.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<Arc<str>, Status> {
        let Some(value) = headers.get(AUTHORIZATION) else {
            return Err(status::unauthenticated(
                "CREDENTIALS_MISSING",
                "expected a header authorization: Bearer TOKEN",
            ));
        };
        let bytes = value.as_bytes();
        let token = match bytes.split_at_checked("Bearer ".len()) {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case(b"Bearer ") => token,
            _ => &[],
        };
        let known = Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner));
        find(&known, token)
            .ok_or_else(|| status::unauthenticated("CREDENTIALS_INVALID", "the bearer token is not known"))
    }
}

/// Compares with every token and every byte, so that the time it takes tells nothing.
fn find(known: &[Known], token: &[u8]) -> Option<Arc<str>> {
    let hash = digest(&SHA256, token);
    let mut found = u32::MAX;
    for (i, candidate) in known.iter().enumerate() {
        let same: Choice = candidate.sha256.ct_eq(hash.as_ref());
        found.conditional_assign(&(i as u32), same);
    }
    known.get(found as usize).filter(|_| !token.is_empty()).map(|known| Arc::clone(&known.name))
}

fn read(path: &Path) -> Result<Arc<[Known]>, Error> {
    let text = fs::read_to_string(path).map_err(|e| Error::io(path.display().to_string(), e))?;
    parse(&text).map_err(|problem| Error::other(format!("{}: {problem}", path.display())))
}

/// Reads lines of a name and a hash; `#` begins a comment. Nothing of the file is repeated in messages.
fn parse(text: &str) -> Result<Arc<[Known]>, String> {
    let mut all: Vec<Known> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let known = line
            .split_once(char::is_whitespace)
            .and_then(|(name, hash)| Some(Known { name: name.into(), sha256: hex(hash.trim())? }));
        let Some(known) = known else {
            return Err(format!("line {}: expected a name and 64 hexadecimal digits", i + 1));
        };
        if all.iter().any(|other| other.name == known.name) {
            return Err(format!("line {}: the name stands twice", i + 1));
        }
        all.push(known);
    }
    if all.is_empty() { Err("holds no token".to_owned()) } else { Ok(all.into()) }
}

fn hex(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let digit = |d: u8| char::from(d).to_digit(16);
        *byte = (digit(pair[0])? << 4 | digit(pair[1])?) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of "secret".
    const SECRET: &str = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    #[test]
    fn tokens_are_found_by_their_hash() {
        let known = parse(&format!("# desk\n\ndesk {SECRET}\n  wire\t{}\n", "0".repeat(64))).unwrap();
        assert_eq!(find(&known, b"secret").as_deref(), Some("desk"));
        for other in ["", "Secret", "secret ", SECRET] {
            assert_eq!(find(&known, other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn bad_files_are_told_without_their_contents() {
        for bad in
            ["", "# nothing\n", "desk", "desk secret", "desk 2bb80d", &format!("a {SECRET}\na {SECRET}")]
        {
            let problem = parse(bad).unwrap_err();
            assert!(!problem.contains("secret") && !problem.contains("2bb8"), "{problem}");
        }
        assert!(parse("a b\n").unwrap_err().contains("line 1"));
    }
}
