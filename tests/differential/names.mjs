// Names of resources and of callers in other words.

import { conditions, eachText, hasWildcards } from "./opened.mjs";
import { replaced, written } from "./variables.mjs";

/** A pattern as a regular expression. */
export const globbed = (text) => new RegExp(`^${text.replace(/\W/g, (one) => ({ "*": ".*", "?": "." })[one] ?? `\\${one}`)}$`, "s");

/**
 * The peer takes what stands before the first `/` or `:` of the resource as its type, literally. Said
 * with variables for both, and without colons in the names of variables, there is no such place.
 */
export function typed(one, text) {
  const fields = text.split(":");
  const tail = fields.slice(5).join(":");
  const type = /^[^/:]*[/:]/.exec(tail)?.[0] ?? "";
  if (!/[*?$]/.test(type)) return text;
  const spared = replaced(tail, (variable) => written(one, variable) ?? variable.whole);
  Object.assign(one.context, { slash: ["/"], colon: [":"] });
  const named = { "/": "${slash}", ":": "${colon}" };
  return [...fields.slice(0, 5), spared.replace(/\$\{[^}]*\}|[/:]/g, (part) => named[part] ?? part)].join(":");
}

/** A resource whose region or account ends with `*`, and what it covers beyond its field. */
export function running(text) {
  const [arn, partition, service, region, account, ...rest] = text.split(":");
  if (account === undefined) return [text];
  const tail = rest.length ? rest.join(":") : "*";
  const head = [arn, partition, service];
  const beyond = [text];
  if (account.endsWith("*") && rest.length) beyond.push([...head, region, account, `*:${tail}`].join(":"));
  if (region?.endsWith("*")) {
    beyond.push([...head, region, "*", rest.length ? `${account}:${tail}` : account].join(":"));
    beyond.push([...head, region, "*", rest.length ? `*:${account}:${tail}` : `*:${account}`].join(":"));
  }
  return beyond;
}

/** Asterisks that are no wildcards as another character, everywhere. */
export function withoutAsterisks(one) {
  const other = (text) => text.replaceAll("*", "§");
  one.resource = other(one.resource);
  for (const [key, values] of Object.entries(one.context)) one.context[key] = values.map(other);
  eachText(one, (text, _, condition) => {
    const said = replaced(text, ({ character, whole }) => (character === "*" ? "§" : other(whole)));
    return condition && !hasWildcards(condition) ? other(said) : said;
  });
  for (const { condition } of conditions(one)) condition.held = condition.held.map(other);
}

/** The ARN with what it lacks, as AWS completes it. */
export function complete(text) {
  const fields = text.split(":");
  while (fields[0] === "arn" && fields.length < 6) fields.push("*");
  return fields.join(":");
}

/** Whether every name under which the caller goes is listed. */
export function isSpared(caller, listed) {
  const names = new Set(listed === "*" ? ["*"] : [listed.AWS ?? []].flat());
  const account = [caller.account, `arn:aws:iam::${caller.account}:root`].some((name) => names.has(name));
  const own = [caller.arn, caller.role_arn, caller.session_arn].filter(Boolean);
  return names.has("*") || (Boolean(caller.account) && account && own.every((name) => names.has(name)));
}
