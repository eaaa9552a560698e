//! The rows of users, and the index rows that find a user by an attribute without a scan.

use cognitab_kernel::{Row, World};
use cognitab_macros::Shape;
use cognitab_wire::http::encode;

use crate::error::Error;
use crate::model::pool::{Contact, Pool};
use crate::model::types::{UserPoolIdType, UsernameType};
use crate::model::user::{User, UserStatusType};

/// The attributes that have index rows.
const INDEXED: [&str; 4] = ["sub", "email", "phone_number", "preferred_username"];

/// A user as a row. Private, so that no user is written past [`put`] and [`remove`].
#[derive(Clone, Debug, Shape)]
struct UserRow(User);

impl Row for UserRow {
    const TABLE: &'static str = "cognito-idp.user";
    fn key(&self) -> String {
        key(&self.pool, &self.username)
    }
}

/// The key of a user, or without a user name what the keys of a pool's users begin with. Neither pool
/// IDs nor user names contain a space.
fn key(pool: &str, username: &str) -> String {
    format!("{pool} {username}")
}

/// States that a user has an attribute of this value. Several users can have the same one.
#[derive(Clone, Debug, Shape)]
struct IndexRow {
    pool: UserPoolIdType,
    attribute: String,
    /// In lower case: whether case matters is up to the pool.
    value: String,
    username: UsernameType,
}

impl Row for IndexRow {
    const TABLE: &'static str = "cognito-idp.user.index";
    fn key(&self) -> String {
        let prefix = index_prefix(&self.pool, &self.attribute, &self.value);
        format!("{prefix}{}", self.username)
    }
}

/// What the keys of all users with this value begin with. Encoded, a value contains no space.
fn index_prefix(pool: &str, attribute: &str, value: &str) -> String {
    format!("{pool} {attribute} {} ", encode(value))
}

/// The attributes of a user that have index rows, with their values.
fn indexed(user: &User) -> Vec<(&'static str, &str)> {
    INDEXED.into_iter().filter_map(|name| Some((name, user.attribute(name)?))).collect()
}

/// The index rows of a user.
fn index_rows(user: &User) -> impl Iterator<Item = IndexRow> {
    indexed(user).into_iter().map(|(attribute, value)| IndexRow {
        pool: user.pool.clone(),
        attribute: attribute.to_owned(),
        value: value.to_lowercase(),
        username: user.username.clone(),
    })
}

/// The user of this user name.
pub(crate) fn get(world: &World, pool: &str, username: &str) -> Option<User> {
    world.get(&key(pool, username)).map(UserRow::into_inner)
}

/// Whether there is a user of this user name.
pub(crate) fn exists(world: &World, pool: &str, username: &str) -> bool {
    world.has::<UserRow>(&key(pool, username))
}

/// All users of a pool, in the order of their user names.
pub(crate) fn scan(world: &World, pool: &str) -> impl Iterator<Item = User> {
    world.scan(&key(pool, "")).map(UserRow::into_inner)
}

/// How many users a pool has.
pub(crate) fn count(world: &World, pool: &str) -> usize {
    world.texts(UserRow::TABLE, &key(pool, "")).count()
}

/// Adds or replaces a user.
pub(crate) fn put(world: &mut World, user: &User) {
    let old = get(world, &user.pool, &user.username);
    if old.as_ref().is_none_or(|old| indexed(old) != indexed(user)) {
        remove_index(world, old.as_ref());
        index_rows(user).for_each(|row| world.put(&row));
    }
    world.put(&UserRow(user.clone()));
}

/// Removes a user.
pub(crate) fn remove(world: &mut World, user: &User) {
    let row = UserRow(user.clone());
    remove_index(world, world.get(&row.key()).map(UserRow::into_inner).as_ref());
    world.remove::<UserRow>(&row.key());
}

/// Removes all users of a pool.
pub(crate) fn remove_all(world: &mut World, pool: &str) {
    world.remove_all::<UserRow>(&key(pool, ""));
    world.remove_all::<IndexRow>(&key(pool, ""));
}

fn remove_index(world: &mut World, user: Option<&User>) {
    for row in user.into_iter().flat_map(index_rows) {
        world.remove::<IndexRow>(&row.key());
    }
}

/// The users with this value, whatever its case, in the order of their user names.
fn with(world: &World, pool: &str, attribute: &str, value: &str) -> impl Iterator<Item = User> {
    let rows = world.scan::<IndexRow>(&index_prefix(pool, attribute, &value.to_lowercase()));
    rows.filter_map(move |row| get(world, &row.pool, &row.username))
}

