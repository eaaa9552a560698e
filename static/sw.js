// The service worker: owner of the lab world. It answers for the simulated internet, by true
// address for fetches and below `~/` for navigations, and keeps the site readable offline.
"use strict";

importScripts("build.js", "store.js", "engine.js", "worker.js");

const BASE = new URL("./", self.location).pathname;
const CACHE = `cognitab-${self.COGNITAB.build}`;

// The simulated browser whose cookies these requests carry: the real one is a single browser too.
const BROWSER = "tab";

const OPEN = "https://cognitab.invalid/_cognitab/open";

// Known before the engine is: a request to one of these never leaves, even if the engine fails.
// The lists in `build.js` are those of the crate `wire`.
const isSimulated = (host) => {
  const { hosts, domains } = self.COGNITAB;
  const below = (domain) => host.endsWith(`.${domain}`) && host.length > domain.length + 1;
  return hosts.includes(host) || domains.some(below);
};

// The wasm of this very build: glue and wasm of different builds do not fit each other, and there
// may be no network.
const engine = () =>
  cognitabEngine.start(async () => (await kept("worker_bg.wasm")) ?? fetch("worker_bg.wasm"));

const kept = async (name) => {
  const cache = await caches.open(CACHE);
  return cache.match(new URL(name, self.location).href);
};

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(self.COGNITAB.files.filter((file) => file !== "sw.js"));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const take = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("cognitab-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(take());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) {
    if (isSimulated(url.hostname)) event.respondWith(simulated(event.request, url.href));
    return;
  }
  if (url.pathname.startsWith(`${BASE}~/`)) {
    event.respondWith(local(event.request, url));
  } else if (event.request.method === "GET" && url.pathname.startsWith(BASE)) {
    event.respondWith(site(event.request, url));
  }
});

self.addEventListener("message", (event) => {
  // A page that was reloaded past the cache has no service worker until one takes it.
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
      port.postMessage({ id, error: cognitabEngine.words(error) });
    }
  };
  event.waitUntil(reply());
});

// A request to a true address.
const simulated = async (request, url) => {
  try {
    await engine();
    const body = new Uint8Array(await request.arrayBuffer());
    const { method, headers } = request;
    const asked = { method, url, headers: [...headers], body };
    return built(await cognitabEngine.ask("lab", BROWSER, asked), url);
  } catch (error) {
    const text = `Cognitab did not answer, and nothing was sent to AWS: ${cognitabEngine.words(error)}`;
    return new Response(text, { status: 503, headers: { "access-control-allow-origin": "*" } });
  }
};

// A request to a path that stands for a true address.
const local = async (request, url) => {
  const rest = url.pathname.slice(`${BASE}~/`.length);
  const address = URL.parse(`https://${rest}${url.search}`);
  if (!address || !isSimulated(address.hostname)) return fetch(request);
  if (request.mode === "navigate") await opened(address.hostname);
  return simulated(request, address.href);
};

// A link from elsewhere can only know a world that ships with the site: an untouched lab becomes it.
const opened = (host) => {
  const body = JSON.stringify({ host, seed: 1 });
  return simulated(new Request(OPEN, { method: "POST", body }), OPEN);
};

// Redirects within the simulated internet stay on this origin; all others go out as they are.
const redirected = (to) => {
  const web = to.protocol === "https:" || to.protocol === "http:";
  if (!web || !isSimulated(to.hostname)) return to.href;
  return new URL(`${BASE}~/${to.host}${to.pathname}${to.search}${to.hash}`, self.location).href;
};

const built = ({ status, headers, body }, url) => {
  const at = headers.find(([name]) => name.toLowerCase() === "location");
  if (at && status >= 300 && status < 400) {
    const location = redirected(new URL(at[1], url));
    return new Response(null, { status, headers: { location } });
  }
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : body, { status, headers });
};

// The site itself: from the network, so that a new version is seen at once, else as it was kept.
const site = async (request, url) => {
  try {
    return await fetch(request);
  } catch (error) {
    const path = url.pathname.slice(BASE.length);
    for (const name of [path || "index.html", `${path.replace(/\/$/, "")}/index.html`]) {
      const found = await kept(`./${name}`);
      if (found) return found;
    }
    throw error;
  }
};
