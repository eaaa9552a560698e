//! Starts the page in the browser.

fn main() {
    let mount = gloo::utils::document().get_element_by_id("app");
    if let Some(mount) = mount {
        yew::Renderer::<cognitab::app::App>::with_root(mount).render();
    }
}
