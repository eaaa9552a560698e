// Policy evaluations a second: the engine as wasm in Node beside `@cloud-copilot/iam-simulate`, on
// the requests of crates/policy/tests/cases that both can be asked: the decision alone, and with the
// reasons that both can give.

import { readFileSync, readdirSync } from "node:fs";
import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

import { medianRate, nodeModule, report, root } from "./lib/measure.mjs";

const AT_LEAST = 10;
const AT_LEAST_EXPLAINED = 3;

/** The requests of a case file as cases of the engine; only those that the peer can be asked too. */
function read(file) {
  const { principals = {}, documents = {}, requests = [] } = JSON.parse(readFileSync(file));
  const named = (name) => ({ name, document: documents[name] });
  return requests
    .filter((asked) => ["user", "session"].includes(principals[asked.principal].kind))
    // The peer has no grouped session policies, and adds a resource control policy of its own.
    .filter((asked) => !asked.session && !asked.rcp && !asked.must_allow)
    .map((asked) => ({
      about: asked.about,
      expect: asked.expect === "allowed",
      case: {
        principal: principals[asked.principal],
        action: asked.action,
        resource: asked.resource,
        account: asked.account || principals[asked.principal].account,
        context: asked.context ?? {},
        identity: (asked.identity ?? []).map(named),
        boundary: asked.boundary ? named(asked.boundary) : null,
        resource_policy: asked.policy ? named(asked.policy) : null,
        scp: (asked.scp ?? []).map((level) => level.map(named)),
      },
    }));
}

/** The same case in the words of the peer. */
function theirs(asked) {
  const named = ({ name, document }) => ({ name, policy: document });
  const everything = {
    name: "FullAWSAccess",
    policy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
  };
  const levels = asked.scp.length ? asked.scp.map((level) => level.map(named)) : [[everything]];
  return {
    request: {
      principal: asked.principal.arn ?? asked.principal.session_arn,
      action: asked.action,
      resource: { resource: asked.resource, accountId: asked.account },
      contextVariables: asked.context,
    },
    identityPolicies: asked.identity.map(named),
    permissionBoundaryPolicies: asked.boundary ? [named(asked.boundary)] : undefined,
    resourcePolicy: asked.resource_policy?.document,
    serviceControlPolicies: levels.map((policies, at) => ({ orgIdentifier: `level-${at}`, policies })),
    resourceControlPolicies: [],
  };
}

const engine = nodeModule("cognitab-policy-wasm");
const folder = new URL("crates/policy/tests/cases/", root);
const all = readdirSync(folder).sort().flatMap((name) => read(new URL(name, folder)));
const cases = [];
for (const { about, expect, case: asked } of all) {
  const text = JSON.stringify(asked);
  if (engine.allowed(text) !== expect) throw new Error(`ours is wrong: ${about}`);
  const simulation = theirs(asked);
  const result = await runSimulation(simulation, {});
  // Only what the peer accepts and answers alike is the same work.
  if (result.resultType === "error") continue;
  if ((result.overallResult === "Allowed") !== expect) continue;
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
const unchecked = await medianRate(() => runUnsafeSimulation(nextPlain().simulation, {}));
const decided = await medianRate(() => nextPlain().parsed.allowed(), { batch: 1000 });
report({
  work: "policy evaluations, policies known", ours: decided, beside: "iam-simulate, unchecked",
  theirs: unchecked, atLeast: AT_LEAST,
});
const explained = await medianRate(() => nextPlain().parsed.explained(), { batch: 1000 });
report({
  work: "policy evaluations with every reason, policies known", ours: explained,
  beside: "iam-simulate, unchecked", theirs: unchecked, atLeast: AT_LEAST_EXPLAINED,
});
