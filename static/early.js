// Runs before the page's program: applies the chosen theme, and records clicks on the runs' buttons
// for the program.
(() => {
  const page = document.documentElement;
  try {
    const theme = localStorage.getItem("cognitab.theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  } catch { /* Without storage the system setting applies. */ }

  // Requests to other origins are for the simulated internet, which the service worker answers.
  // Until it controls the page, they fail here and never reach AWS.
  const isCrossOrigin = (address) => {
    try {
      return new URL(address, location.href).origin !== location.origin;
    } catch {
      return false;
    }
  };
  const isUnanswered = (address) => !navigator.serviceWorker?.controller && isCrossOrigin(address);
  const unansweredError = () =>
    new TypeError("Cognitab does not answer for this page yet; nothing was sent. Await cognitab.ready.");
  const { fetch, EventSource } = globalThis;
  globalThis.fetch = (input, init) =>
    isUnanswered(input?.url ?? input) ? Promise.reject(unansweredError()) : fetch(input, init);
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (isUnanswered(address)) throw unansweredError();
    return open.call(this, method, address, ...rest);
  };
  globalThis.EventSource = class extends EventSource {
    constructor(address, options) {
      if (isUnanswered(address)) throw unansweredError();
      super(address, options);
    }
  };
  const sendBeacon = navigator.sendBeacon?.bind(navigator);
  if (sendBeacon) navigator.sendBeacon = (address, data) => !isUnanswered(address) && sendBeacon(address, data);

  // Service workers do not see these. The content security policy blocks WebSocket, but has no
  // directive for these two.
  for (const name of ["fetchLater", "WebTransport"]) delete globalThis[name];
  const removePing = (link) => link?.removeAttribute?.("ping");
  for (const kind of ["click", "auxclick"]) {
    addEventListener(kind, (event) => event.composedPath().forEach(removePing), true);
  }
  // Clicks on a link outside the document reach no listener.
  for (const [kind, name] of [[HTMLElement, "click"], [EventTarget, "dispatchEvent"]]) {
    const method = kind.prototype[name];
    kind.prototype[name] = function (...given) {
      removePing(this);
      return method.apply(this, given);
    };
  }

  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-run]");
    if (!button || "ready" in page.dataset) return;
    const pressed = (page.dataset.pressed || "").split(",").filter(Boolean);
    if (!pressed.includes(button.dataset.run)) pressed.push(button.dataset.run);
    page.dataset.pressed = pressed.join();
    const outcome = button.querySelector(".run-outcome, .kbd");
    if (outcome) outcome.className = "run-outcome", outcome.textContent = "starting…";
    const next = document.querySelectorAll("[data-run]")[pressed.length];
    if (next) next.focus();
  });
})();
