//! The contract, generated from `proto/factfigures/v1/factfigures.proto`: messages, server and client.
//!
//! Messages serialize with serde to canonical protobuf JSON.
#![allow(missing_docs, clippy::all, rustdoc::all)]

/// Descriptors of the contract and its imports, as an encoded `google.protobuf.FileDescriptorSet`.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The fully qualified name of the service.
pub const SERVICE: &str = "factfigures.v1.FactFigureService";

pub use factfigures::v1;
pub use google::r#type::Date;

mod factfigures {
    pub mod v1 {
        include!(concat!(env!("OUT_DIR"), "/factfigures.v1.rs"));
        include!(concat!(env!("OUT_DIR"), "/factfigures.v1.serde.rs"));
    }
}

mod google {
    pub mod r#type {
        include!(concat!(env!("OUT_DIR"), "/google.r#type.rs"));
        include!(concat!(env!("OUT_DIR"), "/google.r#type.serde.rs"));
    }
}
