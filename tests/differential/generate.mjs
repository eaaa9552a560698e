// One case: a request and every policy that applies to it, in the words of `cognitab_policy::Case`.

import { conditionOf, contextOf, near } from "./conditions.mjs";
import { randomness } from "./random.mjs";
import {
  ASKED_OUTSIDE, FEDERATED, GUARDED, NAMED, OUTSIDERS, PRINCIPALS, REQUESTS, ROLE_ID, SERVICES,
} from "./words.mjs";

/** The case of this seed and index. */
export function generate(seed, index) {
  const random = randomness(seed, index);
  const outside = random.chance(0.06);
  const guarded = !outside && random.chance(0.12);
  const asked = random.pick(outside ? ASKED_OUTSIDE : guarded ? GUARDED : REQUESTS);
  const principal = random.pick(Object.values(outside ? OUTSIDERS : PRINCIPALS));
  const context = contextOf(random);
  if (principal === PRINCIPALS.archivist) context["aws:userid"] = [`${ROLE_ID}:work`];
  const made = { random, asked, principal, context };
  const one = { principal, ...asked, context, ...(outside ? {} : ofCaller(made, principal)) };
  const away = principal.account !== asked.account;
  if (guarded || outside || random.chance(away ? 0.9 : 0.4)) {
    one.resource_policy = policy("OfResource", document(made, "resource", 0.6));
    one.must_allow = guarded;
  }
  if (random.chance(0.25)) one.rcp = levels(made, "rcp");
  return one;
}

/** The policies of the caller and of its account. */
function ofCaller(made, principal) {
  const { random } = made;
  const named = (kind, least, most) => random.some(least, most, () => policy(`Of-${kind}`, document(made, kind, 0.65)));
  const found = { identity: random.chance(0.5) ? [policy("All", all())] : named("identity", 0, 2) };
  if (principal.kind === "root") return { identity: [], ...(random.chance(0.5) ? { scp: levels(made, "scp") } : {}) };
  if (random.chance(0.3)) found.boundary = policy("Boundary", random.chance(0.3) ? all() : document(made, "boundary", 0.7));
  if (["session", "federated-user"].includes(principal.kind) && random.chance(0.5)) {
    found.session = named("session", 0, 2);
  }
  if (random.chance(0.3)) found.scp = levels(made, "scp");
  return found;
}

const policy = (name, document) => ({ name, document });

const all = (resource = false) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...(resource ? { Principal: "*" } : {}), Action: "*", Resource: "*" }],
});

function levels(made, kind) {
  const { random } = made;
  const each = () => random.some(random.chance(0.05) ? 0 : 1, 2, () =>
    policy(`Of-${kind}`, random.chance(0.6) ? all(kind === "rcp") : document(made, kind, 0.7)));
  return random.some(0, 3, each);
}

function document(made, kind, allow) {
  const { random } = made;
  const statements = random.some(1, random.chance(0.3) ? 3 : 1, () => statement(made, kind, allow));
  const version = random.pick(["2012-10-17", "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", undefined]);
  return {
    ...(version ? { Version: version } : {}),
    Statement: statements.length === 1 && random.chance(0.5) ? statements[0] : statements,
  };
}

/** One element of a statement is near the request, or two; the others match, so that it decides. */
function statement(made, kind, allow) {
  const { random, asked, context } = made;
  const effect = random.chance(allow) ? "Allow" : "Deny";
  const conditions = random.chance(0.6) ? random.some(1, random.chance(0.2) ? 2 : 1, () => conditionOf(random, context)) : [];
  const wide = conditions.length > 0 && random.chance(0.6);
  const one = { Effect: effect };
  if (kind === "resource") Object.assign(one, principals(made, effect));
  if (kind === "rcp") one.Principal = "*";
  Object.assign(one, wide ? { Action: "*" } : element(random, "Action", () => action(random, asked.action)));
  const trust = kind === "resource" && asked.action.startsWith("sts:");
  const short = kind === "identity" || kind === "boundary";
  const nearby = () => element(random, "Resource", () => resource(random, asked.resource, context, short));
  if (!trust) Object.assign(one, wide ? { Resource: "*" } : nearby());
  if (conditions.length) one.Condition = Object.assign({}, ...conditions);
  return one;
}

/** `Action` or `Resource`, or what it excepts: one value or a list. */
function element(random, name, value) {
  const not = random.chance(0.12);
  const values = random.some(1, random.chance(0.3) ? 3 : 1, value);
  return { [not ? `Not${name}` : name]: values.length === 1 && random.chance(0.6) ? values[0] : values };
}

function action(random, asked) {
  const [service, name] = asked.split(":");
  if (random.chance(0.2)) return "*";
  if (random.chance(0.1)) return random.pick([...REQUESTS, ...GUARDED]).action;
  const spelt = random.chance(0.1) ? service.toUpperCase() : service;
  const spelling = random.chance(0.4) ? name : near(random, name, {}).replace(/\$\{.*?\}/g, "*");
  return `${spelt}:${spelling || "*"}`;
}

/** Missing fields only where AWS takes them: policies of users and roles. */
function resource(random, asked, context, short) {
  if (random.chance(0.25)) return "*";
  if (asked === "*" || random.chance(0.12)) {
    return random.pick([...REQUESTS, ...GUARDED].filter((one) => one.resource !== "*")).resource;
  }
  const fields = asked.split(":");
  const head = fields.slice(0, 5);
  const tail = fields.slice(5).join(":");
  if (short && random.chance(0.08)) return fields.slice(0, 3 + random.below(3)).join(":") + random.pick(["", "", ":*"]);
  if (random.chance(0.25)) {
    const at = 3 + random.below(2);
    head[at] = random.pick(["*", "us-*", "?", "", head[at], "1111*"]);
  }
  if (random.chance(0.04)) head.splice(3, 2, random.pick(["*", "us-*"]));
  if (random.chance(0.03)) head[2] = random.pick(["*", `${head[2]}*`, "s?"]);
  return [...head, random.chance(0.4) ? tail : near(random, tail, context, 0.45)].join(":");
}

function principals(made, effect) {
  const { random, principal } = made;
  const own = [principal.arn, principal.role_arn, principal.session_arn, principal.account, principal.provider, principal.name]
    .filter(Boolean);
  const aws = () => (random.chance(0.5) && principal.account ? random.pick(own) : random.pick(NAMED));
  const not = effect === "Deny" && random.chance(0.25);
  const name = not ? "NotPrincipal" : "Principal";
  if (random.chance(0.2) && !not) return { [name]: "*" };
  const list = random.some(1, not || random.chance(0.3) ? 4 : 1, aws);
  const kinds = { AWS: list.length === 1 && random.chance(0.6) ? list[0] : list };
  if (not && principal.account && random.chance(0.6)) kinds.AWS = [...own, ...list];
  const away = !principal.account;
  if (random.chance(away ? 0.7 : 0.1)) kinds.Federated = random.pick(FEDERATED);
  if (random.chance(away ? 0.5 : 0.1)) kinds.Service = random.pick(SERVICES);
  if (random.chance(0.03)) kinds.CanonicalUser = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
  return { [name]: kinds };
}
