//! Encodes an input as a request, in the protocol of its service.

use cognitab_broker::{Entry, Service};
use cognitab_wire::http::Request;
use cognitab_wire::{Location, Schema, Value, client, json};
use serde_json::Value as Json;

/// The request for an operation with this input, whose members can be of any type.
pub(crate) fn request(service: &Service, operation: &Entry, input: &Json) -> Request {
    let mut input = json::from_json(input.clone(), &Schema::DOCUMENT).unwrap();
    if let Value::Map(members) = &mut input {
        let labels = operation.input.members().iter().filter(|m| m.location == Location::Uri);
        for label in labels {
            if !members.iter().any(|(name, _)| name == label.name) {
                members.push((label.name.to_owned(), "a".into()));
            }
        }
    }
    let mut request = client::encode(&service.client(), &operation.client(), &input, "us-east-1");
    if let Some((_, header)) = operation.http.split_once('#')
        && request.header(header).is_none()
    {
        request.headers.push((header.to_owned(), "/studio-photos/public/welcome.txt".to_owned()));
    }
    request
}
