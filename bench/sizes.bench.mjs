// What a visitor downloads, compressed, beside the budget that the build holds it to.

import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { root } from "./lib/measure.mjs";
import { BESIDE, OTHER } from "./lib/servers.mjs";

const dist = new URL("dist/", root);
const names = readdirSync(dist, { recursive: true }).filter((name) => /\.(wasm|css|html)$/.test(name)).sort();
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const kilobytes = (name, folder = dist) =>
  brotliCompressSync(readFileSync(new URL(name, folder)), quality).length / 1000;
const withoutHash = (name) => name.replace(/-[0-9a-f]{16}/, "");


// The build holds the site to these; `cargo xtask bench` hands them on.
const budgets = JSON.parse(process.env.BUDGETS);
const budget = (name) => {
  if (name.endsWith(".html")) return budgets["largest HTML"] / 1000;
  if (name.endsWith(".css")) return budgets.stylesheets / 1000;
  return budgets[name === "worker_bg.wasm" ? "broker wasm" : "page wasm"] / 1000;
};

for (const name of names) {
  const size = kilobytes(name);
  const ratio = Number((budget(name) / size).toFixed(2));
  console.log(JSON.stringify({
    work: `size of ${withoutHash(name)}, brotli`, ours: `${size.toFixed(1)} kB`,
    beside: "budget", theirs: `${budget(name)} kB`, ratio, atLeast: 1,
  }));
}

if (BESIDE) {
  const folder = pathToFileURL(`${BESIDE}/dist/`);
  const others = readdirSync(folder, { recursive: true });
  for (const name of names.filter((name) => name.endsWith(".wasm"))) {
    const other = others.find((one) => withoutHash(one) === withoutHash(name));
    const [ours, theirs] = [kilobytes(name), kilobytes(other, folder)];
    console.log(JSON.stringify({
      work: `size of ${withoutHash(name)}, brotli`, ours: `${ours.toFixed(1)} kB`,
      beside: OTHER, theirs: `${theirs.toFixed(1)} kB`, ratio: Number((theirs / ours).toFixed(2)),
      atLeast: null,
    }));
  }
}
