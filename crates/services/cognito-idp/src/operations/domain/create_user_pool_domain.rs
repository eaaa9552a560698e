//! CreateUserPoolDomain: creates the domain of a user pool, on which its login pages are.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::domain::{self, Domain, ManagedLoginVersion};
use crate::model::pool;
use crate::model::types::{DomainType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserPoolDomainRequest {
    pub(crate) domain: DomainType,
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) managed_login_version: Option<ManagedLoginVersion>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateUserPoolDomainResponse {
    pub(crate) managed_login_version: ManagedLoginVersion,
}

#[operation(signed, access = pool::access)]
pub(crate) fn create_user_pool_domain(
    cx: &mut Cx<'_>,
    input: CreateUserPoolDomainRequest,
) -> Result<CreateUserPoolDomainResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    if ["aws", "amazon", "cognito"].iter().any(|word| input.domain.contains(word)) {
        return Err(Error::parameter(
            "Domain cannot contain reserved word: aws, amazon, or cognito",
        )
        .into());
    }
    if domain::of_pool(&cx.world, &pool.id).is_some() {
        return Err(Error::parameter("Domain already exists.").into());
    }
    if cx.world.has::<Domain>(&domain::key(&cx.call.region, &input.domain)) {
        return Err(Error::parameter("Domain already associated with another user pool.").into());
    }
    let managed_login_version = input.managed_login_version.unwrap_or(1.into());
    cx.world.put(&Domain {
        domain: input.domain,
        region: cx.call.region.clone(),
        account: cx.call.account.clone(),
        pool: pool.id,
        managed_login_version,
    });
    Ok(CreateUserPoolDomainResponse { managed_login_version })
}
