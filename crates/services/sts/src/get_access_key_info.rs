//! GetAccessKeyInfo: returns the account of an access key.

use crate::shapes::AccessKeyIdType;
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Key;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetAccessKeyInfoRequest {
    pub(crate) access_key_id: AccessKeyIdType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetAccessKeyInfoResponse {
    pub(crate) account: String,
}

#[operation(signed, unrestricted)]
pub(crate) fn get_access_key_info(
    cx: &mut Cx<'_>,
    input: GetAccessKeyInfoRequest,
) -> Result<GetAccessKeyInfoResponse, Stop> {
    let key: Key = cx.world.get(&input.access_key_id).ok_or(Error::InvalidAccessKeyId)?;
    Ok(GetAccessKeyInfoResponse { account: key.account })
}
