// InitiateAuth USER_PASSWORD_AUTH through the AWS SDK for JavaScript in one page of Chromium: ours
// in the tab, through the service worker and through `window.cognitab.handle`, beside the servers
// that the same page reaches by their address.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";
import { chromium } from "playwright-core";

import { report, root } from "./lib/measure.mjs";
import { BESIDE, OTHER, PEERS, start } from "./lib/servers.mjs";

const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

const { outputFiles } = await build({
  entryPoints: [new URL("page/signin.mjs", import.meta.url).pathname],
  bundle: true, format: "esm", platform: "browser", write: false, logLevel: "error",
});
const beside = new Map([
  ["/signin.js", outputFiles[0].contents],
  ["/signin.html", '<!doctype html><title>bench</title><script type="module" src="signin.js"></script>'],
]);

/** Serves a built site on a free port of loopback; its address, and a function that ends it. */
async function serve(dist) {
  const site = createServer(async (request, response) => {
    const path = request.url.split("?")[0];
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = beside.get(path) ?? (await readFile(new URL(`.${file}`, dist)).catch(() => null));
    const kind = KINDS[extname(file)] ?? "application/octet-stream";
    response.writeHead(body ? 200 : 404, { "content-type": kind });
    response.end(body ?? "");
  });
  site.listen(0, "127.0.0.1");
  await new Promise((listening) => site.once("listening", listening));
  return { address: `http://localhost:${site.address().port}/`, close: () => site.close() };
}
const site = await serve(new URL("dist/", root));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});

/** What a fresh profile reaches; null where a page cannot reach the server at all. */
async function inPage(endpoint, { address } = site) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${address}lab/`);
    await page.evaluate(() => window.cognitab.ready);
    // `handle` is the site's own; a server is called from a page without the site's policy.
    if (endpoint === "handle") await page.addScriptTag({ url: "/signin.js", type: "module" });
    else await page.goto(`${address}signin.html`);
    await page.waitForFunction(() => window.loaded);
    return await page.evaluate((given) => window.measure(...given), [endpoint, SECONDS]);
  } finally {
    await context.close();
  }
}

const ways = [
  ["InitiateAuth, SDK in a page, service worker", await inPage("worker"), 1.5],
  ["InitiateAuth, SDK in a page, handle", await inPage("handle"), 4],
];
if (BESIDE) {
  const other = await serve(pathToFileURL(`${BESIDE}/dist/`));
  for (const [at, endpoint] of ["worker", "handle"].entries()) {
    const [work, ours] = ways[at];
    report({ work, ours, beside: OTHER, theirs: await inPage(endpoint, other), atLeast: 1 });
  }
  other.close();
}
for (const peer of PEERS) {
  const server = await start(peer);
  const theirs = await inPage(server.endpoint).catch((error) => {
    console.log(`${peer} cannot be reached from a page: ${error.message.split("\n")[0]}`);
    return null;
  });
  await server.stop();
  for (const [work, ours, atLeast] of ways) report({ work, ours, beside: peer, theirs, atLeast });
}
await browser.close();
site.close();
