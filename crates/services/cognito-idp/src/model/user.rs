//! A user of a pool.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool::{AliasAttributeType, Contact, Pool};
use crate::model::schema::{AttributeType, Attributes};
use cognitab_kernel::Row;
use cognitab_kernel::World;

/// Where a user stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum UserStatusType {
    Unconfirmed,
    Confirmed,
    ExternalProvider,
    ResetRequired,
    ForceChangePassword,
}

/// A code on its way to a user.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Confirmation {
    /// Six digits.
    pub(crate) code: String,
    /// End of its life.
    pub(crate) expires: Timestamp,
    /// The attribute that it proves.
    pub(crate) attribute: String,
}

/// Failed attempts that lie close together.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Attempts {
    /// How many.
    pub(crate) failed: i64,
    /// The last one.
    pub(crate) last: Timestamp,
}

/// A user as stored.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct User {
    pub(crate) pool: String,
    pub(crate) username: String,
    pub(crate) sub: String,
    pub(crate) status: UserStatusType,
    pub(crate) enabled: bool,
    /// With `sub` and all others by name.
    pub(crate) attributes: Attributes,
    pub(crate) groups: Vec<String>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) password: Option<Password>,
    /// End of an administrator's password.
    pub(crate) temporary_until: Option<Timestamp>,
    pub(crate) confirmation: Option<Confirmation>,
    /// Wrong codes.
    pub(crate) code_attempts: Attempts,
    /// Wrong passwords.
    pub(crate) attempts: Attempts,
    /// Counts global sign-outs: sign-ins of an older count are over.
    pub(crate) generation: i64,
}

impl Row for User {
    const TABLE: &'static str = "cognito-idp.user";
    fn key(&self) -> String {
        key(&self.pool, &self.username)
    }
}

/// Neither ids nor user names hold a space.
pub(crate) fn key(pool: &str, username: &str) -> String {
    format!("{pool} {username}")
}

/// A user as AWS shows it in lists.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserType {
    pub(crate) username: String,
    pub(crate) attributes: Vec<AttributeType>,
    pub(crate) user_create_date: Timestamp,
    pub(crate) user_last_modified_date: Timestamp,
    pub(crate) enabled: bool,
    pub(crate) user_status: UserStatusType,
}

impl User {
    /// A user without a password who is signed in nowhere.
    pub(crate) fn new(
        pool: &Pool,
        username: String,
        sub: String,
        status: UserStatusType,
        mut attributes: Attributes,
        now: i64,
    ) -> User {
        attributes.insert("sub".to_owned(), sub.clone());
        User {
            pool: pool.id.clone(),
            username,
            sub,
            status,
            enabled: true,
            attributes,
            groups: Vec::new(),
            created: Timestamp(now),
            modified: Timestamp(now),
            password: None,
            temporary_until: None,
            confirmation: None,
            code_attempts: Attempts::default(),
            attempts: Attempts::default(),
            generation: 0,
        }
    }

    /// As AWS shows it.
    pub(crate) fn shown(&self) -> UserType {
        UserType {
            username: self.username.clone(),
            attributes: self.attribute_list(),
            user_create_date: self.created,
            user_last_modified_date: self.modified,
            enabled: self.enabled,
            user_status: self.status,
        }
    }

