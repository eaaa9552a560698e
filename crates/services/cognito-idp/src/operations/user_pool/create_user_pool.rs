//! CreateUserPool: creates a user pool with two signing keys of its own.

use cognitab_kernel::{ApiError, Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;
use std::collections::BTreeMap;

use crate::auth::password::PasswordPolicyType;
use crate::error::Error;
use crate::model::lambda_config::LambdaConfigType;
use crate::model::pool::{
    AdminCreateUserConfigType, AliasAttributeType, Contact, DefaultEmailOptionType,
    DeletionProtectionType, Pool, SigningKey, UserPoolMfaType, UserPoolPolicyType,
    UserPoolTierType, UsernameConfigurationType, VerificationMessageTemplateType,
};
use crate::model::pool_description::{self, UserPoolType};
use crate::model::schema;
use crate::model::types::{
    EmailVerificationMessageType, EmailVerificationSubjectType, SchemaAttributesListType,
    SmsVerificationMessageType, UserPoolNameType, items,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserPoolRequest {
    pub(crate) pool_name: UserPoolNameType,
    pub(crate) policies: Option<UserPoolPolicyType>,
    pub(crate) deletion_protection: Option<DeletionProtectionType>,
    pub(crate) lambda_config: Option<LambdaConfigType>,
    pub(crate) auto_verified_attributes: Option<Vec<Contact>>,
    pub(crate) alias_attributes: Option<Vec<AliasAttributeType>>,
    pub(crate) username_attributes: Option<Vec<Contact>>,
    pub(crate) sms_verification_message: Option<SmsVerificationMessageType>,
    pub(crate) email_verification_message: Option<EmailVerificationMessageType>,
    pub(crate) email_verification_subject: Option<EmailVerificationSubjectType>,
    pub(crate) verification_message_template: Option<VerificationMessageTemplateType>,
    pub(crate) mfa_configuration: Option<UserPoolMfaType>,
    pub(crate) user_pool_tags: Option<BTreeMap<String, String>>,
    pub(crate) admin_create_user_config: Option<AdminCreateUserConfigType>,
    pub(crate) schema: Option<SchemaAttributesListType>,
    pub(crate) username_configuration: Option<UsernameConfigurationType>,
    pub(crate) user_pool_tier: Option<UserPoolTierType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserPoolResponse {
    pub(crate) user_pool: UserPoolType,
}

#[operation(signed)]
pub(crate) fn create_user_pool(
    cx: &mut Cx<'_>,
    input: CreateUserPoolRequest,
) -> Result<CreateUserPoolResponse, Stop> {
    check(&input)?;
    let lambda_config = LambdaConfigType::of_request(input.lambda_config.clone())?;
    let schema_attributes = schema::for_pool(items(&input.schema))?;
    let id_key = key(cx)?;
    let access_key = key(cx)?;
    let now = Timestamp(cx.now);
    let pool = Pool {
        id: format!("{}_{}", cx.call.region, cx.random.mixed(9)).into(),
        verification: verification(&input),
        name: input.pool_name,
        account: cx.call.account.clone(),
        region: cx.call.region.clone(),
        created: now,
        modified: now,
        password_policy: password_policy(input.policies.and_then(|p| p.password_policy)),
        lambda_config,
        deletion_protection: input.deletion_protection.unwrap_or(DeletionProtectionType::Inactive),
        auto_verified_attributes: input.auto_verified_attributes.unwrap_or_default(),
        alias_attributes: input.alias_attributes.unwrap_or_default(),
        username_attributes: input.username_attributes.unwrap_or_default(),
        case_sensitive: input.username_configuration.is_none_or(|c| c.case_sensitive),
        admin_create: input.admin_create_user_config.unwrap_or_default(),
        schema_attributes,
        tags: input.user_pool_tags.unwrap_or_default(),
        tier: input.user_pool_tier.unwrap_or(UserPoolTierType::Essentials),
        id_key,
        access_key,
    };
    cx.world.put(&pool);
    Ok(CreateUserPoolResponse { user_pool: pool_description::describe(cx, &pool) })
}

/// Refuses settings that contradict each other.
fn check(input: &CreateUserPoolRequest) -> Result<(), Error> {
    let some = |length: Option<usize>| length.is_some_and(|n| n > 0);
    if some(input.alias_attributes.as_ref().map(Vec::len))
        && some(input.username_attributes.as_ref().map(Vec::len))
    {
        return Err(Error::parameter(
            "Only one of alias attributes or username attributes can be set in a user pool.",
        ));
    }
    let policy = input.policies.as_ref().and_then(|p| p.password_policy.as_ref());
    let admin = input.admin_create_user_config.as_ref();
    if policy.is_some_and(|p| p.temporary_password_validity_days.is_some_and(|n| *n > 0))
        && admin.is_some_and(|a| a.unused_account_validity_days.is_some_and(|n| *n > 0))
    {
        return Err(Error::parameter(
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
        ));
    }
    if input.mfa_configuration.is_some_and(|mfa| mfa != UserPoolMfaType::Off) {
        return Err(Error::parameter(
            "SMS configuration is required when MFA is required/optional in CreateUserPool.",
        ));
    }
    Ok(())
}

fn key(cx: &mut Cx<'_>) -> Result<SigningKey, Stop> {
    let der = cx.rsa_key()?;
    let key = SigningKey::from_pkcs8(der);
    Ok(key.ok_or_else(|| {
        ApiError::new(500, "InternalErrorException", "The signing key cannot be parsed")
    })?)
}

/// The password policy: the requested settings, and defaults for the rest.
pub(crate) fn password_policy(requested: Option<PasswordPolicyType>) -> PasswordPolicyType {
    let default = PasswordPolicyType::default();
    let Some(requested) = requested else { return default };
    let days = requested.temporary_password_validity_days.filter(|n| **n > 0);
    PasswordPolicyType {
        minimum_length: requested.minimum_length.or(default.minimum_length),
        temporary_password_validity_days: days.or(default.temporary_password_validity_days),
        ..requested
    }
}

/// The verification messages. The template takes precedence over the older members.
fn verification(input: &CreateUserPoolRequest) -> VerificationMessageTemplateType {
    let template = input.verification_message_template.clone().unwrap_or_default();
    VerificationMessageTemplateType {
        sms_message: template.sms_message.or_else(|| input.sms_verification_message.clone()),
        email_message: template.email_message.or_else(|| input.email_verification_message.clone()),
        email_subject: template.email_subject.or_else(|| input.email_verification_subject.clone()),
        default_email_option: template
            .default_email_option
            .or(Some(DefaultEmailOptionType::ConfirmWithCode)),
        ..template
    }
}
