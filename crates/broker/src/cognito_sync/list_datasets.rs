//! `ListDatasets`.

use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;

use super::dataset::{Dataset, DatasetDescription, check_identity};
use super::page::page;
use crate::cx::Cx;
use crate::fault::Fault;
use crate::operation::Access;

/// `ListDatasetsRequest`.
#[derive(Clone, Debug, Shape)]
pub(super) struct ListDatasetsRequest {
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(super) identity_pool_id: String,
    #[shape(uri, length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(super) identity_id: String,
    #[shape(query = "nextToken")]
    next_token: Option<String>,
    #[shape(query = "maxResults")]
    max_results: Option<i64>,
}

/// `ListDatasetsResponse`.
#[derive(Clone, Debug, Shape)]
pub(super) struct ListDatasetsResponse {
    datasets: Vec<DatasetDescription>,
    count: i64,
    next_token: Option<String>,
}

fn access(cx: &Cx<'_>, input: &Value) -> Vec<Access> {
    super::dataset::access(cx, input, "ListDatasets")
}

/// Lists the datasets of an identity.
#[operation(signed, http = "GET /identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets", access = access)]
pub(super) fn list_datasets(
    cx: &mut Cx<'_>,
    input: ListDatasetsRequest,
) -> Result<ListDatasetsResponse, Fault> {
    check_identity(cx, &input.identity_pool_id, &input.identity_id)?;
    let all: Vec<Dataset> = Dataset::all(&cx.world, &input.identity_id).collect();
    let (all, count, next_token) = page(all, input.max_results, input.next_token.as_deref())?;
    let datasets = all.iter().map(|d| d.describe(&cx.world)).collect();
    Ok(ListDatasetsResponse { datasets, count, next_token })
}
