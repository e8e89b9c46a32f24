//! JSON over HTTP, gRPC-Web, and what browsers are told.

mod server;

use bytes::Bytes;
use factfigures::proto::v1;
use http_body_util::Full;
use prost::Message;
use serde_json::{Value, json};
use server::{Running, http, of, raw, with};
use tonic::codegen::http::{Method, Request, Response};

fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(body.into())).unwrap()
}

async fn post(running: &Running, path: &str, body: &str) -> (u16, Value) {
    let headers = [("content-type", "application/json")];
    let response = http(running.address, request(Method::POST, path, &headers, body.to_owned())).await;
    told(&response)
}

async fn get(running: &Running, path: &str) -> (u16, Value) {
    told(&http(running.address, request(Method::GET, path, &[], "")).await)
}

fn told(response: &Response<Bytes>) -> (u16, Value) {
    assert_eq!(response.headers()["content-type"], "application/json", "{response:?}");
    assert!(response.headers().contains_key("x-request-id"));
    (response.status().as_u16(), serde_json::from_slice(response.body()).unwrap())
}

/// The detail of an error with this type.
fn detail<'j>(error: &'j Value, name: &str) -> &'j Value {
    let details = error["details"].as_array().unwrap_or_else(|| panic!("{error}"));
    let name = format!("type.googleapis.com/google.rpc.{name}");
    details.iter().find(|detail| detail["@type"] == name.as_str()).unwrap_or_else(|| panic!("{error}"))
}

#[tokio::test]
async fn json_and_grpc_answer_the_same() {
    let running = Running::start(&[]).await;
    let text = std::fs::read_to_string("tests/golden/business.txt").unwrap();
    let body = json!({"document": {"id": "1", "text": text, "publishDate": {"year": 2024, "month": 5, "day": 7}},
                      "offsetUnit": "OFFSET_UNIT_UTF16_CODE_UNIT", "kinds": ["KIND_MONEY", "KIND_COUNT"]});
    let (code, answer) = post(&running, "/v1/figures:extract", &body.to_string()).await;
    assert_eq!(code, 200, "{answer}");
    let same: v1::ExtractFiguresRequest = serde_json::from_value(body).unwrap();
    let grpc = running.client().await.extract_figures(same).await.unwrap().into_inner();
    assert!(!grpc.figures.is_empty());
    assert_eq!(answer, serde_json::to_value(&grpc).unwrap());

    let (code, units) = get(&running, "/v1/units?pageSize=3&dimension=DIMENSION_MASS").await;
    assert_eq!(code, 200, "{units}");
    let asked =
        v1::ListUnitsRequest { page_size: 3, dimension: v1::Dimension::Mass.into(), ..Default::default() };
    let grpc = running.client().await.list_units(asked).await.unwrap().into_inner();
    assert_eq!(units, serde_json::to_value(&grpc).unwrap());
    let token = grpc.next_page_token;
    let (code, next) = get(&running, &format!("/v1/units?page_token={token}&dimension=DIMENSION_MASS")).await;
    assert_eq!(code, 200, "{next}");
    let metric = "rpc_server_call_duration_seconds_count{rpc_system_name=\"http\",\
                  rpc_method=\"factfigures.v1.FactFigureService/ListUnits\",rpc_response_status_code=\"OK\"}";
    assert_eq!(running.metrics().await.value(metric), 2.0);
    running.stop().await;
}

