//! A user of a user pool.

use cognitab_kernel::World;
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::auth::password::Password;
use crate::error::Error;
use crate::model::pool::{AliasAttributeType, Contact, Pool};
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::types::{GroupNameType, UserPoolIdType, UsernameType};

mod store;

pub(crate) use store::{
    by_sub, claim_alias, claim_verified_aliases, count, find, get, put, remove, remove_all, scan,
};

/// The status of a user.
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
    /// The contact that it verifies.
    pub(crate) attribute: Contact,
}

/// Consecutive failed attempts.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Attempts {
    /// Their number.
    pub(crate) failed: i64,
    /// The time of the last one.
    pub(crate) last: Timestamp,
}

/// A user as it is stored.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct User {
    /// The ID of the user pool.
    pub(crate) pool: UserPoolIdType,
    pub(crate) username: UsernameType,
    pub(crate) sub: String,
    pub(crate) status: UserStatusType,
    pub(crate) enabled: bool,
    /// All attributes, `sub` among them.
    pub(crate) attributes: Attributes,
    pub(crate) groups: Vec<GroupNameType>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) password: Option<Password>,
    /// When the temporary password that an administrator has set expires.
    pub(crate) temporary_until: Option<Timestamp>,
    /// The code that was sent last and has not been used.
    pub(crate) verification_code: Option<VerificationCode>,
    /// Attempts with a wrong verification code.
    pub(crate) code_attempts: Attempts,
    /// Attempts with a wrong password.
    pub(crate) attempts: Attempts,
    /// The number of global sign-outs. A sign-in that began under a lower number has ended.
    pub(crate) generation: i64,
}

/// A user in a response.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserType {
    pub(crate) username: UsernameType,
    pub(crate) attributes: Vec<AttributeType>,
    pub(crate) user_create_date: Timestamp,
    pub(crate) user_last_modified_date: Timestamp,
    pub(crate) enabled: bool,
    pub(crate) user_status: UserStatusType,
}

impl User {
    /// A new user, who has no password and is in no group.
    pub(crate) fn new(
        pool: &Pool,
        username: UsernameType,
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

    /// The user as responses describe it.
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

    /// The attributes as responses list them.
    pub(crate) fn attribute_list(&self) -> Vec<AttributeType> {
        let pair = |(name, value): (&String, &String)| AttributeType {
            name: name.clone().into(),
            value: Some(value.clone().into()),
        };
        self.attributes.iter().map(pair).collect()
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The address that messages to this contact go to.
    pub(crate) fn address(&self, contact: Contact) -> Option<&str> {
        self.attribute(contact.as_str()).filter(|address| !address.is_empty())
    }

    /// Whether the user has proven that this contact is theirs.
    pub(crate) fn is_verified(&self, contact: Contact) -> bool {
        self.attribute(&verified_flag(contact)) == Some("true")
    }

    /// Whether the user signs in with a contact, which makes the `sub` their user name.
    pub(crate) fn is_named_by_sub(&self) -> bool {
        *self.username == self.sub
    }

    /// Marks a contact as verified or not.
    pub(crate) fn set_verified(&mut self, contact: Contact, verified: bool) {
        self.attributes.insert(verified_flag(contact), verified.to_string());
    }
}

/// The attribute that says whether a contact is verified.
pub(crate) fn verified_flag(contact: Contact) -> String {
    format!("{}_verified", contact.as_str())
}

/// The user name under which a new user is stored. In a pool whose users sign in with an email address
/// or a phone number it is the `sub`, and the name becomes the value of that attribute.
pub(crate) fn assign_username(
    world: &World,
    pool: &Pool,
    name: &str,
    sub: &str,
    attributes: &mut Attributes,
    exists: Error,
) -> Result<UsernameType, Error> {
    let (email, phone) = (schema::is_email(name), schema::is_phone(name));
    let takes = |contact| pool.username_attributes.contains(&contact);
    let is_alias = |alias| pool.alias_attributes.contains(&alias);
    if !pool.username_attributes.is_empty() {
        let contact = match (takes(Contact::Email), takes(Contact::Phone)) {
            (true, _) if email => Contact::Email,
            (_, true) if phone => Contact::Phone,
            (true, true) => {
                return Err(Error::parameter(
                    "Username should be either an email or a phone number.",
                ));
            }
            (true, false) => return Err(Error::parameter("Username should be an email.")),
            _ => return Err(Error::parameter("Username should be a phone number.")),
        };
        if store::by_alias(world, pool, name).is_some() {
            return Err(Error::UsernameExists(contact));
        }
        attributes.insert(contact.as_str().to_owned(), name.to_owned());
        return Ok(sub.into());
    }
    if is_alias(AliasAttributeType::Email) && email {
        return Err(Error::parameter(
            "Username cannot be of email format, since user pool is configured for email alias.",
        ));
    }
    if is_alias(AliasAttributeType::Phone) && phone {
        return Err(Error::parameter(
            "Username cannot be of phone number format, since user pool is configured for phone number alias.",
        ));
    }
    let stored = pool.stored_username(name);
    if store::exists(world, &pool.id, &stored) {
        return Err(exists);
    }
    Ok(stored.into())
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
            id: "us-east-1_A".into(),
            name: "photos".into(),
            account: "111122223333".to_owned(),
            region: "us-east-1".to_owned(),
            created: Timestamp(0),
            modified: Timestamp(0),
            password_policy: PasswordPolicyType::default(),
            lambda_config: None,
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
        User::new(pool, name.into(), sub.to_owned(), status, Attributes::new(), 0)
    }
}