/// The user whom a request names by user name, `sub` or alias.
pub(crate) fn find(world: &World, pool: &Pool, name: &str) -> Option<User> {
    get(world, &pool.id, &pool.stored_username(name))
        .or_else(|| by_sub(world, &pool.id, name))
        .or_else(|| by_alias(world, pool, name))
}

/// The user of this `sub`.
pub(crate) fn by_sub(world: &World, pool: &str, sub: &str) -> Option<User> {
    with(world, pool, "sub", sub).find(|user| user.sub == sub)
}

/// The user who can sign in with this value of an attribute. Of several it is the one whose user
/// name sorts first.
pub(crate) fn by_alias(world: &World, pool: &Pool, name: &str) -> Option<User> {
    let first = |attribute: &str, usable: &dyn Fn(&User) -> bool| {
        with(world, &pool.id, attribute, name)
            .find(|user| usable(user) && has(pool, user, attribute, name))
    };
    let names = pool.username_attributes.iter().map(|a| first(a.as_str(), &|_| true));
    let aliases = pool.alias_attributes.iter().map(|alias| {
        first(alias.as_str(), &|user| match alias.contact() {
            Some(contact) => user.is_verified(contact),
            None => user.status != UserStatusType::Unconfirmed,
        })
    });
    names.chain(aliases).flatten().min_by(|a, b| a.username.cmp(&b.username))
}

fn has(pool: &Pool, user: &User, attribute: &str, value: &str) -> bool {
    user.attribute(attribute).is_some_and(|own| pool.is_same_name(own, value))
}

/// Makes a contact that is an alias this user's alone. If another user has verified the same value,
/// that is an error; if forced, the other user's value is no longer verified.
pub(crate) fn claim_alias(
    world: &mut World,
    pool: &Pool,
    user: &User,
    contact: Contact,
    force: bool,
) -> Result<(), Error> {
    let Some(mut owner) = alias_owner(world, pool, user, contact) else { return Ok(()) };
    if !force {
        return Err(Error::AliasExists(contact));
    }
    owner.set_verified(contact, false);
    put(world, &owner);
    Ok(())
}

/// Makes every verified contact that is an alias this user's alone, in the same way.
pub(crate) fn claim_verified_aliases(
    world: &mut World,
    pool: &Pool,
    user: &User,
    force: bool,
) -> Result<(), Error> {
    for contact in [Contact::Email, Contact::Phone] {
        if user.is_verified(contact) && user.attribute(contact.as_str()).is_some() {
            claim_alias(world, pool, user, contact, force)?;
        }
    }
    Ok(())
}

/// Another user who has verified the value that this user has, if it is an alias.
fn alias_owner(world: &World, pool: &Pool, user: &User, contact: Contact) -> Option<User> {
    let attribute = contact.as_str();
    let value = user.attribute(attribute).unwrap_or_default();
    if !pool.alias_attributes.iter().any(|alias| alias.contact() == Some(contact)) {
        return None;
    }
    with(world, &pool.id, attribute, value).find(|other| {
        other.username != user.username
            && other.is_verified(contact)
            && has(pool, other, attribute, value)
    })
}

#[cfg(test)]
mod tests {
    use cognitab_kernel::Random;

    use super::*;
    use crate::model::pool::{AliasAttributeType, SigningKey};
    use crate::model::user::tests::{pool, user};

    const NAMES: [&str; 4] = ["a", "ana", "b", "B"];
    /// Values of which one begins, contains or differs in case from another.
    const VALUES: [&str; 8] = ["", "x", "x y", "x y z", "X", "É@x", "é@x", "x%20y"];

