//! ListDatasets.

use crate::shapes::{IdentityId, IdentityPoolId};
use cognitab_macros::{Shape, operation};

use crate::dataset::{self, Dataset, DatasetDescription, check_identity};
use crate::page::page;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListDatasetsRequest {
    #[shape(uri)]
    pub(crate) identity_pool_id: IdentityPoolId,
    #[shape(uri)]
    pub(crate) identity_id: IdentityId,
    #[shape(query = "nextToken")]
    next_token: Option<String>,
    #[shape(query = "maxResults")]
    max_results: Option<i64>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListDatasetsResponse {
    datasets: Vec<DatasetDescription>,
    count: i64,
    next_token: Option<String>,
}

#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets", resource = dataset::arn)]
pub(crate) fn list_datasets(
    cx: &mut Cx<'_>,
    input: ListDatasetsRequest,
) -> Result<ListDatasetsResponse, Stop> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let all: Vec<Dataset> = Dataset::all(&cx.world, &input.identity_id).collect();
    let (all, count, next_token) = page(all, input.max_results, input.next_token.as_deref())?;
    let datasets = all.iter().map(|d| d.describe(&cx.world)).collect();
    Ok(ListDatasetsResponse { datasets, count, next_token })
}
