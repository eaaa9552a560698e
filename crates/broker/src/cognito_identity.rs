//! Identity pools: a token goes in, temporary credentials bound to a role come out.

use crate::event::Station;
use crate::operation::{Protocol, Service};

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-identity",
    protocol: Protocol::Json11,
    target: "AWSCognitoIdentityService",
    version: "2014-06-30",
    station: Station::IdentityPool,
    operations: &[],
};
