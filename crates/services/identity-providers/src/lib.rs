//! External identity providers, each simulated at its own address with a signing key of its own.
//!
//! A provider publishes its discovery document and its public keys, and whoever verifies a token
//! finds it as an issuer. It knows no AWS service.

mod google;
mod signing_key;

use cognitab_kernel::{Protocol, Service, Wording};
use cognitab_trace::event::Station;

/// The providers. They have pages and no operations.
pub static SERVICE: Service = Service {
    pages: Some(google::find),
    issuer: Some(google::issuer),
    wording: Wording { request_id: None, ..Wording::of(Protocol::RestJson) },
    ..Service::new("identity-providers", Protocol::RestJson, Station::Login)
};
