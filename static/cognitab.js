// `window.cognitab`: the API for a learner's own code in this page. `ready` resolves when the lab
// world answers SDK calls from this page, and rejects with the cause if it cannot. `handle` answers
// one request through a worker of this page, without the service worker.
"use strict";

(() => {
  // A script tag loads this file; on the 404 page the start script imports it.
  const scriptUrl = document.currentScript?.src;
  const siteRoot = () => (scriptUrl ? new URL(".", scriptUrl).href : document.documentElement.dataset.root);
  const CONTROL_TIMEOUT_MS = 10000;
  // The cookie jar of these requests.
  const BROWSER = "tab";
  const NULL_BODY_STATUSES = [101, 204, 205, 304];

  const takeControl = async () => {
    const container = navigator.serviceWorker;
    if (!container) throw new Error("no service worker is available in this browser or at this address");
    if (container.controller) return;
    // The page loads first.
    if (document.readyState !== "complete") {
      await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
    }
    const controllerChanged = new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
    await container.register(`${siteRoot()}sw.js`);
    if (container.controller) return;
    container.ready.then(({ active }) => active.postMessage("claim"));
    const timeoutError = () => new Error("the service worker does not control this page: reload it once");
    await Promise.race([
      controllerChanged,
      new Promise((_, reject) => setTimeout(() => reject(timeoutError()), CONTROL_TIMEOUT_MS)),
    ]);
  };

  // One worker for all requests; responses are matched by id.
  const pending = new Map();
  let worker;
  let lastId = 0;

  const startWorker = () => {
    worker = new Worker(`${siteRoot()}host.js`);
    worker.onmessage = ({ data: { id, response, error } }) => {
      const { resolve, reject } = pending.get(id);
      pending.delete(id);
      if (error) reject(new Error(error));
      else resolve(response);
    };
    worker.onerror = (event) => {
      const error = new Error(event.message || "the worker did not start");
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
      // The next request starts a new worker.
      worker.terminate();
      worker = undefined;
    };
  };

  const sendToWorker = (request) =>
    new Promise((resolve, reject) => {
      if (!worker) startWorker();
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      worker.postMessage({ id, world: "lab", browser: BROWSER, request }, [request.body.buffer]);
    });

  const handle = async (request) => {
    const { method, url, headers } = request;
    // These methods have no body to wait for.
    const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
    const message = { method, url, headers: [...headers], body: new Uint8Array(body ?? 0) };
    const { status, headers: responseHeaders, body: bytes } = await sendToWorker(message);
    return new Response(NULL_BODY_STATUSES.includes(status) ? null : bytes, { status, headers: responseHeaders });
  };

  const wasUncontrolled = !navigator.serviceWorker?.controller;
  const ready = takeControl();
  // Without a listener a rejection is not an error of the page.
  ready.catch(() => {});
  // A simulated page that was visited without a service worker can now be answered.
  if (wasUncontrolled && location.href.startsWith(`${siteRoot()}~/`)) ready.then(() => location.reload(), () => {});
  window.cognitab = { ready, handle };
})();
