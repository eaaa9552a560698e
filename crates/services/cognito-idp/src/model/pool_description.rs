//! A user pool in a response.

use cognitab_kernel::Cx;
use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::model::domain;
use crate::model::lambda_config::LambdaConfigType;
use crate::model::pool::{
    AdminCreateUserConfigType, AliasAttributeType, Contact, DeletionProtectionType, Pool,
    UserPoolMfaType, UserPoolPolicyType, UserPoolTierType, UsernameConfigurationType,
    VerificationMessageTemplateType,
};
use crate::model::types::{
    ArnType, DomainType, SchemaAttributesListType, UserPoolIdType, UserPoolNameType,
};
use crate::model::user;

/// A user pool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserPoolType {
    id: UserPoolIdType,
    name: UserPoolNameType,
    policies: UserPoolPolicyType,
    deletion_protection: DeletionProtectionType,
    lambda_config: LambdaConfigType,
    last_modified_date: Timestamp,
    creation_date: Timestamp,
    schema_attributes: SchemaAttributesListType,
    auto_verified_attributes: Option<Vec<Contact>>,
    alias_attributes: Option<Vec<AliasAttributeType>>,
    username_attributes: Option<Vec<Contact>>,
    verification_message_template: VerificationMessageTemplateType,
    mfa_configuration: UserPoolMfaType,
    estimated_number_of_users: i64,
    user_pool_tags: BTreeMap<String, String>,
    domain: Option<DomainType>,
    admin_create_user_config: AdminCreateUserConfigType,
    username_configuration: UsernameConfigurationType,
    arn: ArnType,
    user_pool_tier: UserPoolTierType,
}

/// A user pool in a list.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserPoolDescriptionType {
    id: UserPoolIdType,
    name: UserPoolNameType,
    lambda_config: LambdaConfigType,
    last_modified_date: Timestamp,
    creation_date: Timestamp,
}

/// The description of a pool.
pub(crate) fn describe(cx: &Cx<'_>, pool: &Pool) -> UserPoolType {
    fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
        (!list.is_empty()).then_some(list)
    }
    let users = user::count(&cx.world, &pool.id);
    UserPoolType {
        id: pool.id.clone(),
        name: pool.name.clone(),
        policies: UserPoolPolicyType { password_policy: Some(pool.password_policy.clone()) },
        deletion_protection: pool.deletion_protection,
        lambda_config: pool.lambda_config.clone().unwrap_or_default(),
        last_modified_date: pool.modified,
        creation_date: pool.created,
        schema_attributes: pool.schema_attributes.clone().into(),
        auto_verified_attributes: some(pool.auto_verified_attributes.clone()),
        alias_attributes: some(pool.alias_attributes.clone()),
        username_attributes: some(pool.username_attributes.clone()),
        verification_message_template: pool.verification.clone(),
        mfa_configuration: UserPoolMfaType::Off,
        estimated_number_of_users: i64::try_from(users).unwrap_or(i64::MAX),
        user_pool_tags: pool.tags.clone(),
        domain: domain::of_pool(&cx.world, &pool.id).map(|d| d.domain),
        admin_create_user_config: pool.admin_create.clone(),
        username_configuration: UsernameConfigurationType { case_sensitive: pool.case_sensitive },
        arn: pool.arn().into(),
        user_pool_tier: pool.tier,
    }
}

/// The short description of a pool.
pub(crate) fn summarize(pool: Pool) -> UserPoolDescriptionType {
    UserPoolDescriptionType {
        id: pool.id,
        name: pool.name,
        lambda_config: pool.lambda_config.unwrap_or_default(),
        last_modified_date: pool.modified,
        creation_date: pool.created,
    }
}
