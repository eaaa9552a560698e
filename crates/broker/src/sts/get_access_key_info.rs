//! GetAccessKeyInfo: the account of an access key.

use cognitab_macros::{Shape, operation};

use super::error::Error;
use crate::caller::Key;
use crate::cx::Cx;
use crate::fault::Fault;

/// Input of GetAccessKeyInfo.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetAccessKeyInfoRequest {
    /// The key.
    #[shape(length = 16..=128, pattern = r"[\w]*")]
    pub(crate) access_key_id: String,
}

/// Output of GetAccessKeyInfo.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetAccessKeyInfoResponse {
    /// Its account.
    pub(crate) account: String,
}

/// Tells the account of an access key.
#[operation(signed)]
pub(crate) fn get_access_key_info(
    cx: &mut Cx<'_>,
    input: GetAccessKeyInfoRequest,
) -> Result<GetAccessKeyInfoResponse, Fault> {
    let key: Key = cx.world.get(&input.access_key_id).ok_or(Error::NotAKey)?;
    Ok(GetAccessKeyInfoResponse { account: key.account })
}
