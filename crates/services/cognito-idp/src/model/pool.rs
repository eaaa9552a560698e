//! A user pool: its settings and its two signing keys.

use cognitab_kernel::{Access, Cx, Row, World};
use std::collections::BTreeMap;

use cognitab_jose::Jwk;
use cognitab_macros::Shape;
use cognitab_wire::Value;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::{Blob, Timestamp};

use crate::auth::password::PasswordPolicyType;
use crate::error::Error;
use crate::model::lambda_config::LambdaConfigType;
use crate::model::schema::SchemaAttributeType;
use crate::model::types::{
    AdminCreateUserUnusedAccountValidityDaysType, EmailInviteMessageType,
    EmailVerificationMessageType, EmailVerificationSubjectType, SmsInviteMessageType,
    SmsVerificationMessageType, UserPoolIdType, UserPoolNameType,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum DeletionProtectionType {
    Active,
    Inactive,
}

/// Whether a sign-in requires a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum UserPoolMfaType {
    Off,
    On,
    Optional,
}

/// The feature plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum UserPoolTierType {
    Lite,
    Essentials,
    Plus,
}

/// An attribute that a message can be sent to. A pool can verify it, or take it as a user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "VerifiedAttributeType")]
pub(crate) enum Contact {
    #[shape(name = "phone_number")]
    Phone,
    #[shape(name = "email")]
    Email,
}

/// An attribute with which a user can sign in instead of the user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AliasAttributeType {
    #[shape(name = "phone_number")]
    Phone,
    #[shape(name = "email")]
    Email,
    #[shape(name = "preferred_username")]
    PreferredUsername,
}

impl Contact {
    /// Both, the preferred one first.
    pub(crate) const ALL: [Contact; 2] = [Contact::Phone, Contact::Email];
}

impl AliasAttributeType {
    /// The contact that must be verified for a user to sign in with it. A preferred user name is
    /// none, and needs no verification.
    pub(crate) fn contact(self) -> Option<Contact> {
        match self {
            AliasAttributeType::Phone => Some(Contact::Phone),
            AliasAttributeType::Email => Some(Contact::Email),
            AliasAttributeType::PreferredUsername => None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct UserPoolPolicyType {
    pub(crate) password_policy: Option<PasswordPolicyType>,
}

/// Who can create users, and the invitation of those whom an administrator creates.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct AdminCreateUserConfigType {
    #[shape(optional)]
    pub(crate) allow_admin_create_user_only: bool,
    pub(crate) unused_account_validity_days: Option<AdminCreateUserUnusedAccountValidityDaysType>,
    pub(crate) invite_message_template: Option<MessageTemplateType>,
}

/// The texts of an invitation.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct MessageTemplateType {
    #[shape(name = "SMSMessage")]
    pub(crate) sms_message: Option<SmsInviteMessageType>,
    pub(crate) email_message: Option<EmailInviteMessageType>,
    pub(crate) email_subject: Option<EmailVerificationSubjectType>,
}

/// Whether a verification email has a code or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum DefaultEmailOptionType {
    ConfirmWithCode,
    ConfirmWithLink,
}

/// The texts of a verification message.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct VerificationMessageTemplateType {
    pub(crate) sms_message: Option<SmsVerificationMessageType>,
    pub(crate) email_message: Option<EmailVerificationMessageType>,
    pub(crate) email_subject: Option<EmailVerificationSubjectType>,
    pub(crate) email_message_by_link: Option<String>,
    pub(crate) email_subject_by_link: Option<String>,
    pub(crate) default_email_option: Option<DefaultEmailOptionType>,
}

/// Whether user names are case sensitive.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct UsernameConfigurationType {
    pub(crate) case_sensitive: bool,
}

/// An RSA key pair that signs tokens.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct SigningKey {
    /// The private key: PKCS #8 in DER.
    pub(crate) private: Blob,
    /// The key ID.
    pub(crate) kid: String,
    e: String,
    n: String,
}

impl SigningKey {
    /// The key pair of a private key; `None` if it is not PKCS #8 in DER.
    pub(crate) fn from_pkcs8(private: Vec<u8>) -> Option<SigningKey> {
        let kid = cognitab_jose::kid(&private);
        let jwk = cognitab_jose::public_jwk(&private, &kid, "RS256")?;
        Some(SigningKey { private: Blob(private), kid, e: jwk.e, n: jwk.n })
    }

