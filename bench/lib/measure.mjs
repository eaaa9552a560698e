// How everything here is measured: three short runs, and the one in the middle counts.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export const root = new URL("../../", import.meta.url);
const RUNS = 3;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** How often a second `work` is done, one after the other; `batch` calls between two looks at the clock. */
export async function medianRate(work, { batch = 1, runs = RUNS, seconds = SECONDS } = {}) {
  const once = async (length) => {
    const start = performance.now();
    let done = 0;
    let spent = 0;
    while (spent < length * 1000) {
      for (let at = 0; at < batch; at += 1) {
        const result = work();
        if (result instanceof Promise) await result;
      }
      done += batch;
      spent = performance.now() - start;
    }
    return (done * 1000) / spent;
  };
  await once(seconds / 4);
  const rates = [];
  for (let run = 0; run < runs; run += 1) rates.push(await once(seconds));
  return median(rates);
}

export const rate = (value) =>
  `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en")}/s`;

/** One row of the table. */
export function report({ work, ours, beside, theirs, atLeast = null }) {
  const ratio = theirs ? Number((ours / theirs).toFixed(2)) : null;
  const row = { work, ours: rate(ours), beside, theirs: theirs ? rate(theirs) : null, ratio, atLeast };
  console.log(JSON.stringify(row));
}

/** A crate of the workspace, compiled to wasm for Node. */
export function nodeModule(name) {
  const run = (program, args) => execFileSync(program, args, { cwd: fileURLToPath(root), stdio: "inherit" });
  const target = "wasm32-unknown-unknown";
  run("cargo", ["build", "--quiet", "--profile", "native", "--package", name, "--target", target]);
  const { target_directory: built } = JSON.parse(execFileSync(
    "cargo", ["metadata", "--format-version", "1", "--no-deps"], { cwd: fileURLToPath(root), maxBuffer: 1 << 26 },
  ));
  const file = name.replaceAll("-", "_");
  const out = `${built}/bench/${name}`;
  run(process.env.WASM_BINDGEN ?? "wasm-bindgen", [
    "--target", "nodejs", "--no-typescript", "--out-dir", out, "--out-name", file,
    `${built}/${target}/native/${file}.wasm`,
  ]);
  writeFileSync(`${out}/package.json`, '{"type":"commonjs"}');
  return createRequire(import.meta.url)(`${out}/${file}.js`);
}
