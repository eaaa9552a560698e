//! An app client with its user pool: what a user signs in to.

use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;

/// An app client with its user pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct App<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) client: &'a UserPoolClientType,
}
