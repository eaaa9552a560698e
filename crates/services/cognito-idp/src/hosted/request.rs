//! A request to a domain, taken apart.

use cognitab_wire::http::{Request, form, param};

use crate::model::client::UserPoolClientType;
use crate::model::domain::Domain;
use crate::model::pool::Pool;
use cognitab_kernel::Cx;

/// A request to a domain.
pub(crate) struct PageRequest<'a> {
    pub(crate) request: &'a Request,
    /// Path with its slash.
    pub(crate) path: &'a str,
    /// Query as it came.
    pub(crate) query: &'a str,
    /// Query, decoded.
    pub(crate) params: Vec<(String, String)>,
    /// Body of a form, decoded.
    pub(crate) form: Vec<(String, String)>,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) domain: Domain,
    pub(crate) pool: Pool,
}

impl<'a> PageRequest<'a> {
    /// Takes a request apart.
    pub(crate) fn new(request: &'a Request, domain: Domain, pool: Pool) -> PageRequest<'a> {
        let url = request.url();
        let form = if request.method == "POST" { form(&request.body) } else { Vec::new() };
        PageRequest {
            request,
            path: url.path,
            query: url.query,
            params: url.params(),
            form,
            cookies: crate::hosted::cookies(request),
            domain,
            pool,
        }
    }

    /// Its method.
    pub(crate) fn method(&self) -> &str {
        &self.request.method
    }

    /// A parameter of the query that is not empty.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        param(&self.params, name).filter(|value| !value.is_empty())
    }

    /// A field of the form that is not empty.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        param(&self.form, name).filter(|value| !value.is_empty())
    }

    /// A cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        param(&self.cookies, name)
    }

    /// A client of this pool.
    pub(crate) fn client(&self, cx: &Cx<'_>, id: &str) -> Option<UserPoolClientType> {
        cx.world.get(id).filter(|c: &UserPoolClientType| c.user_pool_id == self.pool.id)
    }

    /// The address of a page here, with the parameters of this request.
    pub(crate) fn sibling(&self, page: &str) -> String {
        format!("https://{}/{page}?{}", self.domain.host(), self.query)
    }
}
