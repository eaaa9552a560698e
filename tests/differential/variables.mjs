// Policy variables as the corrections need to see them: what a `${…}` stands for in a case.

const VARIABLE = /\$\{([^}]*)\}/g;

/** What stands in a `${…}`: a character, or a key with a default. */
function read(inside) {
  if (["*", "?", "$"].includes(inside)) return { character: inside };
  const [, key, fallback] = /^(.*?)(?:, '(.*)')?$/s.exec(inside);
  return { key: key.trim(), fallback };
}

/** The text with every `${…}` replaced by what `say` makes of it; undefined leaves it. */
export const replaced = (text, say) =>
  text.replace(VARIABLE, (whole, inside) => say({ whole, ...read(inside) }) ?? whole);

/** The values of a key in a case. */
export function valuesOf(one, key) {
  const found = Object.entries(one.context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1] ?? [];
}

/** Whether a variable of the text has no value: its key is absent without a default, or has several. */
export function isUnresolved(one, text) {
  let open = false;
  replaced(text, ({ key, fallback }) => {
    if (key === undefined) return;
    const values = valuesOf(one, key);
    open ||= values.length > 1 || (values.length === 0 && fallback === undefined);
  });
  return open;
}

/** Any text as a variable: one whose key is never there, with the text as its default. */
export const literal = (text) => `\${cognitab, '${text}'}`;

/** The variable as the text it stands for, where it stands for one. */
export function written(one, { key, fallback }) {
  if (key === undefined) return undefined;
  const values = valuesOf(one, key);
  const value = values.length ? values : [fallback];
  if (value.length !== 1 || value[0] === undefined) return `\${${key.replaceAll(":", "-")}}`;
  return value[0].replace(/[*?$]/g, (special) => `\${${special}}`);
}
