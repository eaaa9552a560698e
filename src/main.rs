//! Starts the page in the browser.

fn main() {
    // Without the door the page still works; a learner's code then finds no `cognitab`.
    let _ = cognitab::host::install();
    let mount = gloo::utils::document().get_element_by_id("app");
    if let Some(mount) = mount {
        yew::Renderer::<cognitab::app::App>::with_root(mount).render();
    }
}
