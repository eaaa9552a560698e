//! The person behind the session of an identity.

use cognitab_kernel::{Key, World};
use cognitab_trace::event::{Who, WhoKind};

use crate::pool_token::PRINCIPAL;

/// A session that an identity pool handed out speaks for a user or a guest.
pub(crate) fn of(world: &World, key: &Key) -> Option<Who> {
    let amr = key.context.get(&format!("{PRINCIPAL}:amr"))?;
    let (kind, name) = if amr.iter().any(|method| method == "unauthenticated") {
        (WhoKind::Guest, "guest".to_owned())
    } else {
        (WhoKind::User, cognitab_cognito_idp::display_name(world, amr.get(2)?))
    };
    Some(Who { kind, name, arn: Some(key.arn.clone()) })
}
