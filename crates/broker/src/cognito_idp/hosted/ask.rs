//! A request to a domain, taken apart.

use cognitab_wire::http::{Request, form, param};

use crate::cognito_idp::client::UserPoolClientType;
use crate::cognito_idp::domain::Domain;
use crate::cognito_idp::pool::Pool;
use crate::cx::Cx;

/// A request to a domain.
pub(super) struct Ask<'a> {
    pub(super) request: &'a Request,
    /// Path with its slash.
    pub(super) path: &'a str,
    /// Query as it came.
    pub(super) query: &'a str,
    /// Query, decoded.
    pub(super) params: Vec<(String, String)>,
    /// Body of a form, decoded.
    pub(super) form: Vec<(String, String)>,
    pub(super) cookies: Vec<(String, String)>,
    pub(super) domain: Domain,
    pub(super) pool: Pool,
}

impl<'a> Ask<'a> {
    /// Takes a request apart.
    pub(super) fn new(request: &'a Request, domain: Domain, pool: Pool) -> Ask<'a> {
        let url = request.url();
        let form = if request.method == "POST" { form(&request.body) } else { Vec::new() };
        Ask {
            request,
            path: url.path,
            query: url.query,
            params: url.params(),
            form,
            cookies: super::cookies(request),
            domain,
            pool,
        }
    }

    /// Its method.
    pub(super) fn method(&self) -> &str {
        &self.request.method
    }

    /// A parameter of the query that is not empty.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        param(&self.params, name).filter(|value| !value.is_empty())
    }

    /// A field of the form that is not empty.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        param(&self.form, name).filter(|value| !value.is_empty())
    }

    /// A cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        param(&self.cookies, name)
    }

    /// A client of this pool.
    pub(super) fn client(&self, cx: &Cx<'_>, id: &str) -> Option<UserPoolClientType> {
        cx.world.get(id).filter(|c: &UserPoolClientType| c.user_pool_id == self.pool.id)
    }

    /// The address of a page here, with the parameters of this request.
    pub(super) fn sibling(&self, page: &str) -> String {
        format!("https://{}/{page}?{}", self.domain.host(), self.query)
    }
}
