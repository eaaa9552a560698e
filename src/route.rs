//! The routes of the site.

use yew_router::Routable;

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Routable)]
pub enum Route {
    /// Home: three runs.
    #[at("/")]
    Home,
    /// The workbench.
    #[at("/lab/")]
    Lab,
    /// A simulated URL that no service worker answers.
    #[at("/~/*address")]
    Simulated {
        /// Host and path of the simulated URL.
        address: String,
    },
    /// The console.
    #[at("/console/")]
    Console,
    /// The policy page.
    #[at("/policy/")]
    Policy,
    /// Every other path.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Pages with a file of their own.
    pub const ALL: [Route; 5] =
        [Route::Home, Route::Lab, Route::Console, Route::Policy, Route::NotFound];

    /// Folder below the site's root, with a trailing slash; empty for the root.
    pub fn folder(&self) -> &'static str {
        match self {
            Route::Home | Route::NotFound | Route::Simulated { .. } => "",
            Route::Lab => "lab/",
            Route::Console => "console/",
            Route::Policy => "policy/",
        }
    }

    /// File below the site's root.
    pub fn file(&self) -> &'static str {
        match self {
            Route::Home => "index.html",
            Route::Lab => "lab/index.html",
            // Hosts serve this file for every path without a file.
            Route::NotFound | Route::Simulated { .. } => "404.html",
            Route::Console => "console/index.html",
            Route::Policy => "policy/index.html",
        }
    }

    /// Title of the document.
    pub fn title(&self) -> &'static str {
        match self {
            Route::Home => "Follow one token · Cognitab",
            Route::Lab | Route::Simulated { .. } => "Workbench · Cognitab",
            Route::Console => "Console · Cognitab",
            Route::Policy => "Would a request be allowed? · Cognitab",
            Route::NotFound => "Page not found · Cognitab",
        }
    }
}

/// Prefix of the links to other pages: `./` while prerendering, the site's URL in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The prefix, with a trailing slash.
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
