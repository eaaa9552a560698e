// Policy evaluations a second: the engine as wasm in Node beside `@cloud-copilot/iam-simulate`, on
// the requests of crates/policy/tests/cases that both can be asked. Both work out their reasons.

import { readFileSync, readdirSync } from "node:fs";
import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

import { medianRate, nodeModule, report, root } from "./lib/measure.mjs";

const AT_LEAST = 10;
const STUDIO = "111122223333";

function read(file) {
  const { principals = {}, documents = {}, requests = [] } = JSON.parse(readFileSync(file));
  const named = (name) => ({ name, policy: documents[name] });
  return requests
    .map((asked) => ({ ...asked, principal: principals[asked.principal] }))
    .filter((asked) => ["user", "session"].includes(asked.principal.kind))
    // The peer has no grouped session policies, and adds a resource control policy of its own.
    .filter((asked) => !asked.session && !asked.rcp && !asked.must_allow)
    .map((asked) => ({
      about: asked.about,
      expect: asked.expect === "allowed",
      principal: asked.principal,
      action: asked.action,
      resource: asked.resource,
      account: asked.account || asked.principal.account,
      context: Object.fromEntries(
        Object.entries(asked.context ?? {}).map(([key, value]) => [key, [value].flat()]),
      ),
      identity: (asked.identity ?? []).map(named),
      boundary: asked.boundary ? [named(asked.boundary)] : [],
      resource_policy: asked.policy ? [named(asked.policy)] : [],
      scp: (asked.scp ?? []).map((level) => level.map(named)),
    }));
}

/** The same case in the words of the peer. */
function theirs(asked) {
  const everything = {
    name: "FullAWSAccess",
    policy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
  };
  const levels = asked.scp.length ? asked.scp : [[everything]];
  return {
    request: {
      principal: asked.principal.arn ?? asked.principal.session_arn,
      action: asked.action,
      resource: { resource: asked.resource, accountId: asked.account },
      contextVariables: Object.fromEntries(
        Object.entries(asked.context).map(([key, values]) => [key, values.length > 1 ? values : values[0]]),
      ),
    },
    identityPolicies: asked.identity,
    permissionBoundaryPolicies: asked.boundary.length ? asked.boundary : undefined,
    resourcePolicy: asked.resource_policy[0]?.policy,
    serviceControlPolicies: levels.map((policies, at) => ({ orgIdentifier: `level-${at}`, policies })),
    resourceControlPolicies: [],
  };
}

const engine = nodeModule("cognitab-policy-wasm");
const folder = new URL("crates/policy/tests/cases/", root);
const all = readdirSync(folder).sort().flatMap((name) => read(new URL(name, folder)));
const cases = [];
for (const asked of all) {
  const text = JSON.stringify(asked);
  if (engine.allowed(text) !== asked.expect) throw new Error(`ours is wrong: ${asked.about}`);
  const simulation = theirs(asked);
  const result = await runSimulation(simulation, {});
  // Only what the peer accepts and answers alike is the same work.
  if (result.resultType === "error") continue;
  if ((result.overallResult === "Allowed") !== asked.expect) continue;
  cases.push({ text, simulation, parsed: new engine.Case(text) });
}
console.log(`${cases.length} of ${all.length} cases are answered alike by both`);

let at = 0;
const next = () => cases[at++ % cases.length];
const parsing = await medianRate(() => engine.allowed(next().text), { batch: 100 });
const checked = await medianRate(() => runSimulation(next().simulation, {}));
report({
  work: "policy evaluations, policies as text", ours: parsing, beside: "iam-simulate",
  theirs: checked, atLeast: AT_LEAST,
});
// Without its checks the peer fails on policies of resources: the second row goes without those.
const plain = cases.filter((one) => !one.simulation.resourcePolicy);
const nextPlain = () => plain[at++ % plain.length];
const prepared = await medianRate(() => nextPlain().parsed.allowed(), { batch: 1000 });
const unchecked = await medianRate(() => runUnsafeSimulation(nextPlain().simulation, {}));
report({
  work: "policy evaluations, policies known", ours: prepared, beside: "iam-simulate, unchecked",
  theirs: unchecked, atLeast: AT_LEAST,
});
