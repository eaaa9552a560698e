// The smallest case that still shows the same.

const REQUIRED = new Set(["Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Statement", "document", "name"]);

/** Tries smaller cases until none of them still `shows` it. */
export function shrink(one, shows) {
  let smallest = one;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerCases(smallest)) {
      if (shows(smaller)) {
        smallest = smaller;
        again = true;
        break;
      }
    }
  }
  return smallest;
}

/** Every case that is one step smaller. */
function* smallerCases(one) {
  const { principal, action, resource, account, must_allow, ...rest } = one;
  for (const smaller of less(rest)) yield { principal, action, resource, account, must_allow, ...smaller };
}

function* less(value, key) {
  if (Array.isArray(value)) yield* lessOfList(value);
  else if (value && typeof value === "object") yield* lessOfObject(value);
  else if (typeof value === "string" && !["Effect", "Version", "name"].includes(key)) yield* lessOfText(value);
}

function* lessOfList(list) {
  for (const at of list.keys()) yield list.toSpliced(at, 1);
  for (const [at, item] of list.entries()) {
    for (const smaller of less(item)) yield list.with(at, smaller);
  }
}

function* lessOfObject(object) {
  for (const key of Object.keys(object)) {
    if (REQUIRED.has(key)) continue;
    const { [key]: _, ...rest } = object;
    yield rest;
  }
  for (const [key, value] of Object.entries(object)) {
    for (const smaller of less(value, key)) yield { ...object, [key]: smaller };
    if (Array.isArray(value) && value.length === 1 && key !== "session") yield { ...object, [key]: value[0] };
  }
}

/** Halves first, then a character less; of an ARN only what names the resource. */
function* lessOfText(whole) {
  const head = /^arn:([^:]*:){4}/.exec(whole)?.[0] ?? "";
  for (const smaller of lessOfPlain(whole.slice(head.length))) yield head + smaller;
}

function* lessOfPlain(text) {
  if (text.length > 8) yield text.slice(0, text.length / 2);
  if (text !== "*" && text.length > 1) yield "*";
  for (let at = 0; at < text.length && text.length <= 24; at += 1) yield text.slice(0, at) + text.slice(at + 1);
}
