// Where the peer differs from AWS's documentation. Each entry says the case in other words, so that
// the peer answers as documented; docs/decisions/differential.md has what AWS says to each.
//
// An entry gets the opened case (opened.mjs) and changes it where its difference can show. It never
// takes a case out of the comparison.

import { complete, globbed, isSpared, running, typed, withoutAsterisks } from "./names.mjs";
import {
  conditions, eachPrincipal, eachText, hasWildcards, isNegated, resources, statementsOf, takesVariables,
} from "./opened.mjs";
import { isAddress, isBase64, isDate, isNumber, typeOf } from "./types.mjs";
import { isUnresolved, literal, replaced, valuesOf, written } from "./variables.mjs";
import { FEDERATED } from "./words.mjs";

const NEVER = "arn:aws:nothing:::nothing";
const NOBODY = "arn:aws:iam::999999999999:user/nobody";
const allowing = (Action) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: ["*"], Condition: [] }] });

/** Takes a condition away: it holds. */
const holds = (statement, condition) => {
  statement.Condition = statement.Condition.filter((other) => other !== condition);
};

/** Each name with its correction. */
export const EXPLAINED = {
  "variables in version 2008-10-17": (one) =>
    eachText(one, (text, version) => (version === "2012-10-17" ? text : text.replaceAll("${", literal("${")))),

  "escapes outside wildcards": (one) =>
    eachText(one, (text, _, condition) => {
      if (!condition || hasWildcards(condition)) return text;
      return replaced(text, ({ character }) => (character === "$" ? literal("$") : character));
    }),

  "a variable whose value is empty": (one) =>
    eachText(one, (text) => replaced(text, ({ key, fallback }) => {
      if (key === undefined) return undefined;
      const values = valuesOf(one, key);
      const value = values.length ? values : [fallback];
      return value.length === 1 && value[0] === "" ? "" : undefined;
    })),

  "a default for a key of several values": (one) =>
    eachText(one, (text) => replaced(text, ({ key }) => (key && valuesOf(one, key).length > 1 ? `\${${key}}` : undefined))),

  "a variable without value in a negated condition": (one) => {
    for (const { condition } of conditions(one)) {
      if (!isNegated(condition) || !takesVariables(condition)) continue;
      condition.values = condition.values.filter((text) => !isUnresolved(one, text));
    }
  },

  "a variable without value in NotResource": (one) => {
    for (const { statement } of statementsOf(one)) {
      if (statement.NotResource) statement.NotResource = statement.NotResource.filter((text) => !isUnresolved(one, text));
    }
  },

  "a * that ends a field runs on over colons": (one) => {
    for (const { statement, name } of resources(one)) statement[name] = statement[name].flatMap(running);
  },

  "an incomplete ARN in NotResource": (one) => {
    for (const { statement } of statementsOf(one)) {
      if (statement.NotResource) statement.NotResource = statement.NotResource.map(complete);
    }
  },

  "a wildcard or variable in the type of a resource": (one) => {
    for (const { statement, name } of resources(one)) statement[name] = statement[name].map((text) => typed(one, text));
  },

  "a variable before the fifth colon of an ARN condition": (one) => {
    for (const { condition } of conditions(one)) {
      if (!condition.name.startsWith("Arn")) continue;
      const early = (text) => !/^([^:$]*:){5}/.test(text);
      condition.values = condition.values.map((text) => (early(text) ? replaced(text, (variable) => written(one, variable)) : text));
    }
  },

  "the first field of an ARN condition": (one) => {
    for (const { condition } of conditions(one)) {
      if (!condition.name.startsWith("Arn")) continue;
      condition.values = condition.values.filter((text) => globbed(text.split(":")[0]).test("arn"));
    }
  },

  "a wildcard in the service of a resource": (one) => {
    for (const { statement, name } of resources(one)) {
      statement[name] = statement[name].map((text) => (/[*?]/.test(text.split(":")[2] ?? "") ? NEVER : text));
    }
  },

  "an asterisk in the name asked for": (one) => {
    if (one.resource.includes("*") && one.resource !== "*") withoutAsterisks(one);
  },

  "several values without a set operator": (one) => {
    for (const { condition } of conditions(one)) {
      if (condition.held.length > 1 && !condition.set && condition.name !== "Null") {
        condition.set = isNegated(condition) ? "ForAllValues:" : "ForAnyValue:";
      }
    }
  },

  "an absent key with ForAnyValue and IfExists": (one) => {
    for (const { condition, statement } of conditions(one)) {
      const absent = condition.held.every((value) => value === "");
      if (absent && condition.set === "ForAnyValue:" && condition.ifExists) holds(statement, condition);
    }
  },

  "empty text is an empty set": (one) => {
    for (const { condition } of conditions(one)) {
      const nothing = condition.held.every((value) => value === "");
      if (nothing && (condition.set || condition.name === "Null")) condition.held = [];
    }
  },

  "seconds since 1970": (one) => {
    const said = (text) => {
      if (/^\d{4}$/.test(text)) return `${text}-01-01`;
      return /^\d{5,}$/.test(text) ? new Date(text * 1000).toISOString() : text;
    };
    for (const { condition } of conditions(one)) {
      if (!condition.name.startsWith("Date")) continue;
      condition.values = condition.values.map(said);
      condition.held = condition.held.map(said);
    }
  },

  "text that begins as a number or date": (one) => {
    for (const { condition } of conditions(one)) {
      const well = { Numeric: isNumber, Date: isDate }[/^(Numeric|Date)/.exec(condition.name)?.[0]];
      if (!well) continue;
      const said = (text) => (well(text) ? text.toUpperCase() : "neither");
      condition.values = condition.values.map(said);
      condition.held = condition.held.map(said);
    }
  },

  "a value of another type in a negated condition": (one) => {
    for (const { condition, statement } of conditions(one)) {
      const well = typeOf(condition.name);
      if (!well || !isNegated(condition)) continue;
      condition.values = condition.values.filter(well);
      if (condition.held.every(well)) continue;
      if (condition.set === "ForAllValues:") condition.held = condition.held.filter(well);
      else holds(statement, condition);
    }
  },

  "an address without its prefix length, or with one of 0": (one) => {
    const said = (text) => {
      if (text === "0.0.0.0/0") return ["0.0.0.0/1", "128.0.0.0/1"];
      if (text.includes("/") || !isAddress(text)) return [text];
      return [`${text}/${text.includes(":") ? 128 : 32}`];
    };
    for (const { condition } of conditions(one)) {
      if (condition.name.includes("Ip")) condition.values = condition.values.flatMap(said);
    }
  },

  "bytes that are not base64": (one) => {
    for (const { condition } of conditions(one)) {
      if (condition.name === "BinaryEquals") condition.values = condition.values.filter(isBase64);
    }
  },

  "the unique id of a user or role": (one) => {
    const role = one.context["aws:userid"]?.[0].split(":")[0];
    eachPrincipal(one, (name) => {
      if (name === one.principal.id) return one.principal.arn;
      return name === role ? one.principal.role_arn : name;
    });
  },

  "a federated user under the name of a user": (one) => {
    const user = one.principal.arn?.replace(":sts:", ":iam:").replace(":federated-user/", ":user/");
    if (one.principal.kind === "federated-user") eachPrincipal(one, (name) => (name === user ? NOBODY : name));
  },

  "NotPrincipal wants every name": (one) => {
    for (const { statement } of statementsOf(one)) {
      if (statement.NotPrincipal && !isSpared(one.principal, statement.NotPrincipal)) statement.NotPrincipal = { AWS: NOBODY };
    }
  },

  "a federated user without session policies": (one) => {
    if (one.principal.kind === "federated-user") one.session ??= [{ name: "None", document: allowing("nothing:Nothing") }];
  },

  "an account is not named by its providers": (one) => {
    if (!FEDERATED.includes(one.principal.provider)) return;
    eachPrincipal(one, (name) => (name.includes(one.principal.provider.split(":")[4]) && !name.includes("provider/") ? NOBODY : name));
  },

  "a grant to the session passes session policies": (one, isDirect) => {
    if (one.session && one.principal.account === one.account && isDirect()) {
      one.session.push({ name: "Granted", document: allowing("*") });
    }
  },
};

