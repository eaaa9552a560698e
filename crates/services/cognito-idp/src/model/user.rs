//! A user of a pool.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool::{AliasAttributeType, Contact, Pool};
use crate::model::schema::{AttributeType, Attributes};
use cognitab_kernel::World;

mod store;

pub(crate) use store::{alias_owner, by_sub, count, find, get, put, remove, remove_all, scan};

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

/// A verification code that was sent to a user.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct VerificationCode {
    /// Six digits.
    pub(crate) code: String,
    pub(crate) expires: Timestamp,
    /// The attribute that it verifies.
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
    pub(crate) verification_code: Option<VerificationCode>,
    /// Wrong codes.
    pub(crate) code_attempts: Attempts,
    /// Wrong passwords.
    pub(crate) attempts: Attempts,
    /// Counts global sign-outs: sign-ins of an older count are over.
    pub(crate) generation: i64,
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
            verification_code: None,
            code_attempts: Attempts::default(),
            attempts: Attempts::default(),
            generation: 0,
        }
    }

    /// As AWS shows it.
    pub(crate) fn describe(&self) -> UserType {
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
    pub(crate) fn is_verified(&self, contact: &str) -> bool {
        self.attribute(&format!("{contact}_verified")) == Some("true")
    }
}

/// The stored name of a new user, after the rules of the pool; fills the attribute that serves as
/// a user name.
pub(crate) fn assign_username(
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
        if store::by_alias(world, pool, name).is_some() {
            return Err(Error::UsernameTaken(kind));
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
    if store::exists(world, &pool.id, &stored) {
        return Err(exists);
    }
    Ok(stored)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::auth::password::PasswordPolicyType;
    use crate::model::pool::{
        AdminCreateUserConfigType, DeletionProtectionType, SigningKey, UserPoolTierType,
        VerificationMessageTemplateType,
    };

    /// A pool with default settings.
    pub(crate) fn pool(key: &SigningKey) -> Pool {
        Pool {
            id: "us-east-1_A".to_owned(),
            name: "photos".to_owned(),
            account: "111122223333".to_owned(),
            region: "us-east-1".to_owned(),
            created: Timestamp(0),
            modified: Timestamp(0),
            password_policy: PasswordPolicyType::default(),
            deletion_protection: DeletionProtectionType::Inactive,
            auto_verified_attributes: Vec::new(),
            alias_attributes: Vec::new(),
            username_attributes: Vec::new(),
            case_sensitive: true,
            verification: VerificationMessageTemplateType::default(),
            admin_create: AdminCreateUserConfigType::default(),
            schema_attributes: Vec::new(),
            tags: std::collections::BTreeMap::new(),
            tier: UserPoolTierType::Essentials,
            id_key: key.clone(),
            access_key: key.clone(),
        }
    }

    /// An unconfirmed user without attributes of their own.
    pub(crate) fn user(pool: &Pool, name: &str, sub: &str) -> User {
        let status = UserStatusType::Unconfirmed;
        User::new(pool, name.to_owned(), sub.to_owned(), status, Attributes::new(), 0)
    }
}
