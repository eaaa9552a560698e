//! The page for unknown paths.

use yew::prelude::*;

use crate::components::Link;
use crate::parts::top_bar::TopBar;
use crate::route::Route;

/// The page for unknown paths.
#[component]
pub fn NotFoundPage() -> Html {
    html! { <>
        <TopBar current={Route::NotFound} />
        <main id="main" class="wrap" tabindex="-1">
            <div class="hero"><div>
                <h1>{"Page not found."}<span>{"This site has no page with this address."}</span></h1>
                <p><Link to={Route::Home}>{"Follow one token from the login page to the bucket"}</Link></p>
            </div></div>
        </main>
    </> }
}
