//! The user behind a session of an identity.

use cognitab_kernel::{Key, World};
use cognitab_trace::event::{Who, WhoKind};

use crate::pool_token::PRINCIPAL;

/// The user or guest whose session this is. `None` if the session is not of an identity pool.
pub(crate) fn of(world: &World, key: &Key) -> Option<Who> {
    let amr = key.context.get(&format!("{PRINCIPAL}:amr"))?;
    let (kind, name) = if amr.iter().any(|method| method == "unauthenticated") {
        (WhoKind::Guest, "guest".to_owned())
    } else {
        (WhoKind::User, cognitab_cognito_idp::display_name(world, amr.get(2)?))
    };
    Some(Who { kind, name, arn: Some(key.arn.clone()) })
}
