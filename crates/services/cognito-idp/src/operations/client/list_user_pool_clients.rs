//! ListUserPoolClients: lists the applications of a pool.

use cognitab_macros::{Shape, operation};

use crate::model::client::UserPoolClientType;
use crate::model::pagination::paginate;
use crate::model::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of ListUserPoolClients.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolClientsRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// Page size.
    #[shape(range = 1..=60)]
    pub(crate) max_results: Option<i64>,
    /// Where the last page ended.
    #[shape(length = 1..=131_072, pattern = r"[\S]+")]
    pub(crate) next_token: Option<String>,
}

/// Output of ListUserPoolClients.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUserPoolClientsResponse {
    /// In the order of their ids.
    pub(crate) user_pool_clients: Vec<UserPoolClientDescription>,
    /// Where the next page begins.
    pub(crate) next_token: Option<String>,
}

/// Lists the applications of a pool.
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
        paginate(all, input.max_results, input.next_token.as_deref())?;
    Ok(ListUserPoolClientsResponse { user_pool_clients, next_token })
}

/// An application in a list.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserPoolClientDescription {
    client_id: String,
    user_pool_id: String,
    client_name: String,
}
