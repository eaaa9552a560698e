//! ListUserPoolClients: lists the app clients of a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::client::UserPoolClientType;
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::types::{
    ClientIdType, ClientNameType, PaginationKey, QueryLimit, UserPoolIdType, text,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolClientsRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) max_results: Option<QueryLimit>,
    pub(crate) next_token: Option<PaginationKey>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolClientsResponse {
    /// Sorted by ID.
    pub(crate) user_pool_clients: Vec<UserPoolClientDescription>,
    /// Absent on the last page.
    pub(crate) next_token: Option<PaginationKey>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_user_pool_clients(
    cx: &mut Cx<'_>,
    input: ListUserPoolClientsRequest,
) -> Result<ListUserPoolClientsResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let clients = cx.world.scan::<UserPoolClientType>("").filter(|c| c.user_pool_id == pool.id);
    let all = clients.map(|c| UserPoolClientDescription {
        client_id: c.client_id,
        user_pool_id: c.user_pool_id,
        client_name: c.client_name,
    });
    let (user_pool_clients, next_token) =
        paginate(all, input.max_results, text(&input.next_token))?;
    Ok(ListUserPoolClientsResponse { user_pool_clients, next_token })
}

/// An app client in a list.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserPoolClientDescription {
    client_id: ClientIdType,
    user_pool_id: UserPoolIdType,
    client_name: ClientNameType,
}
