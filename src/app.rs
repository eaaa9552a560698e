//! The application: routes to pages.

use yew::prelude::*;
use yew_router::history::{AnyHistory, History, MemoryHistory};
use yew_router::prelude::*;

use crate::pages::{
    console::ConsolePage, home::HomePage, lab::LabPage, not_found::NotFoundPage, policy::PolicyPage,
};
use crate::route::{Root, Route};

fn switch(route: Route) -> Html {
    match route {
        Route::Home => html! { <HomePage /> },
        Route::Lab | Route::Simulated { .. } => html! { <LabPage /> },
        Route::Console => html! { <ConsolePage /> },
        Route::Policy => html! { <PolicyPage /> },
        Route::NotFound => html! { <NotFoundPage /> },
    }
}

/// Renders the page of the route and sets the document's title.
#[component]
fn CurrentPage() -> Html {
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    use_effect_with(route.clone(), |route| gloo::utils::document().set_title(route.title()));
    switch(route)
}

/// The application in the browser.
#[component]
pub fn App() -> Html {
    let root = Root { prefix: crate::host::site_root() };
    let path = cognitab_wire::http::Url::parse(&root.prefix).path.trim_end_matches('/').to_owned();
    html! {
        <ContextProvider<Root> context={root}>
            <BrowserRouter basename={path}><CurrentPage /></BrowserRouter>
        </ContextProvider<Root>>
    }
}

/// Properties of [`File`].
#[derive(Properties, PartialEq)]
pub struct FileProps {
    /// The page to render.
    pub route: Route,
}

/// One page without a browser, for prerendering.
#[component]
pub fn File(props: &FileProps) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    history.push(props.route.to_path());
    html! { <Router {history}><CurrentPage /></Router> }
}
