// What a run has reached, and what it should have.

import { OPERATORS, OUTSIDERS, PREFIXES, PRINCIPALS } from "./words.mjs";
import { open, statementsOf } from "./opened.mjs";

const KINDS = ["service-control", "resource-control", "boundary", "session", "resource", "trust", "identity"];

function everything() {
  const operators = [...OPERATORS.keys()].flatMap((name) =>
    PREFIXES.flatMap((prefix) => ["", "IfExists"].map((suffix) => prefix + name + suffix)));
  const reasons = ["explicit-deny", "implicit-deny"].flatMap((kind) => KINDS.map((policy) => `${kind} ${policy}`));
  return [
    ...[...operators, "Null"].flatMap((name) => ["key held", "key absent"].map((key) => `${name}, ${key}`)),
    ...["Allowed", ...reasons].map((reason) => `reason ${reason}`),
    ...Object.keys({ ...PRINCIPALS, ...OUTSIDERS }).map((name) => `caller ${name}`),
    ...["identity", "boundary", "session", "resource_policy", "scp", "rcp"].map((kind) => `policy ${kind}`),
    ...["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"]
      .flatMap((element) => ["Allow", "Deny"].map((effect) => `${effect} ${element}`))
      .filter((one) => one !== "Allow NotPrincipal"),
    "version 2008-10-17", "version 2012-10-17", "version undefined", "within one account", "across accounts",
  ];
}

/** Counts what cases have in them. */
export class Reached {
  counts = new Map(everything().map((name) => [name, 0]));
  entries = { same: 0, other: 0 };

  count(name) {
    if (this.counts.has(name)) this.counts.set(name, this.counts.get(name) + 1);
  }

  add(one, result, reason) {
    this.count(result === "Allowed" ? "reason Allowed" : `reason ${reason.kind} ${reason.policy_kind}`);
    const [name] = Object.entries({ ...PRINCIPALS, ...OUTSIDERS }).find(([, caller]) => caller === one.principal);
    this.count(`caller ${name}`);
    for (const kind of ["identity", "boundary", "session", "resource_policy", "scp", "rcp"]) {
      if ([one[kind] ?? []].flat().length) this.count(`policy ${kind}`);
    }
    this.count(one.principal.account === one.account ? "within one account" : "across accounts");
    for (const { statement, version } of statementsOf(open(one))) this.addStatement(statement, version);
  }

  addStatement(statement, version) {
    this.count(`version ${version}`);
    for (const element of Object.keys(statement)) this.count(`${statement.Effect} ${element}`);
    for (const { set, name, ifExists, held } of statement.Condition) {
      this.count(`${set}${name}${ifExists}, key ${held.length ? "held" : "absent"}`);
    }
  }

  /** What the peer's two entry points said to one case, if the public one took it. */
  addBoth(answers) {
    if (answers) this.entries[answers.inner === answers.outer ? "same" : "other"] += 1;
  }

  /** What was to be reached and was not. */
  missing() {
    const never = [...this.counts].filter(([, times]) => !times).map(([name]) => `never reached: ${name}`);
    if (!this.entries.same) never.push("never reached: the peer's public entry point");
    if (this.entries.other) never.push(`the peer's entry points differ in ${this.entries.other} cases`);
    return never;
  }
}
