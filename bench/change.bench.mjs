// How long cargo takes after one changed line in an operation: to check the broker and the endpoint, and
// to have their tests ready to run. The line is changed in InitiateAuth and put back afterwards.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { median, root } from "./lib/measure.mjs";
import { BESIDE, OTHER } from "./lib/servers.mjs";

const PACKAGES = ["--package", "cognitab-broker", "--package", "cognitab-endpoint"];
const WORK = {
  "cargo check": ["check", "--quiet", ...PACKAGES],
  "cargo test --no-run": ["test", "--quiet", "--no-run", ...PACKAGES],
};

/** Seconds that each of WORK takes in a checkout: the median of three changes. */
function measure(folder) {
  const cargo = (args) => execFileSync("cargo", args, {
    cwd: folder, stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, CARGO_TARGET_DIR: "target", CARGO_MANIFEST_DIR: undefined },
  });
  const crates = join(folder, "crates");
  const operation = readdirSync(crates, { recursive: true }).find((path) => /\binitiate_auth\.rs$/.test(path));
  const file = join(crates, operation);
  const text = readFileSync(file, "utf8");
  const change = (number) => text.replace(/fn initiate_auth\([^{]*\{/, `$&\n    let _ = ${number};`);
  const times = {};
  let number = 0;
  try {
    for (const [name, args] of Object.entries(WORK)) {
      cargo(args);
      const once = () => {
        number += 1;
        writeFileSync(file, change(number));
        const start = performance.now();
        cargo(args);
        return (performance.now() - start) / 1000;
      };
      times[name] = median([once(), once(), once()]);
    }
  } finally {
    writeFileSync(file, text);
  }
  return times;
}

const ours = measure(fileURLToPath(root));
const theirs = BESIDE ? measure(BESIDE) : {};
for (const [name, seconds] of Object.entries(ours)) {
  const other = theirs[name];
  console.log(JSON.stringify({
    work: `one changed line, ${name}`, ours: `${seconds.toFixed(1)} s`, beside: BESIDE ? OTHER : null,
    theirs: other ? `${other.toFixed(1)} s` : null, ratio: other ? Number((other / seconds).toFixed(2)) : null,
    atLeast: other ? 1 : null,
  }));
}