    /// The public key.
    pub(crate) fn jwk(&self) -> Jwk {
        Jwk {
            alg: "RS256".to_owned(),
            e: self.e.clone(),
            kid: self.kid.clone(),
            kty: "RSA".to_owned(),
            n: self.n.clone(),
            usage: "sig".to_owned(),
        }
    }
}

/// A user pool as it is stored.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Pool {
    pub(crate) id: UserPoolIdType,
    pub(crate) name: UserPoolNameType,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) password_policy: PasswordPolicyType,
    pub(crate) lambda_config: Option<LambdaConfigType>,
    pub(crate) deletion_protection: DeletionProtectionType,
    pub(crate) auto_verified_attributes: Vec<Contact>,
    pub(crate) alias_attributes: Vec<AliasAttributeType>,
    pub(crate) username_attributes: Vec<Contact>,
    pub(crate) case_sensitive: bool,
    pub(crate) verification: VerificationMessageTemplateType,
    pub(crate) admin_create: AdminCreateUserConfigType,
    pub(crate) schema_attributes: Vec<SchemaAttributeType>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) tier: UserPoolTierType,
    pub(crate) id_key: SigningKey,
    pub(crate) access_key: SigningKey,
}

impl Row for Pool {
    const TABLE: &'static str = "cognito-idp.pool";
    fn key(&self) -> String {
        self.id.to_string()
    }
}

impl Pool {
    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        arn(&self.region, &self.account, &self.id)
    }

    /// The issuer of its tokens.
    pub(crate) fn issuer(&self) -> String {
        format!("https://cognito-idp.{}.amazonaws.com/{}", self.region, self.id)
    }

    /// For how many milliseconds a temporary password can be used.
    pub(crate) fn temporary_password_validity(&self) -> i64 {
        let policy = self.password_policy.temporary_password_validity_days.map(i64::from);
        let legacy = self.admin_create.unused_account_validity_days.map(i64::from);
        legacy.filter(|days| *days > 0).or(policy).unwrap_or(7) * 86_400_000
    }

    /// The form in which a user name is stored: in lower case if case does not matter.
    pub(crate) fn stored_username(&self, name: &str) -> String {
        if self.case_sensitive { name.to_owned() } else { name.to_lowercase() }
    }

    /// Whether two user names or aliases are the same, by the pool's rule on case.
    pub(crate) fn is_same_name(&self, a: &str, b: &str) -> bool {
        if self.case_sensitive { a == b } else { a.to_lowercase() == b.to_lowercase() }
    }
}

fn arn(region: &str, account: &str, id: &str) -> String {
    Arn::new(region, "cognito-idp", account, &format!("userpool/{id}")).to_string()
}

/// The permission that a signed operation on one pool needs: its action on the pool's ARN.
pub(crate) fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let id = input.text("UserPoolId");
    let owner = cx.world.get::<Pool>(id).map(|p| p.account);
    let account = owner.clone().unwrap_or_else(|| cx.call.account.clone());
    vec![Access { owner, ..Access::new(action, arn(&cx.call.region, &account, id)) }]
}

/// The pool that a signed request names, if it is in the account and region of the request.
pub(crate) fn find(cx: &Cx<'_>, id: &UserPoolIdType) -> Result<Pool, Error> {
    let here = |p: &Pool| p.region == cx.call.region && p.account == cx.call.account;
    cx.world.get(id).filter(here).ok_or_else(|| Error::UserPoolNotFound(id.clone()))
}

/// Scopes a request to the pool's account and region, which an unsigned request does not name.
pub(crate) fn scope_to(cx: &mut Cx<'_>, pool: &Pool) {
    cx.call.account.clone_from(&pool.account);
    cx.call.region.clone_from(&pool.region);
}

/// The pool of this issuer, with or without `https://`.
pub(crate) fn by_issuer(world: &World, issuer: &str) -> Option<Pool> {
    let provider = issuer.strip_prefix("https://").unwrap_or(issuer);
    let (_, id) = provider.split_once('/')?;
    let pool: Pool = world.get(id)?;
    (pool.issuer() == format!("https://{provider}")).then_some(pool)
}
