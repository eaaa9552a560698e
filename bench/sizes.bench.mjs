// What a visitor downloads, compressed, beside the budget that the build holds it to.

import { readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

import { root } from "./lib/measure.mjs";

const dist = new URL("dist/", root);
const names = readdirSync(dist, { recursive: true }).filter((name) => /\.(wasm|css|html)$/.test(name)).sort();
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const kilobytes = (name) => brotliCompressSync(readFileSync(new URL(name, dist)), quality).length / 1000;

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
    work: `size of ${name.replace(/-[0-9a-f]{16}/, "")}, brotli`, ours: `${size.toFixed(1)} kB`,
    beside: "budget", theirs: `${budget(name)} kB`, ratio, atLeast: 1,
  }));
}
