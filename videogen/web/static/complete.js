// What may stand at a place in a project, told from its JSON Schema. Pure.

/**
 * Something that may stand there. `insert` replaces the word before the cursor.
 * @typedef {{label: string, insert: string, detail: string}} Offer
 */

/**
 * @param {Record<string, any>} schema of a project
 * @param {import("./yaml.js").Place} place
 * @param {Map<string, string>} values every key of the text
 * @param {{voices: any[], themes: any[], templates: any[]}} known
 * @returns {Offer[]}
 */
export function offers(schema, place, values, known) {
  const kindOf = (path) => values.get([...path, "kind"].join("/"));
  const nodes = follow(schema, [schema], place.path, kindOf);
  const word = place.word.trimStart().replace(/^["']/, "");
  let found;
  if (place.key === "") found = keys(schema, nodes, place, values);
  else {
    const names = NAMED[place.key];
    const path = place.item ? [...place.path, Number(place.key)] : [...place.path, place.key];
    const inner = follow(schema, [schema], path, kindOf);
    found = names && known[names.list] ? known[names.list].map(names.of) : choices(schema, inner);
    if (names?.more) found = [...names.more, ...found];
  }
  return ranked(found, word);
}

const NAMED = {
  voice: {
    list: "voices",
    of: (voice) => ({ label: voice.id, insert: quotedIfNeeded(voice.id), detail: `${voice.language}, ${voice.description}` }),
    more: [
      { label: "auto", insert: "auto", detail: "the most natural that needs no network" },
      { label: "female", insert: "female", detail: "a woman's" },
      { label: "male", insert: "male", detail: "a man's" },
    ],
  },
  theme: { list: "themes", of: (theme) => ({ label: theme.name, insert: theme.name, detail: `${theme.mode}: ${theme.what}` }) },
  template: { list: "templates", of: (template) => ({ label: template.name, insert: template.name, detail: template.description }) },
};

const quotedIfNeeded = (text) => (/:$|: |^[\d-]|#/.test(text) ? `"${text}"` : text);

function keys(schema, nodes, place, values) {
  const there = (name) => values.has([...place.path, name].join("/")) && name !== place.word;
  const found = new Map();
  for (const node of nodes) {
    for (const [name, field] of Object.entries(node.properties || {})) {
      if (!found.has(name) && !there(name)) found.set(name, { label: name, insert: `${name}: `, detail: told(schema, field), needed: (node.required || []).includes(name) });
    }
  }
  return [...found.values()].sort((one, other) => Number(other.needed) - Number(one.needed));
}

function told(schema, field) {
  const text = field.description || variants(schema, field).map((each) => each.description).find(Boolean) || "";
  return text.split("\n")[0];
}

function choices(schema, nodes) {
  const found = new Map();
  for (const node of nodes) {
    for (const value of node.enum || (node.const === undefined ? [] : [node.const])) {
      if (value === null) continue;
      const text = String(value);
      found.set(text, { label: text, insert: typeof value === "string" && /^\d+:|: |^(true|false|null|\d+(\.\d+)?)$/.test(text) ? `"${text}"` : text, detail: "" });
    }
    if (node.type === "boolean") for (const text of ["true", "false"]) found.set(text, { label: text, insert: text, detail: "" });
  }
  return [...found.values()];
}

/** The schemas of what a path leads to. */
function follow(schema, from, path, kindOf) {
  let nodes = from.flatMap((node) => variants(schema, node));
  path.forEach((step, at) => {
    const kind = kindOf(path.slice(0, at));
    nodes = nodes
      .flatMap((node) => {
        if (typeof step === "number") return items(node);
        const more = (node.allOf || []).filter((rule) => rule.if?.properties?.kind?.const === kind && rule.then).map((rule) => rule.then.properties?.[step]);
        if (more.some(Boolean)) return more.filter(Boolean);
        const field = node.properties?.[step];
        if (field) return [field];
        const named = Object.values(node.patternProperties || {});
        return typeof node.additionalProperties === "object" ? [...named, node.additionalProperties] : named;
      })
      .flatMap((node) => variants(schema, node));
  });
  return nodes;
}

function items(node) {
  if (node.type !== "array" || !node.items) return [];
  const { items: of } = node;
  return of.if ? [of.else, of.then].filter(Boolean) : [of];
}

/** A schema with its references followed, as all that it may be. */
function variants(schema, node) {
  if (!node) return [];
  if (node.$ref) return variants(schema, schema.$defs[node.$ref.replace("#/$defs/", "")]);
  const inner = node.anyOf || node.oneOf;
  if (inner && !node.properties) return inner.flatMap((each) => variants(schema, each)).filter((each) => each.type !== "null");
  return [node];
}

/** Those that begin with the word first, then those that have it in them. */
function ranked(found, word) {
  const wanted = word.toLowerCase();
  const begins = found.filter((each) => each.label.toLowerCase().startsWith(wanted));
  const holds = wanted.length > 1 ? found.filter((each) => !begins.includes(each) && each.label.toLowerCase().includes(wanted)) : [];
  return [...begins, ...holds].filter((each) => each.label !== word || found.length === 1 || begins.length > 1).slice(0, 60);
}
