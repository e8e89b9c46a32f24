//! How messages are written and read on the wire: by prost, large ones without holding up other calls, and a
//! malformed one is the client's mistake, not the server's.

use std::marker::PhantomData;

use bytes::{Buf, BufMut};
use prost::Message;
use tonic::Status;
use tonic::codec::{self, BufferSettings, DecodeBuf, EncodeBuf};

use super::readers::{aside, is_large, patiently};
use super::status;

/// The codec of the service, named by the generated code.
#[derive(Clone, Debug)]
pub struct Codec<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for Codec<T, U> {
    fn default() -> Self {
        Codec(PhantomData)
    }
}

impl<T, U> codec::Codec for Codec<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = Encoder<T>;
    type Decoder = Decoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        Encoder(PhantomData)
    }

    fn decoder(&mut self) -> Self::Decoder {
        Decoder(PhantomData)
    }
}

/// Writes messages.
#[derive(Clone, Debug)]
pub struct Encoder<T>(PhantomData<T>);

impl<T: Message + Send + 'static> codec::Encoder for Encoder<T> {
    type Item = T;
    type Error = Status;

    fn encode(&mut self, item: T, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        let length = item.encoded_len();
        if !is_large(length) {
            return item.encode(buffer).map_err(|e| Status::internal(e.to_string()));
        }
        // To drop a large message takes as long as to write it.
        let bytes = patiently(length, move || item.encode_to_vec()).ok_or_else(status::internal)?;
        buffer.put_slice(&bytes);
        Ok(())
    }
}

/// Reads messages.
#[derive(Clone, Debug)]
pub struct Decoder<U>(PhantomData<U>);

impl<U: Message + Default + Send + 'static> codec::Decoder for Decoder<U> {
    type Item = U;
    type Error = Status;

    /// Little at first: a call whose message never comes should cost little.
    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(1 << 10, 32 << 10)
    }

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        let message = aside(buffer.remaining(), || U::decode(buffer));
        message.map(Some).map_err(|e| Status::invalid_argument(format!("the message is malformed: {e}")))
    }
}
