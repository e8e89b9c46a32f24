//! Compiles `proto/` to Rust without protoc: messages, server, client, canonical JSON, descriptors.

use std::path::Path;

use protox::Compiler;

const FILES: [&str; 1] = ["factfigures/v1/factfigures.proto"];
/// Messages without a JSON form: `google.rpc.Status` inside it holds any message.
const WITHOUT_JSON: [&str; 1] = [".factfigures.v1.StreamExtractFiguresResponse"];

/// Writes the generated code and `descriptors.bin` to `OUT_DIR`, which is `out`.
pub fn compile(out: &Path) {
    println!("cargo:rerun-if-changed=proto");

    // Descriptors as reflection serves them: with options, without comments.
    let descriptors = compiler(false).encode_file_descriptor_set();
    std::fs::write(out.join("descriptors.bin"), &descriptors).expect("OUT_DIR can be written");

    tonic_prost_build::configure()
        .build_transport(false)
        .codec_path("crate::server::codec::Codec")
        .extern_path(".google.rpc.Status", "::tonic_types::Status")
        .compile_fds(compiler(true).file_descriptor_set())
        .expect("the contract generates");

    pbjson_build::Builder::new()
        .register_descriptors(&descriptors)
        .expect("the descriptors are well-formed")
        .exclude(WITHOUT_JSON)
        .build(&[".factfigures.v1", ".google.type"])
        .expect("the contract generates JSON");
}

fn compiler(comments: bool) -> Compiler {
    let mut compiler = Compiler::new([Path::new("proto")]).expect("proto/ is there");
    compiler.include_imports(true).include_source_info(comments);
    compiler.open_files(FILES).unwrap_or_else(|e| panic!("{e:?}"));
    compiler
}
