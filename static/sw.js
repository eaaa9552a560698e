// The service worker: owner of the lab world. It answers for the simulated internet, by true
// address for fetches and below `~/` for navigations, and keeps the site readable offline.
"use strict";

importScripts("build.js", "store.js", "worker.js");

const BASE = new URL("./", self.location).pathname;
const CACHE = `cognitab-${self.COGNITAB.build}`;

// Known before the engine is: a request to one of these never leaves, even if the engine fails.
const SIMULATED =
  /(^|\.)(amazonaws\.(com(\.cn)?|eu)|api\.aws|on\.aws|amazoncognito\.com|api\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov|signin\.aws\.amazon\.com)$|^(cognitab\.invalid|photos\.example|accounts\.google\.com|appleid\.apple\.com)$/;

let started;
const engine = () => {
  started ??= wasm_bindgen({ module_or_path: "worker_bg.wasm" });
  started.catch(() => (started = undefined));
  return started;
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
    if (SIMULATED.test(url.hostname)) event.respondWith(simulated(event.request, url.href));
    return;
  }
  if (url.pathname.startsWith(`${BASE}~/`)) {
    event.respondWith(local(event.request, url));
  } else if (event.request.method === "GET" && url.pathname.startsWith(BASE)) {
    event.respondWith(site(event.request, url));
  }
});

self.addEventListener("message", (event) => {
  const { id, world, browser, request } = event.data ?? {};
  const port = event.ports[0];
  if (!port || !request) return;
  const reply = async () => {
    try {
      await engine();
      const response = await wasm_bindgen.answer(world, browser ?? undefined, request);
      port.postMessage({ id, response });
    } catch (error) {
      port.postMessage({ id, error: String(error?.message ?? error) });
    }
  };
  event.waitUntil(reply());
});

// A request to a true address.
const simulated = async (request, url, browser = "tab") => {
  try {
    await engine();
    const body = new Uint8Array(await request.arrayBuffer());
    const { method, headers } = request;
    const asked = { method, url, headers: [...headers], body };
    return built(await wasm_bindgen.answer("lab", browser, asked));
  } catch (error) {
    const text = `Cognitab did not answer, and nothing was sent to AWS: ${error?.message ?? error}`;
    return new Response(text, { status: 503, headers: { "access-control-allow-origin": "*" } });
  }
};

// A request to a path that stands for a true address.
const local = async (request, url) => {
  await engine().catch(() => undefined);
  const address = wasm_bindgen.from_local?.(BASE, url.pathname + url.search);
  if (!address) return fetch(request);
  return simulated(request, address);
};

const built = ({ status, headers, body }) => {
  const at = headers.find(([name]) => name.toLowerCase() === "location");
  if (at && status >= 300 && status < 400) {
    return new Response(null, {
      status,
      headers: { location: new URL(wasm_bindgen.to_local(BASE, at[1]), self.location).href },
    });
  }
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : body, { status, headers });
};

// The site itself: from the network, so that a new version is seen at once, else as it was kept.
const site = async (request, url) => {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(CACHE);
    const path = url.pathname.slice(BASE.length);
    const kept = [path || "index.html", `${path.replace(/\/$/, "")}/index.html`];
    for (const name of kept) {
      const found = await cache.match(new URL(name, new URL(BASE, self.location)).href);
      if (found) return found;
    }
    throw error;
  }
};
