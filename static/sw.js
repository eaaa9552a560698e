// The service worker: it holds the lab world. It answers requests to simulated hosts, at their real
// URLs for fetches and below `~/` for navigations, and serves the site offline.
"use strict";

importScripts("build.js", "store.js", "engine.js", "worker.js");

const BASE = new URL("./", self.location).pathname;
const CACHE = `cognitab-${self.COGNITAB.build}`;

// The cookie jar of these requests.
const BROWSER = "tab";

// The host of the sample app.
const APP = "photos.example";
const OPEN = "https://cognitab.invalid/_cognitab/open";

// Requests to these hosts never reach the network, even if the broker fails. The lists in
// `build.js` are those of the crate `wire`.
const isSimulated = (host) => {
  const { hosts, domains } = self.COGNITAB;
  const below = (domain) => host.endsWith(`.${domain}`) && host.length > domain.length + 1;
  return hosts.includes(host) || domains.some(below);
};

// The WebAssembly file of this build: files of different builds do not work together, and there may
// be no network.
const engine = () =>
  cognitabEngine.start(async () => (await cachedFile("worker_bg.wasm")) ?? fetch("worker_bg.wasm"));

const cachedFile = async (name) => {
  const cache = await caches.open(CACHE);
  return cache.match(new URL(name, self.location).href);
};

self.addEventListener("install", (event) => {
  const install = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(self.COGNITAB.files.filter((file) => file !== "sw.js"));
    await self.skipWaiting();
  };
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  const activate = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("cognitab-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(activate());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) {
    if (isSimulated(url.hostname)) event.respondWith(answerSimulated(event.request, url.href));
    return;
  }
  if (url.pathname.startsWith(`${BASE}~/`)) {
    event.respondWith(answerLocalPath(event.request, url));
  } else if (event.request.method === "GET" && url.pathname.startsWith(BASE)) {
    event.respondWith(serveSite(event.request, url));
  }
});

self.addEventListener("message", (event) => {
  // A page that was reloaded without the cache has no service worker until one claims it.
  if (event.data === "claim") event.waitUntil(self.clients.claim());
  const { id, world, browser, request } = event.data ?? {};
  const port = event.ports[0];
  if (!port || !request) return;
  const reply = async () => {
    try {
      await engine();
      const response = await cognitabEngine.ask(world, browser, request);
      port.postMessage({ id, response }, [response.body.buffer]);
    } catch (error) {
      port.postMessage({ id, error: cognitabEngine.errorText(error) });
    }
  };
  event.waitUntil(reply());
});

// A request to a simulated URL.
const answerSimulated = async (request, url) => {
  try {
    await engine();
    const body = new Uint8Array(await request.arrayBuffer());
    const { method, headers } = request;
    const message = { method, url, headers: [...headers], body };
    return toResponse(await cognitabEngine.ask("lab", BROWSER, message), url);
  } catch (error) {
    const text = `Cognitab did not answer; nothing was sent to AWS: ${cognitabEngine.errorText(error)}`;
    return new Response(text, { status: 503, headers: { "access-control-allow-origin": "*" } });
  }
};

// A request to a path that represents a simulated URL.
const answerLocalPath = async (request, url) => {
  const rest = url.pathname.slice(`${BASE}~/`.length);
  const address = URL.parse(`https://${rest}${url.search}`);
  if (!address || !isSimulated(address.hostname)) return fetch(request);
  // The sample app is part of the site: the workbench opens its address.
  if (address.hostname === APP && request.mode === "navigate") return fetch(request);
  if (request.mode === "navigate") await openScenario(address.hostname);
  return answerSimulated(request, address.href);
};

// A link from another site expects a scenario of this site: an unused lab loads the one of that host.
const openScenario = (host) => {
  const body = JSON.stringify({ host, seed: 1 });
  return answerSimulated(new Request(OPEN, { method: "POST", body }), OPEN);
};

// Redirects to simulated hosts stay on this origin; others are not changed.
const redirectTarget = (to) => {
  const web = to.protocol === "https:" || to.protocol === "http:";
  if (!web || !isSimulated(to.hostname)) return to.href;
  return new URL(`${BASE}~/${to.host}${to.pathname}${to.search}${to.hash}`, self.location).href;
};

const toResponse = ({ status, headers, body }, url) => {
  const at = headers.find(([name]) => name.toLowerCase() === "location");
  if (at && status >= 300 && status < 400) {
    const location = redirectTarget(new URL(at[1], url));
    return new Response(null, { status, headers: { location } });
  }
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : body, { status, headers });
};

// The site itself: from the network, so that a new version is used at once, or else from the cache.
const serveSite = async (request, url) => {
  try {
    return await fetch(request);
  } catch (error) {
    const path = url.pathname.slice(BASE.length);
    for (const name of [path || "index.html", `${path.replace(/\/$/, "")}/index.html`]) {
      const found = await cachedFile(`./${name}`);
      if (found) return found;
    }
    throw error;
  }
};
