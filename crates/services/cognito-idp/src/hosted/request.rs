//! Requests to a domain.

use cognitab_wire::http::{Request, form, param};

use crate::model::client::UserPoolClientType;
use crate::model::domain::Domain;
use crate::model::pool::Pool;
use cognitab_kernel::Cx;
use cognitab_kernel::web::{cookies, csrf};

/// A request to a domain.
pub(crate) struct PageRequest<'a> {
    pub(crate) request: &'a Request,
    /// Path, with its leading slash.
    pub(crate) path: &'a str,
    /// Query, still encoded.
    pub(crate) query: &'a str,
    /// Query, decoded.
    pub(crate) params: Vec<(String, String)>,
    /// Fields of the form in the body, decoded.
    pub(crate) form: Vec<(String, String)>,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) domain: Domain,
    pub(crate) pool: Pool,
}

impl<'a> PageRequest<'a> {
    /// Parses a request.
    pub(crate) fn new(request: &'a Request, domain: Domain, pool: Pool) -> PageRequest<'a> {
        let url = request.url();
        let form = if request.method == "POST" { form(&request.body) } else { Vec::new() };
        PageRequest {
            request,
            path: url.path,
            query: url.query,
            params: url.params(),
            form,
            cookies: cookies::of(request),
            domain,
            pool,
        }
    }

    /// Its method.
    pub(crate) fn method(&self) -> &str {
        &self.request.method
    }

    /// A query parameter; `None` if it is empty.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        param(&self.params, name).filter(|value| !value.is_empty())
    }

    /// A field of the form; `None` if it is empty.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        param(&self.form, name).filter(|value| !value.is_empty())
    }

    /// A cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        param(&self.cookies, name)
    }

    /// The CSRF token for a form, and the `Set-Cookie` for a new one.
    pub(crate) fn csrf_token(&self, cx: &mut Cx<'_>) -> (String, Option<String>) {
        csrf::token(&mut cx.random, self.cookie(csrf::COOKIE))
    }

    /// The app client of this ID, if it belongs to the pool.
    pub(crate) fn client(&self, cx: &Cx<'_>, id: &str) -> Option<UserPoolClientType> {
        cx.world.get(id).filter(|c: &UserPoolClientType| c.user_pool_id == self.pool.id)
    }

    /// The URL of another page of the domain, with the parameters of this request.
    pub(crate) fn url_of(&self, page: &str) -> String {
        format!("https://{}/{page}?{}", self.domain.host(), self.query)
    }
}
