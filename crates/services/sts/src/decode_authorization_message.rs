//! DecodeAuthorizationMessage: what stood behind a refusal, for those who may know it.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use crate::shapes::EncodedMessageType;
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::encoded_message;

/// Input of DecodeAuthorizationMessage.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DecodeAuthorizationMessageRequest {
    /// The message as it came with the refusal.
    pub(crate) encoded_message: EncodedMessageType,
}

/// Output of DecodeAuthorizationMessage.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DecodeAuthorizationMessageResponse {
    /// JSON text.
    pub(crate) decoded_message: String,
}

/// Reads an encoded message of the caller's account.
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
