//! Amazon DynamoDB: tables, their items, and the expressions that read and change them.
//!
//! It calls no other service.

mod access;
mod attribute_value;
mod error;
mod expression;
mod item;
mod number;
mod table;

use cognitab_kernel::authenticate::{SignatureError, json_error};
use cognitab_kernel::service::SignatureContext;
use cognitab_kernel::{ApiError, Protocol, Service, Wording};
use cognitab_trace::event::Station;

/// The service.
pub static SERVICE: Service = Service {
    target: "DynamoDB_20120810",
    version: "2012-08-10",
    operations: &[table::OPERATIONS, item::OPERATIONS],
    resources: Some(table::resources),
    wording: WORDING,
    ..Service::new("dynamodb", Protocol::Json10, Station::Resource)
};

const WORDING: Wording = Wording {
    validation_error: "ValidationException",
    clock_skew: 15 * 60_000,
    signature_error,
    error_type,
    ..Wording::of(Protocol::Json10)
};

fn signature_error(error: &SignatureError, context: &SignatureContext) -> ApiError {
    let mut answer = json_error(error, context);
    if *error == SignatureError::Missing {
        answer.message = error.message();
    }
    answer
}

/// An error code with its namespace: DynamoDB's own, or that of the framework in front of it.
fn error_type(code: &str) -> String {
    let namespace = match code {
        "ValidationException" => "com.amazon.coral.validate",
        "AccessDeniedException"
        | "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "IncompleteSignatureException"
        | "MissingAuthenticationTokenException"
        | "MissingAuthenticationToken"
        | "ExpiredTokenException"
        | "SerializationException"
        | "UnknownOperationException" => "com.amazon.coral.service",
        _ => "com.amazonaws.dynamodb.v20120810",
    };
    format!("{namespace}#{code}")
}
