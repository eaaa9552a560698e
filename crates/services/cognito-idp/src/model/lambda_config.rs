//! The Lambda functions that a user pool invokes.

use cognitab_macros::Shape;
use cognitab_wire::Value;

use crate::error::Error;
use crate::model::types::ArnType;

/// The ARNs of the functions, by trigger.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct LambdaConfigType {
    pub(crate) pre_sign_up: Option<ArnType>,
    pub(crate) pre_authentication: Option<ArnType>,
    pub(crate) post_authentication: Option<ArnType>,
    // The rest of AWS's shape is read to be refused: a function that is never invoked must not be
    // accepted.
    custom_message: Option<Value>,
    post_confirmation: Option<Value>,
    define_auth_challenge: Option<Value>,
    create_auth_challenge: Option<Value>,
    verify_auth_challenge_response: Option<Value>,
    pre_token_generation: Option<Value>,
    user_migration: Option<Value>,
    pre_token_generation_config: Option<Value>,
    #[shape(name = "CustomSMSSender")]
    custom_sms_sender: Option<Value>,
    custom_email_sender: Option<Value>,
    #[shape(name = "KMSKeyID")]
    kms_key_id: Option<Value>,
    inbound_federation: Option<Value>,
}

impl LambdaConfigType {
    /// The functions that a request configures; `None` if it configures none. A function of another
    /// trigger is refused.
    pub(crate) fn of_request(
        config: Option<LambdaConfigType>,
    ) -> Result<Option<LambdaConfigType>, Error> {
        let Some(config) = config else { return Ok(None) };
        let others = [
            ("CustomMessage", &config.custom_message),
            ("PostConfirmation", &config.post_confirmation),
            ("DefineAuthChallenge", &config.define_auth_challenge),
            ("CreateAuthChallenge", &config.create_auth_challenge),
            ("VerifyAuthChallengeResponse", &config.verify_auth_challenge_response),
            ("PreTokenGeneration", &config.pre_token_generation),
            ("UserMigration", &config.user_migration),
            ("PreTokenGenerationConfig", &config.pre_token_generation_config),
            ("CustomSMSSender", &config.custom_sms_sender),
            ("CustomEmailSender", &config.custom_email_sender),
            ("KMSKeyID", &config.kms_key_id),
            ("InboundFederation", &config.inbound_federation),
        ];
        let other = others.into_iter().find(|(_, value)| value.is_some());
        if let Some((name, _)) = other {
            return Err(Error::parameter(format!("LambdaConfig.{name} is not simulated.")));
        }
        Ok(Some(config).filter(|config| *config != LambdaConfigType::default()))
    }
}
