//! JSON over HTTP, by the `google.api.http` annotations of the contract: the same methods and the same checks,
//! errors as `google.rpc.Status` in JSON.

use std::sync::LazyLock;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode_str;
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tonic::body::Body;
use tonic::codegen::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use tonic::codegen::http::{HeaderValue, Method, Request, Response, StatusCode};
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::readers::{aside, patiently};
use super::service::Service;
use super::status;
use crate::error::{Error, Violation};
use crate::proto::v1;
use crate::proto::v1::fact_figure_service_server::FactFigureService;
use crate::wire;

/// The longest explanation of what is wrong with a body: it may repeat what was sent.
const LONGEST_PROBLEM: usize = 300;

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Extract,
    CrossCheck,
    Units,
    /// A known path with another HTTP method than this.
    Only(&'static str),
    Unknown,
}

impl Route {
    /// The path of the same method in gRPC.
    pub(super) fn path(self) -> &'static str {
        match self {
            Route::Extract => "/factfigures.v1.FactFigureService/ExtractFigures",
            Route::CrossCheck => "/factfigures.v1.FactFigureService/CrossCheckFigures",
            Route::Units => "/factfigures.v1.FactFigureService/ListUnits",
            Route::Only(_) | Route::Unknown => "",
        }
    }
}

/// The route of a request, if its path is one of ours.
pub(super) fn route<B>(request: &Request<B>) -> Option<Route> {
    let (route, method) = match request.uri().path() {
        "/v1/figures:extract" => (Route::Extract, Method::POST),
        "/v1/figures:crossCheck" => (Route::CrossCheck, Method::POST),
        "/v1/units" => (Route::Units, Method::GET),
        path if path.starts_with("/v1/") => return Some(Route::Unknown),
        _ => return None,
    };
    let only = if method == Method::POST { "POST" } else { "GET" };
    Some(if *request.method() == method { route } else { Route::Only(only) })
}

/// Calls the method of a route.
pub(super) async fn answer(
    service: &Service,
    route: &Route,
    request: Request<Body>,
    message_bytes: usize,
) -> Result<Response<Body>, Status> {
    let (parts, body) = request.into_parts();
    if !matches!(route, Route::Extract | Route::CrossCheck | Route::Units) {
        return Err(Status::not_found(
            "no such path or method; expected POST /v1/figures:extract, \
                                      POST /v1/figures:crossCheck or GET /v1/units",
        ));
    }
    let body = whole(body, message_bytes).await?;
    let extensions = parts.extensions;
    match route {
        Route::Extract => {
            let message: v1::ExtractFiguresRequest = read(&body, "ExtractFiguresRequest")?;
            let answered = service.extract_figures(with_extensions(message, extensions)).await?;
            Ok(written(answered.into_inner(), body.len()))
        }
        Route::CrossCheck => {
            let message: v1::CrossCheckFiguresRequest = read(&body, "CrossCheckFiguresRequest")?;
            let answered = service.cross_check_figures(with_extensions(message, extensions)).await?;
            Ok(written(answered.into_inner(), body.len()))
        }
        _ => {
            let message = units_request(parts.uri.query().unwrap_or_default())?;
            let answered = service.list_units(with_extensions(message, extensions)).await?;
            Ok(written(answered.into_inner(), 0))
        }
    }
}

fn with_extensions<T>(message: T, extensions: tonic::Extensions) -> tonic::Request<T> {
    tonic::Request::from_parts(Default::default(), extensions, message)
}

/// The whole body, if it is not larger than a message may be.
async fn whole(body: Body, message_bytes: usize) -> Result<Bytes, Status> {
    match Limited::new(body, message_bytes).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(e) if e.is::<LengthLimitError>() => {
            Err(status::restated(Status::out_of_range(""), message_bytes))
        }
        Err(e) => Err(Status::from_error(e)),
    }
}

fn read<M: DeserializeOwned + Message + Default>(body: &[u8], name: &str) -> Result<M, Status> {
    let json = std::str::from_utf8(body).map_err(|_| bad("body", "is not UTF-8"))?;
    aside(body.len(), || wire::read_json(json, name)).map_err(|e| bad("body", &e.to_string()))
}

fn bad(field: &str, problem: &str) -> Status {
    let mut problem = problem.to_owned();
    if let Some((end, _)) = problem.char_indices().nth(LONGEST_PROBLEM) {
        problem.replace_range(end.., "…");
    }
    status::from_error(&Error::invalid(vec![Violation::new(field, problem)]))
}

