//! OpenID Connect providers.

pub(crate) mod create_open_id_connect_provider;
pub(crate) mod delete_open_id_connect_provider;
pub(crate) mod get_open_id_connect_provider;
pub(crate) mod list_open_id_connect_providers;
pub(crate) mod row;

use cognitab_kernel::{Entry, entry};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_open_id_connect_provider::CreateOpenIdConnectProvider>(),
    entry::<delete_open_id_connect_provider::DeleteOpenIdConnectProvider>(),
    entry::<get_open_id_connect_provider::GetOpenIdConnectProvider>(),
    entry::<list_open_id_connect_providers::ListOpenIdConnectProviders>(),
];
