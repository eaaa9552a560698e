//! DecodeAuthorizationMessage: decodes the details of a denied request, which AWS encodes because
//! not every caller may read them.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use crate::shapes::EncodedMessageType;
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::encoded_message;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DecodeAuthorizationMessageRequest {
    /// The message from the response to the denied request.
    pub(crate) encoded_message: EncodedMessageType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DecodeAuthorizationMessageResponse {
    /// The evaluation of the request, as JSON.
    pub(crate) decoded_message: String,
}

/// Messages of other accounts are invalid.
#[operation(signed)]
pub(crate) fn decode_authorization_message(
    cx: &mut Cx<'_>,
    input: DecodeAuthorizationMessageRequest,
) -> Result<DecodeAuthorizationMessageResponse, Stop> {
    let decoded = encoded_message::read(cx, &input.encoded_message);
    Ok(DecodeAuthorizationMessageResponse {
        decoded_message: decoded.ok_or(Error::InvalidAuthorizationMessage)?,
    })
}
