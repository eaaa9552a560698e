//! Long-term access keys of users. Their rows are the kernel's, which authenticates with them.

pub(crate) mod create_access_key;
pub(crate) mod delete_access_key;
pub(crate) mod list_access_keys;
pub(crate) mod update_access_key;

use cognitab_kernel::{Cx, Entry, Key, entry};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::Entity;
use crate::error::Error;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_access_key::CreateAccessKey>(),
    entry::<delete_access_key::DeleteAccessKey>(),
    entry::<list_access_keys::ListAccessKeys>(),
    entry::<update_access_key::UpdateAccessKey>(),
];

/// Whether an access key can sign requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "statusType")]
pub(crate) enum Status {
    Active,
    Inactive,
}

impl Status {
    fn of(key: &Key) -> Status {
        if key.inactive { Status::Inactive } else { Status::Active }
    }
}

/// The long-term access keys of a user.
pub(crate) fn of_user<'a>(cx: &'a Cx<'_>, user: &Entity) -> impl Iterator<Item = Key> + use<'a> {
    let arn = user.arn();
    cx.world.scan::<Key>("AKIA").filter(move |key| key.arn == arn)
}

/// The access key of this id, if it belongs to the user.
pub(crate) fn find(cx: &Cx<'_>, user: &Entity, id: &str) -> Result<Key, Error> {
    let found = of_user(cx, user).find(|key| key.access_key_id == id);
    found.ok_or_else(|| Error::AccessKeyNotFound(id.to_owned()))
}

/// An access key of this user that has neither id nor secret yet.
pub(crate) fn without_id(user: &Entity, now: i64) -> Key {
    Key {
        issued: Timestamp(now),
        account: user.account.clone(),
        arn: user.arn(),
        principal: user.arn(),
        user_id: user.id.clone(),
        ..Key::default()
    }
}