#[tokio::test]
async fn errors_are_statuses_in_json() {
    let running = Running::start(&["--max-text-bytes", "1000", "--max-message-bytes", "2000"]).await;
    let extract = "/v1/figures:extract";
    let region = json!({"document": {"text": "5 km", "regionCode": "?"}}).to_string();
    let long = json!({"document": {"text": "x".repeat(1001)}}).to_string();
    let oversize = json!({"document": {"text": "x".repeat(3000)}}).to_string();
    for (body, code, http, field) in [
        ("{}", 3, 400, "document"),
        (&region, 3, 400, "document.region_code"),
        (&long, 3, 400, "document.text"),
        ("{", 3, 400, "body"),
        ("", 3, 400, "body"),
        (r#"{"dokument": {}}"#, 3, 400, "body"),
        (r#"{"document": {"text": 5}}"#, 3, 400, "body"),
        ("[1]", 3, 400, "body"),
        (&oversize, 8, 429, ""),
    ] {
        let (answered, error) = post(&running, extract, body).await;
        assert_eq!((answered, &error["code"]), (http, &json!(code)), "{error}");
        assert!(!error["message"].as_str().unwrap().is_empty());
        assert!(detail(&error, "RequestInfo")["requestId"].is_string());
        if !field.is_empty() {
            assert_eq!(detail(&error, "BadRequest")["fieldViolations"][0]["field"], field, "{error}");
        }
    }
    let deep = "[".repeat(1900);
    assert_eq!(post(&running, extract, &deep).await.0, 400);
    for (method, path, code) in [
        (Method::GET, extract, 404),
        (Method::POST, "/v1/units", 404),
        (Method::POST, "/v1/figures:burn", 404),
        (Method::GET, "/", 404),
        (Method::GET, "/v1/units?pageSize=-1", 400),
        (Method::GET, "/v1/units?size=1", 400),
    ] {
        let response = http(running.address, request(method, path, &[], "")).await;
        assert_eq!(told(&response).0, code, "{path}");
    }
    // curl -d says that its JSON is a form. A request changes nothing, so any kind of content will do.
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = r#"{"document": {"text": "5 km"}}"#;
    let response = http(running.address, request(Method::POST, extract, &form, body)).await;
    assert_eq!(told(&response).0, 200);
    running.stop().await;
}

#[tokio::test]
async fn a_token_is_asked_for_here_too() {
    let tokens = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tokens-http");
    let hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    std::fs::write(&tokens, format!("desk {hash}\n")).unwrap();
    let running = Running::start(&["--tokens", tokens.to_str().unwrap()]).await;
    let without = http(running.address, request(Method::GET, "/v1/units", &[], "")).await;
    assert_eq!(without.headers()["www-authenticate"], "Bearer");
    let (code, error) = told(&without);
    assert_eq!((code, &error["code"]), (401, &json!(16)));
    let with = request(Method::GET, "/v1/units", &[("authorization", "Bearer secret")], "");
    assert_eq!(told(&http(running.address, with).await).0, 200);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_stops_the_work() {
    use tokio::io::AsyncWriteExt;
    let running = Running::start(&[]).await;
    let body = serde_json::to_string(&of(&server::long_text())).unwrap();
    let mut stream = tokio::net::TcpStream::connect(running.address).await.unwrap();
    let head =
        format!("POST /v1/figures:extract HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    running.until("factfigures_reading_documents", 1.0).await;
    drop(stream);
    running.until("factfigures_reading_documents", 0.0).await;
    assert_eq!(running.metrics().await.value("factfigures_documents_total"), 0.0);
    running.stop().await;
}

#[tokio::test]
async fn json_may_be_switched_off() {
    let running = Running::start(&["--http-json", "false"]).await;
    assert_eq!(post(&running, "/v1/figures:extract", "{}").await.0, 404);
    running.client().await.extract_figures(of("5 km")).await.unwrap();
    running.stop().await;
}

#[tokio::test]
async fn cross_check_has_its_route() {
    let running = Running::start(&[]).await;
    let (code, answer) = post(&running, "/v1/figures:crossCheck", "{}").await;
    assert_eq!(code, 400, "{answer}");
    assert!(answer.to_string().contains("expected 1 to 50"), "{answer}");
    let documents =
        r#"{"documents":[{"text":"It sold 12 cars in Tarn."},{"text":"It sold 15 cars in Tarn."}]}"#;
    let (code, answer) = post(&running, "/v1/figures:crossCheck", documents).await;
    assert_eq!(code, 200, "{answer}");
    assert!(answer.to_string().contains("VERDICT_CONFLICT"), "{answer}");
    running.stop().await;
}

const ORIGIN: &str = "https://desk.example.com";

async fn grpc_web(running: &Running, message: &impl Message) -> Response<Bytes> {
    let headers = [("content-type", "application/grpc-web+proto"), ("x-grpc-web", "1"), ("origin", ORIGIN)];
    let path = "/factfigures.v1.FactFigureService/ExtractFigures";
    http(running.address, request(Method::POST, path, &headers, raw::framed(message))).await
}

#[tokio::test]
async fn a_page_calls_by_grpc_web() {
    let running = Running::start(&["--grpc-web", "--cors-origins", ORIGIN]).await;
    let response = grpc_web(&running, &of("5 km")).await;
    assert_eq!(response.headers()["content-type"], "application/grpc-web+proto", "{response:?}");
    assert_eq!(response.headers()["access-control-allow-origin"], ORIGIN);
    let body = response.body();
    let length = u32::from_be_bytes(body[1..5].try_into().unwrap()) as usize;
    let answer = v1::ExtractFiguresResponse::decode(&body[5..5 + length]).unwrap();
    assert_eq!(answer.figures.len(), 1);
    // The trailers come last, in a frame of their own.
    assert_eq!(body[5 + length], 0x80);
    assert!(String::from_utf8_lossy(&body[5 + length..]).contains("grpc-status:0"));

    // Trap: an error travels in headers, which a page reads only if they are exposed.
    let response =
        grpc_web(&running, &with(v1::Document { region_code: "?".into(), ..Default::default() })).await;
    assert_eq!(response.headers()["grpc-status"], "3");
    let exposed = response.headers()["access-control-expose-headers"].to_str().unwrap();
    for name in ["grpc-status", "grpc-message", "grpc-status-details-bin"] {
        assert!(response.headers().contains_key(name), "{name}");
        assert!(exposed.contains(name), "{exposed}");
    }
    running.stop().await;
}

#[tokio::test]
async fn origins_are_told_whether_they_may_call() {
    let running = Running::start(&["--grpc-web", "--cors-origins", ORIGIN]).await;
    let asking = |origin| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type,x-grpc-web"),
        ];
        http(running.address, request(Method::OPTIONS, "/v1/figures:extract", &headers, ""))
    };
    let allowed = asking(ORIGIN).await;
    assert_eq!(allowed.headers()["access-control-allow-origin"], ORIGIN);
    let headers = allowed.headers()["access-control-allow-headers"].to_str().unwrap();
    assert!(headers.contains("authorization") && headers.contains("x-grpc-web"), "{headers}");
    let refused = asking("https://elsewhere.example").await;
    assert!(!refused.headers().contains_key("access-control-allow-origin"), "{refused:?}");
    running.stop().await;
}

#[tokio::test]
async fn without_the_flag_pages_get_nothing() {
    let running = Running::start(&[]).await;
    let response = grpc_web(&running, &of("5 km")).await;
    assert_eq!(response.status(), 404);
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    running.stop().await;
}
