//! DescribeUserPoolDomain: describes a domain. The description of one that does not exist is empty.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::domain::{self, Domain, ManagedLoginVersion};
use crate::model::types::{DomainType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolDomainRequest {
    pub(crate) domain: DomainType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolDomainResponse {
    pub(crate) domain_description: DomainDescriptionType,
}

#[operation(signed)]
pub(crate) fn describe_user_pool_domain(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolDomainRequest,
) -> Result<DescribeUserPoolDomainResponse, Stop> {
    let domain: Option<Domain> = cx.world.get(&domain::key(&cx.call.region, &input.domain));
    let domain = domain.filter(|d| d.account == cx.call.account);
    let domain_description =
        domain.map_or_else(DomainDescriptionType::default, |d| DomainDescriptionType {
            user_pool_id: Some(d.pool),
            aws_account_id: Some(d.account),
            domain: Some(d.domain),
            status: Some("ACTIVE".to_owned()),
            managed_login_version: Some(d.managed_login_version),
        });
    Ok(DescribeUserPoolDomainResponse { domain_description })
}

/// A domain in a response.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct DomainDescriptionType {
    user_pool_id: Option<UserPoolIdType>,
    #[shape(name = "AWSAccountId")]
    aws_account_id: Option<String>,
    domain: Option<DomainType>,
    status: Option<String>,
    managed_login_version: Option<ManagedLoginVersion>,
}
