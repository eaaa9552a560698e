// Generates request contexts, conditions that nearly match them, and near misses of a string.

import { KEYS, NETWORKS, OPERATORS, PREFIXES, VALUES } from "./words.mjs";

const TYPES = [
  "String", "String", "String", "Numeric", "Numeric", "Date", "Date", "Address", "Address", "Arn", "Arn", "Bool", "Binary",
];

/** The same text with wildcards, a variable, another case, or a slip. */
export function near(random, text, context, variables = 0) {
  if (random.chance(variables)) return withVariable(random, text, context);
  const at = random.below(text.length + 1);
  const to = at + random.below(Math.min(4, text.length - at + 1));
  switch (random.below(9)) {
    case 0: return text.slice(0, at) + "*" + text.slice(to);
    case 1: return text.slice(0, at) + "?" + text.slice(Math.min(at + 1, text.length));
    case 2: return text.slice(0, at) + "*";
    case 3: return text.slice(0, -1);
    case 4: return random.chance(0.5) ? text.toUpperCase() : text.toLowerCase();
    case 5:
    case 6: return escaped(text);
    default: return text;
  }
}

const escaped = (text) => text.replace(/[*?$]/g, (one) => `\${${one}}`);

/** Replaces a value of the context in the text, or inserts at a random position, a policy variable. */
function withVariable(random, text, context) {
  const inside = KEYS.filter(({ key }) => context[key]?.some((value) => value !== "" && text.includes(value)));
  const { key } = random.pick(inside.length && random.chance(0.7) ? inside : KEYS);
  const name = random.chance(0.2) ? key.toUpperCase() : key;
  const found = (context[key] ?? []).filter((value) => value !== "" && text.includes(value));
  const value = random.pick([...found, ...found, "dana", "photos"]);
  const fallback = random.chance(0.5) ? `, '${random.pick([value, value, "dana", "", "*"])}'` : "";
  const variable = `\${${name}${fallback}}`;
  if (text.includes(value)) return text.replace(value, () => variable);
  const at = random.below(text.length + 1);
  return text.slice(0, at) + variable + text.slice(random.chance(0.5) ? at : text.length);
}

/** What the keys of a request hold. */
export function contextOf(random) {
  const context = {};
  for (const { key, type, many } of KEYS) {
    if (random.chance(0.4)) continue;
    const value = () => random.pick(VALUES[random.chance(0.95) ? type : "String"]);
    context[key] = random.some(many ? 0 : 1, many ? 3 : 1, value);
  }
  return context;
}

function valueOf(random, type, held, context) {
  if (held.length && random.chance(0.6)) {
    const value = random.pick(held);
    if (/[*?$]/.test(value) && random.chance(0.4)) return escaped(value);
    return random.chance(0.4) ? value : near(random, value, context, ["String", "Arn", "Bool"].includes(type) ? 0.5 : 0.05);
  }
  if (type === "Arn" && held.length && random.chance(0.15)) return held[0].replace(/^arn/, () => random.pick(["*", "a?n", "brn"]));
  if (type === "Address" && random.chance(0.6)) return random.pick(NETWORKS);
  const value = random.pick(VALUES[type]);
  return random.chance(0.8) ? value : near(random, value, context, 0.3);
}

/** JSON takes numbers and truth values where text would do. */
function written(random, values) {
  const scalar = (value) => (/^-?[1-9]\d*$|^true$|^false$/.test(value) && random.chance(0.3) ? JSON.parse(value) : value);
  return values.length === 1 && random.chance(0.7) ? scalar(values[0]) : values.map(scalar);
}

/** One operator with one key or two. */
export function conditionOf(random, context) {
  if (random.chance(0.08)) {
    return { Null: { [random.pick(KEYS).key]: random.pick(["true", "false", true, false, "TRUE", ["true", "false"]]) } };
  }
  const type = random.pick(TYPES);
  const [name] = random.pick([...OPERATORS].filter(([, other]) => other === type));
  const operator = random.pick(PREFIXES) + name + (random.chance(0.4) ? "IfExists" : "");
  const fitting = KEYS.filter((one) => one.type === type);
  const keys = random.some(1, random.chance(0.15) ? 2 : 1, () => random.pick(random.chance(0.85) ? fitting : KEYS).key);
  const entry = (key) => {
    const values = random.some(random.chance(0.03) ? 0 : 1, 3, () => valueOf(random, type, context[key] ?? [], context));
    return [random.chance(0.1) ? key.toLowerCase() : key, written(random, values)];
  };
  return { [operator]: Object.fromEntries(keys.map(entry)) };
}
