// A static server for `dist/` below a path, with test pages beside it: they have the app's origin and
// are in the service worker's scope, but are not part of the site.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const KINDS = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
};

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const DIST = process.env.DIST ?? here("../../../dist");

/** Bundles every `beside/*.mjs` as a script for browsers. */
async function scripts() {
  const names = ["chain", "verify", "oidc", "writes"];
  const made = await build({
    entryPoints: names.map((name) => here(`../beside/${name}.mjs`)),
    bundle: true, format: "esm", platform: "browser", write: false, outdir: "/", logLevel: "error",
  });
  return new Map(made.outputFiles.map((file) => [`beside/${file.path.split(/[\\/]/).pop()}`, file.contents]));
}

const PAGE = (name) => `<!doctype html><meta charset="utf-8"><title>${name}</title>
<script type="module" src="./${name}.js"></script>`;

async function fileIn(folder, path) {
  const inner = normalize(decodeURIComponent(path));
  if (inner.startsWith("..")) return null;
  let file = join(folder, inner);
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) file = join(file, "index.html");
  const body = await readFile(file).catch(() => null);
  return body && { body, kind: KINDS[extname(file)] ?? "application/octet-stream" };
}

/** Serves `folder` below `base`; `beside` are additional files by their path below `base`. */
export async function serve(folder, base, beside = new Map()) {
  const server = createServer(async (request, response) => {
    const path = request.url.split("?")[0];
    const inner = path.startsWith(base) ? path.slice(base.length) : null;
    const extra = inner === null ? undefined : beside.get(inner);
    let found = extra && { body: extra, kind: KINDS[extname(inner)] };
    let status = 200;
    if (!found && inner !== null) found = await fileIn(folder, inner);
    if (!found) {
      status = 404;
      found = (await fileIn(folder, "404.html")) ?? { body: "Not Found", kind: "text/plain" };
    }
    response.writeHead(status, { "content-type": found.kind, "cache-control": "no-cache" });
    response.end(found.body);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  // AWS allows callback URLs without TLS only for the host name localhost.
  const address = `http://localhost:${server.address().port}${base}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { address, stop };
}

/** Serves the site with the test pages beside it. */
export async function serveBeside(base = "/a/b/") {
  const files = await scripts();
  for (const name of [...files.keys()]) {
    const page = name.replace("beside/", "").replace(".js", "");
    files.set(`beside/${page}.html`, PAGE(page));
  }
  return serve(DIST, base, files);
}
