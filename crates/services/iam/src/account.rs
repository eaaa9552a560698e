//! Accounts: each has an administrator.

use std::collections::BTreeSet;

use cognitab_kernel::accounts::Account;
use cognitab_kernel::{Key, Random, World};
use cognitab_wire::arn::{Arn, Partition};

use crate::access_key;
use crate::entity::{Entity, EntityType};

/// The ids of all accounts, each of twelve digits.
pub fn accounts(world: &World) -> BTreeSet<String> {
    world.scan::<Entity>("").map(|entity| entity.account).collect()
}

/// Adds an account to a new world: its administrator, an IAM user of the partition `aws` who may do
/// everything. The root user would not do, because it may not assume roles.
pub fn create_account(world: &mut World, account: &Account, now: i64) {
    let mut seed = [0; 32];
    for (to, from) in seed.iter_mut().zip(account.id.bytes()) {
        *to = from;
    }
    let (partition, mut random) = (Partition::Aws, Random::new(seed));
    let name = "administrator";
    let mut user = Entity::new(EntityType::User, partition, account.id, name, now, &mut random);
    let policy = Arn::in_partition(partition, "iam", "aws", "policy/AdministratorAccess");
    user.attached.push(policy.to_string());
    world.put(&user);
    world.put(&Key {
        access_key_id: account.access_key_id.to_owned(),
        secret_access_key: account.secret_access_key.to_owned(),
        ..access_key::without_id(&user, now)
    });
}