/// The query of `GET /v1/units`: fields by either of their names, a dimension by name or number.
fn units_request(query: &str) -> Result<v1::ListUnitsRequest, Status> {
    let mut request = v1::ListUnitsRequest::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = value.replace('+', " ");
        let value = percent_decode_str(&value).decode_utf8().map_err(|_| bad(name, "is not UTF-8"))?;
        let number = || value.parse().map_err(|_| bad(name, "expected a number"));
        match name {
            "pageSize" | "page_size" => request.page_size = number()?,
            "pageToken" | "page_token" => request.page_token = value.into_owned(),
            "dimension" => {
                let named = v1::Dimension::from_str_name(&value).map(i32::from);
                request.dimension = named
                    .or_else(|| value.parse().ok())
                    .ok_or_else(|| bad(name, "is unknown; expected a name such as DIMENSION_MASS"))?;
            }
            _ => return Err(bad(name, "is unknown; expected pageSize, pageToken or dimension")),
        }
    }
    Ok(request)
}

fn written(message: impl Serialize + Send + 'static, bytes: usize) -> Response<Body> {
    match patiently(bytes, move || serde_json::to_vec(&message)) {
        Some(Ok(json)) => with_json(StatusCode::OK, json),
        failed => {
            tracing::error!(error = ?failed, "writing JSON failed");
            error(&status::internal())
        }
    }
}

fn with_json(code: StatusCode, json: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::new(http_body_util::Full::from(json)));
    *response.status_mut() = code;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The shapes of `google.rpc.Status` and its details.
static POOL: LazyLock<Option<DescriptorPool>> =
    LazyLock::new(|| DescriptorPool::decode(tonic_types::pb::FILE_DESCRIPTOR_SET).ok());

/// An error as JSON, with the HTTP status of its code.
pub(super) fn error(status: &Status) -> Response<Body> {
    let code = StatusCode::from_u16(status::http(status.code())).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let json = in_full(status).unwrap_or_else(|| {
        serde_json::json!({"code": status.code() as i32, "message": status.message()})
            .to_string()
            .into_bytes()
    });
    let mut response = with_json(code, json);
    let headers = response.headers_mut();
    match status.code() {
        Code::Unauthenticated => {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Code::ResourceExhausted => {
            let delay = status.get_details_retry_info().and_then(|info| info.retry_delay);
            if let Some(delay) = delay {
                headers.insert(RETRY_AFTER, HeaderValue::from(delay.as_secs_f64().ceil() as u64));
            }
        }
        _ => {}
    }
    response
}

fn in_full(status: &Status) -> Option<Vec<u8>> {
    let shape = POOL.as_ref()?.get_message_by_name("google.rpc.Status")?;
    let whole = DynamicMessage::decode(shape, status.details()).ok()?;
    serde_json::to_vec(&whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_asked_for_by_query() {
        let request = units_request("pageSize=7&page_token=00%2B1&dimension=DIMENSION_MASS").unwrap();
        let expected = v1::ListUnitsRequest {
            page_size: 7,
            page_token: "00+1".into(),
            dimension: v1::Dimension::Mass.into(),
        };
        assert_eq!(request, expected);
        assert_eq!(units_request("").unwrap(), v1::ListUnitsRequest::default());
        assert_eq!(units_request("dimension=3").unwrap().dimension, 3);
        for (query, field) in [
            ("pageSize=x", "pageSize"),
            ("page=1", "page"),
            ("dimension=mass", "dimension"),
            ("pageToken=%ff", "pageToken"),
        ] {
            let status = units_request(query).unwrap_err();
            assert_eq!(status.get_details_bad_request().unwrap().field_violations[0].field, field);
        }
    }

    #[test]
    fn errors_are_whole() {
        let status = status::with_request_id(&bad("body", "is bad"), "id-1");
        let json: serde_json::Value = serde_json::from_slice(&in_full(&status).unwrap()).unwrap();
        assert_eq!(json["code"], 3);
        assert_eq!(json["details"][0]["@type"], "type.googleapis.com/google.rpc.BadRequest");
        assert!(json["details"].as_array().unwrap().iter().any(|d| d["requestId"] == "id-1"), "{json}");
    }
}
