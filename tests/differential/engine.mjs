// Our engine, in the words of the peer.

import { nodeModule } from "../../bench/lib/measure.mjs";

const engine = nodeModule("cognitab-policy-wasm");
const EVERYTHING = {
  name: "Everything",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** What we decide, and why. */
export function decide(one) {
  const { allowed, reason } = JSON.parse(engine.decide(JSON.stringify(one)));
  const result = allowed ? "Allowed" : reason.kind === "explicit-deny" ? "ExplicitlyDenied" : "ImplicitlyDenied";
  return { result, reason };
}

/**
 * Whether a trust policy that is asked by itself, as when a role is assumed, agrees with the decision
 * of all policies: with every permission of its own the caller gets in where it is trusted, without
 * any where the trust policy says that it needs none.
 */
export function trustAgrees(one) {
  if (!one.action.startsWith("sts:")) return true;
  const { principal, action, account, context, resource_policy: trust } = one;
  const asked = JSON.stringify({ principal, actions: [action], context, role_account: account, trust });
  const { allowed, needs_identity } = JSON.parse(engine.trusted(asked));
  const session = principal.kind === "federated-user" ? [EVERYTHING] : undefined;
  const bare = { ...one, identity: [], boundary: undefined, session, scp: [], rcp: [] };
  const may = (identity) => decide({ ...bare, identity }).result === "Allowed";
  const needs = needs_identity && principal.kind !== "root";
  return may([EVERYTHING]) === allowed && may([]) === (allowed && !needs);
}
