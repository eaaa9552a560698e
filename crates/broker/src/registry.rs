//! The services of this broker. Adding one is its crate and a line here.

use cognitab_kernel::Service;

/// Every service, in the order in which the coverage table lists them.
static SERVICES: &[&Service] = &[
    &cognitab_cognito_idp::SERVICE,
    &cognitab_cognito_identity::SERVICE,
    &cognitab_cognito_sync::SERVICE,
    &cognitab_sts::SERVICE,
    &cognitab_iam::SERVICE,
    &cognitab_s3::SERVICE,
    &cognitab_dynamodb::SERVICE,
    &cognitab_sns::SERVICE,
    &cognitab_identity_providers::SERVICE,
];

/// Every service.
pub fn services() -> &'static [&'static Service] {
    SERVICES
}

/// The service of this name.
pub(crate) fn service(name: &str) -> Option<&'static Service> {
    SERVICES.iter().copied().find(|service| service.name == name)
}
