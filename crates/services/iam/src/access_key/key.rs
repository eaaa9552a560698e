//! Long-term keys of users. The row is the gate's: `caller::Key`.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::Entity;
use cognitab_kernel::Cx;
use cognitab_kernel::Key;

/// A key as IAM shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AccessKey {
    user_name: String,
    access_key_id: String,
    status: Status,
    secret_access_key: Option<String>,
    create_date: Timestamp,
}

/// Whether a key works.
#[derive(Clone, Copy, Debug, Shape)]
pub(crate) enum Status {
    /// It does.
    Active,
    /// It does not.
    Inactive,
}

impl AccessKey {
    /// The key with its secret, as it is shown once.
    pub(crate) fn with_secret(key: &Key) -> AccessKey {
        let secret_access_key = Some(key.secret_access_key.clone());
        AccessKey { secret_access_key, ..AccessKey::without_secret(key) }
    }

    /// The key without its secret.
    pub(crate) fn without_secret(key: &Key) -> AccessKey {
        AccessKey {
            user_name: key.name().to_owned(),
            access_key_id: key.access_key_id.clone(),
            status: if key.inactive { Status::Inactive } else { Status::Active },
            secret_access_key: None,
            create_date: key.issued,
        }
    }
}

/// The long-term keys of a user.
pub(crate) fn of<'a>(cx: &'a Cx<'_>, user: &Entity) -> impl Iterator<Item = Key> + use<'a> {
    let arn = user.arn();
    cx.world.scan::<Key>("AKIA").filter(move |key| key.arn == arn)
}

/// Makes a key for a user.
pub(crate) fn create(cx: &mut Cx<'_>, user: &Entity) -> Key {
    let key = Key {
        access_key_id: format!("AKIA{}", cx.random.base32(16)),
        secret_access_key: cx.random.mixed(40),
        ..held_by(user, cx.now)
    };
    cx.world.put(&key);
    key
}

/// A key of this user with nothing in it yet.
pub(crate) fn held_by(user: &Entity, now: i64) -> Key {
    Key {
        issued: Timestamp(now),
        account: user.account.clone(),
        arn: user.arn(),
        principal: user.arn(),
        user_id: user.id.clone(),
        context: BTreeMap::new(),
        ..Key::default()
    }
}
