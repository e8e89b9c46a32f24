//! The end, in order: NOT_SERVING, a pause for load balancers, no more connections, calls under way finish, what
//! has not finished is answered UNAVAILABLE, and at last everything is dropped.

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use super::phase::Phase;
use crate::config::Shutdown;

/// Moves the server to its end. Returns when every call is over, or the deadline has passed.
pub(super) async fn run(
    phase: &watch::Sender<Phase>,
    times: &Shutdown,
    accepting: JoinHandle<()>,
    connections: &TaskTracker,
) {
    let deadline = Instant::now() + times.shutdown_deadline;
    let in_order = async {
        tracing::info!("shutting down: NOT_SERVING");
        phase.send_replace(Phase::Draining);
        tokio::time::sleep(times.shutdown_pause).await;
        phase.send_replace(Phase::Stopping);
        // Whoever knocked before is let in; then the port is closed.
        if accepting.await.is_err() {
            tracing::error!("accepting connections failed");
        }
        connections.close();
        if tokio::time::timeout(times.shutdown_drain, connections.wait()).await.is_err() {
            tracing::warn!("calls take too long; they are answered UNAVAILABLE");
            phase.send_replace(Phase::Cutting);
            connections.wait().await;
        }
    };
    match tokio::time::timeout_at(deadline, in_order).await {
        Ok(()) => tracing::info!("all calls are over"),
        Err(_) => tracing::warn!("deadline passed; what is open is dropped"),
    }
    phase.send_replace(Phase::Over);
}
