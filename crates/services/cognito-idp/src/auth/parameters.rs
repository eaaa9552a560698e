//! `AuthParameters` and `ChallengeResponses`: texts by name.

use std::collections::BTreeMap;

use crate::error::Error;

/// A parameter that must be present.
pub(crate) fn required<'a>(
    parameters: &'a BTreeMap<String, String>,
    name: &'static str,
) -> Result<&'a str, Error> {
    parameters.get(name).map(String::as_str).ok_or(Error::MissingParameter(name))
}

/// The secret hash of a client that has a secret.
pub(crate) fn secret_hash(parameters: &BTreeMap<String, String>) -> Option<&str> {
    parameters.get("SECRET_HASH").map(String::as_str)
}
