//! The first bytes of a connection: HTTP/2 says so, everything else is taken for HTTP/1.1.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::sync::oneshot;

const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// What carries a connection: TCP, or TLS over it.
pub(super) trait Transport: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Transport for T {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Http2,
    Http1,
}

/// Reads until it is clear what is spoken. What was read is read again from the result; when that is dropped, the
/// stream itself comes back by the channel.
pub(super) async fn read(
    mut stream: Box<dyn Transport>,
) -> io::Result<(Protocol, Replayed, oneshot::Receiver<Box<dyn Transport>>)> {
    let mut read = [0; PREFACE.len()];
    let mut length = 0;
    while length < PREFACE.len() && read[..length] == PREFACE[..length] {
        match stream.read(&mut read[length..]).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => length += n,
        }
    }
    let protocol = if read == *PREFACE { Protocol::Http2 } else { Protocol::Http1 };
    let (back, returned) = oneshot::channel();
    let stream = Some(stream);
    Ok((protocol, Replayed { protocol, read, length, position: 0, stream, back: Some(back) }, returned))
}

/// A stream whose first bytes are read once more.
pub(super) struct Replayed {
    protocol: Protocol,
    read: [u8; PREFACE.len()],
    length: usize,
    position: usize,
    /// There until it is dropped.
    stream: Option<Box<dyn Transport>>,
    back: Option<oneshot::Sender<Box<dyn Transport>>>,
}

impl Drop for Replayed {
    fn drop(&mut self) {
        if let (Some(stream), Some(back)) = (self.stream.take(), self.back.take()) {
            // Whoever does not want it lets it close.
            let _ = back.send(stream);
        }
    }
}

impl Replayed {
    fn stream(&mut self) -> io::Result<Pin<&mut dyn Transport>> {
        let stream = self.stream.as_deref_mut().ok_or(io::ErrorKind::NotConnected)?;
        Ok(Pin::new(stream))
    }
}

/// Reads what a client still sends until it has closed its side: a socket that is closed with something unread is
/// reset, and what the client has not read of its answers is lost.
pub(super) async fn linger(mut stream: Box<dyn Transport>) {
    let mut unread = [0; 1 << 10];
    while stream.read(&mut unread).await.is_ok_and(|n| n > 0) {}
    let _ = stream.shutdown().await;
}

impl AsyncRead for Replayed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let rest = &self.read[self.position..self.length];
        if rest.is_empty() {
            return self.stream()?.poll_read(cx, buffer);
        }
        let n = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..n]);
        self.position += n;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Replayed {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(|stream| stream.is_write_vectored())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_flush(cx)
    }

    /// A client of HTTP/2 closes by itself once it was told to go and has its last answer; one that sees us close
    /// before (Envoy, while it does not read for a slower client) takes that answer for lost. So only what HTTP/1.1
    /// waits for is closed here; [`linger`] does it for HTTP/2.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.protocol == Protocol::Http2 {
            return self.stream()?.poll_flush(cx);
        }
        self.stream()?.poll_shutdown(cx)
    }
}