    /// Its attributes as a list.
    pub(crate) fn attribute_list(&self) -> Vec<AttributeType> {
        let pair = |(name, value): (&String, &String)| AttributeType {
            name: name.clone(),
            value: Some(value.clone()),
        };
        self.attributes.iter().map(pair).collect()
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether an address is proven.
    pub(crate) fn verified(&self, contact: &str) -> bool {
        self.attribute(&format!("{contact}_verified")) == Some("true")
    }
}

/// The user of a name, an alias or a `sub`.
pub(crate) fn find(world: &World, pool: &Pool, name: &str) -> Option<User> {
    let stored = if pool.case_sensitive { name.to_owned() } else { name.to_lowercase() };
    let by_name = world.get::<User>(&key(&pool.id, &stored));
    by_name.or_else(|| by_sub(world, &pool.id, name)).or_else(|| by_alias(world, pool, name))
}

/// The user with this `sub`.
pub(crate) fn by_sub(world: &World, pool: &str, sub: &str) -> Option<User> {
    // Most rows are told apart by their text, without being read.
    let quoted = format!("\"{sub}\"");
    let plain = sub.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let mut rows = world.texts(User::TABLE, &key(pool, ""));
    let (row, _) = rows.find(|(_, text)| plain && text.contains(&quoted))?;
    world.get::<User>(row).filter(|user| user.sub == sub)
}

fn by_alias(world: &World, pool: &Pool, name: &str) -> Option<User> {
    if pool.alias_attributes.is_empty() && pool.username_attributes.is_empty() {
        return None;
    }
    let holds = |user: &User, attribute: &str| {
        user.attribute(attribute).is_some_and(|value| pool.same(value, name))
    };
    world.scan::<User>(&key(&pool.id, "")).find(|user| {
        pool.username_attributes.iter().any(|a| holds(user, a.as_str()))
            || pool.alias_attributes.iter().any(|alias| {
                let proven = match alias {
                    AliasAttributeType::PreferredUsername => {
                        user.status != UserStatusType::Unconfirmed
                    }
                    alias => user.verified(alias.as_str()),
                };
                proven && holds(user, alias.as_str())
            })
    })
}

/// Another user whose proven alias has this value.
pub(crate) fn alias_owner(
    world: &World,
    pool: &Pool,
    user: &User,
    attribute: &str,
    value: &str,
) -> Option<User> {
    let is_alias = pool.alias_attributes.iter().any(|a| a.as_str() == attribute);
    if !is_alias {
        return None;
    }
    world.scan::<User>(&key(&pool.id, "")).find(|other| {
        other.username != user.username
            && other.verified(attribute)
            && other.attribute(attribute).is_some_and(|v| pool.same(v, value))
    })
}

/// The stored name of a new user, after the rules of the pool; fills the attribute that serves as
/// a user name.
pub(crate) fn new_name(
    world: &World,
    pool: &Pool,
    name: &str,
    sub: &str,
    attributes: &mut Attributes,
    exists: Error,
) -> Result<String, Error> {
    let (email, phone) = (super::schema::is_email(name), crate::model::schema::is_phone(name));
    let takes = |contact| pool.username_attributes.contains(&contact);
    let alias = |alias| pool.alias_attributes.contains(&alias);
    if !pool.username_attributes.is_empty() {
        let kind = match (takes(Contact::Email), takes(Contact::Phone)) {
            (true, _) if email => "email",
            (_, true) if phone => "phone_number",
            (true, true) => {
                return Err(Error::parameter(
                    "Username should be either an email or a phone number.",
                ));
            }
            (true, false) => return Err(Error::parameter("Username should be an email.")),
            _ => return Err(Error::parameter("Username should be a phone number.")),
        };
        if by_alias(world, pool, name).is_some() {
            return Err(Error::NameTaken(kind));
        }
        attributes.insert(kind.to_owned(), name.to_owned());
        return Ok(sub.to_owned());
    }
    if alias(AliasAttributeType::Email) && email {
        return Err(Error::parameter(
            "Username cannot be of email format, since user pool is configured for email alias.",
        ));
    }
    if alias(AliasAttributeType::Phone) && phone {
        return Err(Error::parameter(
            "Username cannot be of phone number format, since user pool is configured for phone number alias.",
        ));
    }
    let stored = if pool.case_sensitive { name.to_owned() } else { name.to_lowercase() };
    if world.has::<User>(&key(&pool.id, &stored)) {
        return Err(exists);
    }
    Ok(stored)
}
