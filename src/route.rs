//! The pages that exist.

use yew_router::Routable;

/// A page.
#[derive(Clone, Debug, PartialEq, Routable)]
pub enum Route {
    /// Three runs.
    #[at("/")]
    Home,
    /// The workbench.
    #[at("/lab/")]
    Lab,
    /// An address of the simulated internet that no service worker answers.
    #[at("/~/*address")]
    Simulated {
        /// Host and path.
        address: String,
    },
    /// Would it be allowed.
    #[at("/policy/")]
    Policy,
    /// No such page.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Every page that is a file of its own.
    pub const ALL: [Route; 4] = [Route::Home, Route::Lab, Route::Policy, Route::NotFound];

    /// Its folder below the site's root.
    pub fn folder(&self) -> &'static str {
        match self {
            Route::Home | Route::NotFound | Route::Simulated { .. } => "",
            Route::Lab => "lab/",
            Route::Policy => "policy/",
        }
    }

    /// Its file below the site's root.
    pub fn file(&self) -> &'static str {
        match self {
            Route::Home => "index.html",
            Route::Lab => "lab/index.html",
            // A host answers what it has no file for with this one.
            Route::NotFound | Route::Simulated { .. } => "404.html",
            Route::Policy => "policy/index.html",
        }
    }

    /// Its title.
    pub fn title(&self) -> &'static str {
        match self {
            Route::Home => "Follow one token · Cognitab",
            Route::Lab | Route::Simulated { .. } => "Workbench · Cognitab",
            Route::Policy => "Would it be allowed · Cognitab",
            Route::NotFound => "No such page · Cognitab",
        }
    }
}

/// What stands before a folder in a link to it: `./` where the page is rendered into a file, the
/// site's full address in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The prefix.
    pub prefix: String,
}

impl Default for Root {
    fn default() -> Root {
        Root { prefix: "./".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_know_their_addresses() {
        assert_eq!(Route::recognize("/lab"), Some(Route::Lab));
        assert_eq!(Route::recognize("/lab/"), Some(Route::Lab));
        let address = "demo.auth.us-east-1.amazoncognito.com/login".to_owned();
        let path = format!("/~/{address}");
        assert_eq!(Route::recognize(&path), Some(Route::Simulated { address }));
        assert_eq!(Route::recognize("/policy/"), Some(Route::Policy));
        assert_eq!(Route::recognize("/nowhere"), Some(Route::NotFound));
    }
}
