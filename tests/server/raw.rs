//! A client that does what clients should not: HTTP/2 by frames, without tonic.

use std::net::SocketAddr;

use factfigures::proto;
use prost::Message;
use tokio::net::TcpStream;
use tonic::codegen::http::{HeaderMap, Request};

/// A gRPC message in its frame.
pub fn framed(message: &impl Message) -> Vec<u8> {
    let mut frame = vec![0];
    frame.extend((message.encoded_len() as u32).to_be_bytes());
    message.encode(&mut frame).unwrap();
    frame
}

/// What came back of a call.
#[derive(Debug)]
pub struct Answer {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub trailers: HeaderMap,
}

impl Answer {
    /// `grpc-status`, wherever it stands.
    pub fn status(&self) -> &str {
        let status = self.trailers.get("grpc-status").or(self.headers.get("grpc-status"));
        status.map_or("none", |status| status.to_str().unwrap())
    }
}

/// A connection that speaks HTTP/2 and no gRPC.
pub struct Connection {
    address: SocketAddr,
    sender: h2::client::SendRequest<bytes::Bytes>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Connection, h2::Error> {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = h2::client::handshake(stream).await?;
        tokio::spawn(connection);
        Ok(Connection { address, sender })
    }

    /// Sends a call. What comes back is awaited apart; an error here says that nothing was sent.
    pub async fn send(
        &mut self,
        method: &str,
        headers: &[(&'static str, &str)],
        bytes: Vec<u8>,
    ) -> Result<impl Future<Output = Result<Answer, h2::Error>> + use<>, h2::Error> {
        let mut request = Request::post(format!("http://{}/{}/{method}", self.address, proto::SERVICE))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut sender = self.sender.clone().ready().await?;
        let (response, mut body) = sender.send_request(request.body(()).unwrap(), false)?;
        // The server may answer before it has read all.
        let _ = body.send_data(bytes.into(), true);
        Ok(async move {
            let (parts, mut body) = response.await?.into_parts();
            let mut answer = Answer { headers: parts.headers, body: Vec::new(), trailers: HeaderMap::new() };
            while let Some(data) = body.data().await {
                let data = data?;
                body.flow_control().release_capacity(data.len())?;
                answer.body.extend_from_slice(&data);
            }
            answer.trailers = body.trailers().await?.unwrap_or_default();
            Ok(answer)
        })
    }
}

/// Calls a method of the service with such bytes and headers, on a connection of its own.
pub async fn call(
    address: SocketAddr,
    method: &str,
    headers: &[(&'static str, &str)],
    bytes: Vec<u8>,
) -> Result<Answer, h2::Error> {
    Connection::open(address).await?.send(method, headers, bytes).await?.await
}

/// Calls ExtractFigures with a deadline. Returns `grpc-status`.
pub async fn with_timeout(address: SocketAddr, timeout: &str, message: &impl Message) -> String {
    let answer =
        call(address, "ExtractFigures", &[("grpc-timeout", timeout)], framed(message)).await.unwrap();
    answer.status().to_owned()
}
