//! DescribeUserPoolDomain: shows a domain; of one that does not exist, nothing.

use cognitab_macros::{Shape, operation};

use crate::model::domain::{self, Domain};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DescribeUserPoolDomain.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolDomainRequest {
    /// The prefix.
    #[shape(length = 1..=63, pattern = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")]
    pub(crate) domain: String,
}

/// Output of DescribeUserPoolDomain.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolDomainResponse {
    /// The domain.
    pub(crate) domain_description: DomainDescriptionType,
}

/// Shows a domain; of one that does not exist, nothing.
#[operation(signed)]
pub(crate) fn describe_user_pool_domain(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolDomainRequest,
) -> Result<DescribeUserPoolDomainResponse, Stop> {
    let found: Option<Domain> = cx.world.get(&domain::key(&cx.call.region, &input.domain));
    let found = found.filter(|d| d.account == cx.call.account);
    let domain_description =
        found.map_or_else(DomainDescriptionType::default, |d| DomainDescriptionType {
            user_pool_id: Some(d.pool),
            aws_account_id: Some(d.account),
            domain: Some(d.domain),
            status: Some("ACTIVE".to_owned()),
            managed_login_version: Some(d.managed_login_version),
        });
    Ok(DescribeUserPoolDomainResponse { domain_description })
}

/// A domain as AWS shows it.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct DomainDescriptionType {
    user_pool_id: Option<String>,
    #[shape(name = "AWSAccountId")]
    aws_account_id: Option<String>,
    domain: Option<String>,
    status: Option<String>,
    managed_login_version: Option<i64>,
}
