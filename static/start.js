// Starts the page's wasm. Its own tag names the files; `data-root` on the document tells the page
// the site's address.
//
// `404.html` cannot know at which depth it is served, so it requests this file from every parent folder.
// The first one that is found starts the page, and loads what the other pages link themselves.
const page = document.documentElement;
if (!page.dataset.root) {
  page.dataset.root = new URL(".", import.meta.url).href;
  const { glue, wasm, styles, scripts } = document.querySelector("script[data-glue]").dataset;
  const address = (path) => new URL(path, page.dataset.root).href;
  for (const style of styles?.split(" ") ?? []) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
    link.href = address(style);
    document.head.append(link);
  }
  for (const script of scripts?.split(" ") ?? []) await import(address(script));
  const { default: init } = await import(address(glue));
  await init({ module_or_path: address(wasm) });
}
