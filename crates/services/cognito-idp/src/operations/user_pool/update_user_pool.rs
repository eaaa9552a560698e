//! UpdateUserPool: replaces the settings of a user pool. Those left out get their default.

use cognitab_kernel::{Cx, Stop};
use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::lambda_config::LambdaConfigType;
use crate::model::pool::{
    self, AdminCreateUserConfigType, Contact, DefaultEmailOptionType, DeletionProtectionType,
    UserPoolMfaType, UserPoolPolicyType, UserPoolTierType, VerificationMessageTemplateType,
};
use crate::model::types::{UserPoolIdType, UserPoolNameType};
use crate::operations::user_pool::create_user_pool::password_policy;

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateUserPoolRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) pool_name: Option<UserPoolNameType>,
    pub(crate) policies: Option<UserPoolPolicyType>,
    pub(crate) deletion_protection: Option<DeletionProtectionType>,
    pub(crate) lambda_config: Option<LambdaConfigType>,
    pub(crate) auto_verified_attributes: Option<Vec<Contact>>,
    pub(crate) verification_message_template: Option<VerificationMessageTemplateType>,
    pub(crate) mfa_configuration: Option<UserPoolMfaType>,
    pub(crate) user_pool_tags: Option<BTreeMap<String, String>>,
    pub(crate) admin_create_user_config: Option<AdminCreateUserConfigType>,
    pub(crate) user_pool_tier: Option<UserPoolTierType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn update_user_pool(cx: &mut Cx<'_>, input: UpdateUserPoolRequest) -> Result<(), Stop> {
    let mut pool = pool::find(cx, &input.user_pool_id)?;
    if input.mfa_configuration.is_some_and(|mfa| mfa != UserPoolMfaType::Off) {
        return Err(Error::parameter(
            "SMS configuration is required when MFA is required/optional in UpdateUserPool.",
        )
        .into());
    }
    pool.name = input.pool_name.unwrap_or(pool.name);
    pool.password_policy = password_policy(input.policies.and_then(|p| p.password_policy));
    pool.lambda_config = LambdaConfigType::of_request(input.lambda_config)?;
    pool.deletion_protection =
        input.deletion_protection.unwrap_or(DeletionProtectionType::Inactive);
    pool.auto_verified_attributes = input.auto_verified_attributes.unwrap_or_default();
    pool.verification = input.verification_message_template.unwrap_or_default();
    let option = pool.verification.default_email_option;
    pool.verification.default_email_option =
        option.or(Some(DefaultEmailOptionType::ConfirmWithCode));
    pool.tags = input.user_pool_tags.unwrap_or_default();
    pool.admin_create = input.admin_create_user_config.unwrap_or_default();
    pool.tier = input.user_pool_tier.unwrap_or(UserPoolTierType::Essentials);
    pool.modified = Timestamp(cx.now);
    cx.world.put(&pool);
    Ok(())
}
