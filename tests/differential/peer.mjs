// A case in the words of `@cloud-copilot/iam-simulate`, and its answer.
//
// The peer's public entry points take no list of session policies and put a resource control policy
// of their own into every level, so most cases go to the evaluation behind them. `both` asks the
// public one as well, to see that it answers alike.

import { runSimulation } from "@cloud-copilot/iam-simulate";
import { loadPolicy } from "@cloud-copilot/iam-policy";

const inside = (path) => import(new URL(path, import.meta.resolve("@cloud-copilot/iam-simulate")));
const { authorize } = await inside("core_engine/CoreSimulatorEngine.js");
const { AwsRequestImpl } = await inside("request/request.js");
const { RequestContextImpl } = await inside("requestContext.js");
const { DiscoveryContextKeyConstraints } = await inside("context_keys/discoveryContextKeyConstraints.js");

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const NOTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", NotAction: "*", Resource: "*" }] };

function principalOf(caller) {
  switch (caller.kind) {
    case "anonymous": return { type: "Anonymous" };
    case "root": return `arn:aws:iam::${caller.account}:root`;
    default: return caller.arn ?? caller.session_arn ?? caller.provider ?? caller.name;
  }
}

/** The keys that follow from the caller. */
function implied(caller) {
  const type = {
    root: "Account", user: "User", session: "AssumedRole", "federated-user": "FederatedUser", anonymous: "Anonymous",
  }[caller.kind];
  if (caller.kind === "service") return { "aws:PrincipalIsAWSService": ["true"] };
  if (!type) return {};
  if (!caller.account) return { "aws:PrincipalType": [type] };
  const arn = caller.role_arn ?? principalOf(caller);
  return { "aws:PrincipalArn": [arn], "aws:PrincipalAccount": [caller.account], "aws:PrincipalType": [type] };
}

/** One value is text to the peer, several are a list, none is no key. */
function contextOf(one) {
  const all = Object.entries({ ...implied(one.principal), ...one.context });
  const held = all.filter(([, values]) => values.length);
  return Object.fromEntries(held.map(([key, values]) => [key, values.length > 1 ? values : values[0]]));
}

const statements = (document) => [document.Statement].flat();

/** One session policy for all: the peer knows no more. */
const merged = (policies) => ({
  Version: "2012-10-17",
  Statement: policies.length ? policies.flatMap((one) => statements(one.document)) : NOTHING.Statement,
});

const load = ({ name, document }) => loadPolicy(document, { name });
const level = (policies, at) => ({ orgIdentifier: `level-${at}`, policies: policies.map(load) });

/** What the peer decides, and which statements of the resource's policy it found to allow. */
export function ask(one) {
  const root = one.principal.kind === "root";
  const identity = root ? [{ name: "Root", document: EVERYTHING }] : (one.identity ?? []);
  const resource = { resource: one.resource, accountId: one.account };
  const context = new RequestContextImpl(contextOf(one));
  const analysis = authorize({
    request: new AwsRequestImpl(principalOf(one.principal), resource, one.action, context, one.resource === "*"),
    sessionPolicy: one.session && loadPolicy(merged(one.session), { name: "Session" }),
    identityPolicies: identity.map(load),
    permissionBoundaries: one.boundary && [load(one.boundary)],
    resourcePolicy: one.resource_policy && load(one.resource_policy),
    serviceControlPolicies: (one.scp ?? []).map(level),
    resourceControlPolicies: (one.rcp ?? []).map(level),
    simulationParameters: {
      simulationMode: "Strict",
      discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]),
    },
    serviceSettings: {},
  });
  const allowing = analysis.resourceAnalysis?.allowStatements ?? [];
  return { result: analysis.result, direct: allowing.some((statement) => statement.principalMatch === "Match") };
}

/**
 * What both entry points of the peer decide, as far as the public one takes the case: it knows the
 * keys and their types, and leaves out what it does not expect. Nothing where it refuses.
 */
export async function both(one) {
  if (one.principal.kind === "root" || one.rcp?.length) return undefined;
  const context = Object.fromEntries(Object.entries(one.context).filter(([key, values]) =>
    key.startsWith("aws:") && (values.length > 1 || key !== "aws:TagKeys")));
  const plain = (policies) => policies.map(({ name, document }) => ({ name, policy: document }));
  const answer = await runSimulation({
    request: {
      principal: principalOf(one.principal),
      action: one.action,
      resource: { resource: one.resource, accountId: one.account },
      contextVariables: contextOf({ ...one, context }),
    },
    sessionPolicy: one.session && merged(one.session),
    identityPolicies: plain(one.identity ?? []),
    permissionBoundaryPolicies: one.boundary && plain([one.boundary]),
    resourcePolicy: one.resource_policy?.document,
    serviceControlPolicies: (one.scp ?? []).map((policies, at) => ({ orgIdentifier: `level-${at}`, policies: plain(policies) })),
    resourceControlPolicies: [],
  }, {});
  if (answer.resultType !== "single") return undefined;
  return { inner: ask({ ...one, context }).result, outer: answer.overallResult };
}
