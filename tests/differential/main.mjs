// The policy engine beside `@cloud-copilot/iam-simulate` on generated cases.
//
// DIFFERENTIAL_SEED and DIFFERENTIAL_CASES choose others; DIFFERENTIAL_INDEX plays one alone. The run
// fails on every disagreement that nothing in explained.mjs accounts for, on every explanation that
// no case needs, and on everything that was to be reached and was not.

import { decide, trustAgrees } from "./engine.mjs";
import { EXPLAINED } from "./explained.mjs";
import { generate } from "./generate.mjs";
import { close, open } from "./opened.mjs";
import { ask, both } from "./peer.mjs";
import { Reached } from "./reached.mjs";
import { shrink } from "./shrink.mjs";

process.env.TZ = "UTC";
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20121017);
const count = Number(process.env.DIFFERENTIAL_CASES ?? 20_000);
const SHOWN = 5;
/** Every how-manieth case also goes to the peer's public entry point. */
const CHECKED = 40;

const names = Object.keys(EXPLAINED);

/** The peer's answer with these explanations taken into account, and those that changed the case. */
function corrected(one, used = names) {
  const said = open(one);
  const isDirect = () => ask(close(structuredClone(said))).direct;
  const changed = used.filter((name) => {
    const before = JSON.stringify(said);
    EXPLAINED[name](said, isDirect);
    return JSON.stringify(said) !== before;
  });
  return { result: ask(close(said)).result, changed };
}

/** Whether both disagree, and not only as explained. */
function differs(one) {
  const { result } = decide(one);
  if (!trustAgrees(one)) return true;
  return result !== ask(one).result && result !== corrected(one).result;
}

/** A smaller case that both can read may be wrong in other ways; that is no reason to stop. */
function stillDiffers(one) {
  try {
    return differs(one);
  } catch {
    return false;
  }
}

function tell(index, one) {
  const smallest = shrink(one, stillDiffers);
  console.log(`case ${index} of seed ${seed}: ours ${decide(smallest).result}, the peer ${ask(smallest).result}, `
    + `as explained ${corrected(smallest).result}${trustAgrees(smallest) ? "" : "; trust by itself differs"}`);
  console.log(JSON.stringify(smallest));
}

const uses = new Map(names.map((name) => [name, 0]));
const reached = new Reached();
const failed = [];
const only = process.env.DIFFERENTIAL_INDEX;
const [from, to] = only === undefined ? [0, count] : [Number(only), Number(only) + 1];
for (let index = from; index < to; index += 1) {
  const one = generate(seed, index);
  const { result, reason } = decide(one);
  const raw = ask(one).result;
  reached.add(one, result, reason);
  if (!trustAgrees(one)) failed.push(index);
  else if (result !== raw) {
    const said = corrected(one);
    if (said.result !== result) failed.push(index);
    // An explanation is needed where the peer is wrong again without it.
    const without = (name) => corrected(one, names.filter((other) => other !== name)).result;
    for (const name of said.changed) if (without(name) !== result) uses.set(name, uses.get(name) + 1);
  }
  if (index % CHECKED === 0) reached.addBoth(await both(one));
}

for (const index of failed.slice(0, SHOWN)) tell(index, generate(seed, index));
console.log(`seed ${seed}, cases ${from} to ${to - 1}; differences as explained:`);
for (const [name, times] of uses) console.log(`  ${String(times).padStart(6)}  ${name}`);
const missing = only === undefined ? [...[...uses].filter(([, times]) => !times).map(([name]) => `never needed: ${name}`), ...reached.missing()] : [];
missing.forEach((line) => console.log(line));
console.log(`${to - from - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length || missing.length ? 1 : 0;