    fn pick<'a>(random: &mut Random, from: &[&'a str]) -> &'a str {
        let byte = random.bytes(1)[0];
        from[usize::from(byte) % from.len()]
    }

    /// Pools of every mode.
    fn pools() -> Vec<Pool> {
        let modes: [(&[Contact], &[AliasAttributeType]); 4] = [
            (&[], &[]),
            (&[Contact::Email], &[]),
            (&[Contact::Phone, Contact::Email], &[]),
            (
                &[],
                &[
                    AliasAttributeType::Phone,
                    AliasAttributeType::Email,
                    AliasAttributeType::PreferredUsername,
                ],
            ),
        ];
        let key = SigningKey::from_pkcs8(cognitab_jose::published_key(0).to_vec()).unwrap();
        let mut pools = Vec::new();
        for case_sensitive in [true, false] {
            for (username_attributes, alias_attributes) in modes {
                pools.push(Pool {
                    id: format!("us-east-1_{}", pools.len()).into(),
                    username_attributes: username_attributes.to_vec(),
                    alias_attributes: alias_attributes.to_vec(),
                    case_sensitive,
                    ..pool(&key)
                });
            }
        }
        pools
    }

    /// A user with values that others have too.
    fn any_user(random: &mut Random, pool: &Pool, name: &str) -> User {
        let mut user = user(pool, name, &format!("sub-{name}"));
        for attribute in ["email", "phone_number", "preferred_username"] {
            if !pick(random, &["", "x"]).is_empty() {
                user.attributes.insert(attribute.to_owned(), pick(random, &VALUES).to_owned());
            }
        }
        for contact in Contact::ALL {
            user.set_verified(contact, pick(random, &["true", "true", "false"]) == "true");
        }
        if pick(random, &["", "", "x"]).is_empty() {
            user.status = UserStatusType::Confirmed;
        }
        user
    }

    /// What the index must find, by looking at every user.
    mod by_scan {
        use super::*;

        pub(super) fn by_sub(world: &World, pool: &Pool, sub: &str) -> Option<User> {
            scan(world, &pool.id).find(|user| user.sub == sub)
        }

        pub(super) fn by_alias(world: &World, pool: &Pool, name: &str) -> Option<User> {
            let can_use = |user: &User, alias: AliasAttributeType| match alias {
                AliasAttributeType::Phone => user.is_verified(Contact::Phone),
                AliasAttributeType::Email => user.is_verified(Contact::Email),
                AliasAttributeType::PreferredUsername => user.status != UserStatusType::Unconfirmed,
            };
            scan(world, &pool.id).find(|user| {
                let holds = |attribute: &str| has(pool, user, attribute, name);
                pool.username_attributes.iter().any(|a| holds(a.as_str()))
                    || pool.alias_attributes.iter().any(|a| can_use(user, *a) && holds(a.as_str()))
            })
        }

        pub(super) fn alias_owner(
            world: &World,
            pool: &Pool,
            user: &User,
            contact: Contact,
        ) -> Option<User> {
            let alias = |a: &AliasAttributeType| a.as_str() == contact.as_str();
            let value = user.attribute(contact.as_str()).unwrap();
            scan(world, &pool.id).filter(|_| pool.alias_attributes.iter().any(alias)).find(
                |other| {
                    other.username != user.username
                        && other.is_verified(contact)
                        && has(pool, other, contact.as_str(), value)
                },
            )
        }
    }

    fn assert_same_as_a_scan(world: &World, pool: &Pool) {
        for name in NAMES {
            let sub = format!("sub-{name}");
            assert_eq!(by_sub(world, &pool.id, &sub), by_scan::by_sub(world, pool, &sub));
        }
        for value in VALUES {
            let found = by_alias(world, pool, value);
            assert_eq!(found, by_scan::by_alias(world, pool, value), "{value} in {}", pool.id);
            for (contact, name) in Contact::ALL.into_iter().flat_map(|c| NAMES.map(|n| (c, n))) {
                let mut user = user(pool, name, "");
                user.attributes.insert(contact.as_str().to_owned(), value.to_owned());
                assert_eq!(
                    alias_owner(world, pool, &user, contact),
                    by_scan::alias_owner(world, pool, &user, contact),
                    "{contact:?} {value} beside {name} in {}",
                    pool.id
                );
            }
        }
    }

    #[test]
    fn any_sequence_of_writes_finds_the_same_users_as_a_scan() {
        let pools = pools();
        let mut random = Random::new([7; 32]);
        let mut world = World::default();
        for step in 0..600 {
            let pool = &pools[step % pools.len()];
            let name = pick(&mut random, &NAMES);
            match (
                get(&world, &pool.id, name),
                pick(&mut random, &["put", "put", "change", "remove"]),
            ) {
                (Some(user), "remove") => remove(&mut world, &user),
                (Some(mut user), "change") => {
                    let contact = Contact::ALL[step % 2];
                    user.set_verified(contact, !user.is_verified(contact));
                    user.status = UserStatusType::Confirmed;
                    put(&mut world, &user);
                }
                _ => {
                    let user = any_user(&mut random, pool, name);
                    put(&mut world, &user);
                    assert_eq!(get(&world, &pool.id, name), Some(user));
                }
            }
            assert_same_as_a_scan(&world, pool);
        }
        let rows = |world: &World| world.texts(IndexRow::TABLE, "").count();
        let of_users = |world: &World| -> usize {
            pools.iter().flat_map(|p| scan(world, &p.id)).map(|u| index_rows(&u).count()).sum()
        };
        assert_eq!(rows(&world), of_users(&world));
        for pool in &pools {
            assert_ne!(count(&world, &pool.id), 0);
            remove_all(&mut world, &pool.id);
            assert_eq!(count(&world, &pool.id), 0);
            assert_eq!(rows(&world), of_users(&world));
        }
        assert_eq!(rows(&world), 0);
    }
}
