//! JSON and browsers.

use clap::{ArgAction, Args};

/// JSON and browsers, on the port of the service.
#[derive(Args, Clone, Debug)]
pub struct Web {
    /// Serve JSON over HTTP: POST /v1/figures:extract, POST /v1/figures:crossCheck, GET /v1/units
    #[arg(
        long,
        env = "FACTFIGURES_HTTP_JSON",
        default_value_t = true,
        action = ArgAction::Set,
        value_name = "BOOL"
    )]
    pub http_json: bool,

    /// Serve gRPC-Web
    #[arg(long, env = "FACTFIGURES_GRPC_WEB", default_value_t = false)]
    pub grpc_web: bool,

    /// Origins whose pages may call by gRPC-Web or JSON, such as https://desk.example.com; * means all
    #[arg(long, env = "FACTFIGURES_CORS_ORIGINS", value_name = "ORIGIN,…", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
}

impl Web {
    pub(super) fn check(&self, problems: &mut Vec<String>) {
        if !self.cors_origins.is_empty() && !self.grpc_web && !self.http_json {
            problems.push("--cors-origins needs --grpc-web or --http-json true".to_owned());
        }
        for origin in &self.cors_origins {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            let plain =
                |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
            if origin != "*" && !host.is_some_and(plain) {
                problems.push(format!("--cors-origins {origin:?}: expected * or https://HOST[:PORT]"));
            }
        }
    }
}
