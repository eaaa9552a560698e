// A case with its conditions as a list, each with the values that the request holds for it: in this
// form one condition can be said in other words without touching any other.

const PREFIX = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/;

/** Every policy of a case. */
export const policiesOf = (one) => [
  one.identity, one.boundary, one.session, one.resource_policy, one.scp, one.rcp,
].flat(2).filter(Boolean);

/** Every statement of a case, with the version of its document. */
export function* statementsOf(one) {
  for (const { document } of policiesOf(one)) {
    for (const statement of document.Statement) yield { statement, version: document.Version };
  }
}

/** A deep copy whose statements, elements and conditions are lists. */
export function open(one) {
  const copy = structuredClone(one);
  const held = new Map(Object.entries(copy.context).map(([key, values]) => [key.toLowerCase(), values]));
  for (const { document } of policiesOf(copy)) document.Statement = [document.Statement].flat();
  for (const { statement } of statementsOf(copy)) {
    for (const name of ["Resource", "NotResource"]) {
      if (name in statement) statement[name] = [statement[name]].flat();
    }
    statement.Condition = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => condition(operator, values, held.get(key.toLowerCase()) ?? [])));
  }
  return copy;
}

function condition(operator, values, held) {
  const [, set = "", name, ifExists = ""] = PREFIX.exec(operator);
  return { set, name, ifExists, values: [values].flat().map(String), held: [...held] };
}

/** The case again, every condition with a key of its own. */
export function close(one) {
  let count = 0;
  for (const { statement } of statementsOf(one)) {
    const block = {};
    for (const { set, name, ifExists, values, held } of statement.Condition) {
      const key = `own-${(count += 1)}`;
      (block[set + name + ifExists] ??= {})[key] = values;
      one.context[key] = held;
    }
    if (Object.keys(block).length) statement.Condition = block;
    else delete statement.Condition;
  }
  return one;
}

/** What an operator is. */
export const isNegated = ({ name }) => name.includes("Not");
export const takesVariables = ({ name }) => /^(String|Arn|Bool)/.test(name);
export const hasWildcards = ({ name }) => /Like$|^Arn/.test(name);

/** Every condition with its statement and the version of its document. */
export function* conditions(one) {
  for (const { statement, version } of statementsOf(one)) {
    for (const condition of statement.Condition) yield { condition, statement, version };
  }
}

/** Every list of resources, as its owner and the element's name. */
export function* resources(one) {
  for (const { statement, version } of statementsOf(one)) {
    for (const name of ["Resource", "NotResource"]) {
      if (statement[name]) yield { statement, name, version };
    }
  }
}

/** Changes every text in which variables stand. */
export function eachText(one, say) {
  for (const { statement, name, version } of resources(one)) {
    statement[name] = statement[name].map((text) => say(text, version));
  }
  for (const { condition, version } of conditions(one)) {
    if (takesVariables(condition)) condition.values = condition.values.map((text) => say(text, version, condition));
  }
}

/** Changes every name of the type AWS. */
export function eachPrincipal(one, say) {
  for (const { statement } of statementsOf(one)) {
    for (const element of ["Principal", "NotPrincipal"]) {
      const aws = statement[element]?.AWS;
      if (aws) statement[element].AWS = [aws].flat().map(say);
    }
  }
}
