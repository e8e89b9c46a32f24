//! Watches the files with certificates and tokens, by looking at them now and then and at SIGHUP. Mounted
//! secrets change by links that move, which no notification tells reliably; contents do.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::auth::Tokens;
use super::metrics::Metrics;
use super::tls::Tls;
use crate::error::Error;

/// What is read again.
pub(super) struct Reload {
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) tokens: Option<Arc<Tokens>>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) hangup: Hangup,
}

impl Reload {
    /// Watches for ever, also where there is nothing to read: SIGHUP must not end the process.
    pub(super) async fn watch(mut self, interval: Duration) {
        let mut ticks = tokio::time::interval(interval);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let (mut tls, mut tokens) = (self.tls_now(), self.tokens_now());
        loop {
            let asked = tokio::select! {
                () = self.hangup.next() => true,
                _ = ticks.tick() => false,
            };
            let now = self.tls_now();
            if let Some(files) = &self.tls
                && (asked || now != tls)
            {
                self.tell("certificates", files.reload());
                tls = now;
            }
            let now = self.tokens_now();
            if let Some(file) = &self.tokens
                && (asked || now != tokens)
            {
                self.tell("tokens", file.reload());
                tokens = now;
            }
        }
    }

    fn tell(&self, what: &str, outcome: Result<(), Error>) {
        self.metrics.reloaded(outcome.is_ok());
        match outcome {
            Ok(()) => tracing::info!("{what} were read anew"),
            Err(error) => tracing::error!(%error, "{what} stay as they were: the new ones are bad"),
        }
    }

    fn tls_now(&self) -> u64 {
        fingerprint(self.tls.iter().flat_map(|tls| tls.paths()))
    }

    fn tokens_now(&self) -> u64 {
        fingerprint(self.tokens.iter().map(|tokens| tokens.path()))
    }
}

/// Tells contents apart.
fn fingerprint<'a>(paths: impl Iterator<Item = &'a Path>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        fs::read(path).ok().hash(&mut hasher);
    }
    hasher.finish()
}

/// Hears SIGHUP, where there is such a thing.
pub(super) struct Hangup {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangup {
    /// From now on the signal is heard and ends nothing.
    pub(super) fn listen() -> Hangup {
        Hangup {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}
