// Before the page's program is there: the chosen theme, and presses of a run's button, which the
// program makes good on.
(() => {
  const page = document.documentElement;
  try {
    const theme = localStorage.getItem("cognitab.theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  } catch { /* Storage may be off; then the system decides. */ }

  // Whatever this page sends to another origin is meant for the simulated internet, which the
  // service worker answers. While it does not, such a request ends here and never reaches AWS.
  const outside = (address) => {
    try {
      return new URL(address, location.href).origin !== location.origin;
    } catch {
      return false;
    }
  };
  const leaves = (address) => !navigator.serviceWorker?.controller && outside(address);
  const refusal = () =>
    new TypeError("Cognitab does not answer for this page yet, and nothing was sent. Await cognitab.ready.");
  const { fetch, EventSource } = globalThis;
  globalThis.fetch = (input, init) =>
    leaves(input?.url ?? input) ? Promise.reject(refusal()) : fetch(input, init);
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (leaves(address)) throw refusal();
    return open.call(this, method, address, ...rest);
  };
  globalThis.EventSource = class extends EventSource {
    constructor(address, options) {
      if (leaves(address)) throw refusal();
      super(address, options);
    }
  };
  const beacon = navigator.sendBeacon?.bind(navigator);
  if (beacon) navigator.sendBeacon = (address, data) => !leaves(address) && beacon(address, data);

  // These go past every service worker. The policy of the page stops a WebSocket; it knows no scheme
  // of theirs.
  for (const name of ["fetchLater", "WebTransport"]) delete globalThis[name];
  const silence = (link) => link?.removeAttribute?.("ping");
  for (const kind of ["click", "auxclick"]) {
    addEventListener(kind, (event) => event.composedPath().forEach(silence), true);
  }
  // A link that is in no document is pressed past every listener.
  for (const [kind, name] of [[HTMLElement, "click"], [EventTarget, "dispatchEvent"]]) {
    const press = kind.prototype[name];
    kind.prototype[name] = function (...given) {
      silence(this);
      return press.apply(this, given);
    };
  }

  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-run]");
    if (!button || "ready" in page.dataset) return;
    const pressed = (page.dataset.pressed || "").split(",").filter(Boolean);
    if (!pressed.includes(button.dataset.run)) pressed.push(button.dataset.run);
    page.dataset.pressed = pressed.join();
    const told = button.querySelector(".run-outcome, .kbd");
    if (told) told.className = "run-outcome", told.textContent = "starting…";
    const next = document.querySelectorAll("[data-run]")[pressed.length];
    if (next) next.focus();
  });
})();
