//! Where the server is in its life, and who waits for what of it.

use tokio::sync::watch;

/// The stages of a server's life, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Calls are welcome.
    Serving,
    /// Calls are answered, but clients should go elsewhere.
    Draining,
    /// No new connections; calls under way may finish.
    Stopping,
    /// Calls under way are answered UNAVAILABLE.
    Cutting,
    /// Whatever is still open is dropped.
    Over,
}

/// Tells the phase; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Life(watch::Receiver<Phase>);

impl Life {
    /// A life that has begun, and the hand that moves it on.
    pub(super) fn begin() -> (watch::Sender<Phase>, Life) {
        let (sender, receiver) = watch::channel(Phase::Serving);
        (sender, Life(receiver))
    }

    pub(super) fn phase(&self) -> Phase {
        *self.0.borrow()
    }

    /// Completes once the phase is reached or passed.
    pub(super) async fn reached(&mut self, phase: Phase) {
        if self.0.wait_for(|now| *now >= phase).await.is_err() {
            // The server is gone without a word, which does not happen while anybody is served.
            std::future::pending::<()>().await;
        }
    }

    /// Completes when the phase is another than when last looked at. The end of it if there is none.
    pub(super) async fn changed(&mut self) -> Result<(), watch::error::RecvError> {
        self.0.changed().await
    }

    pub(super) fn look(&mut self) -> Phase {
        *self.0.borrow_and_update()
    }
}
