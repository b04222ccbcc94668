// What of YAML an editor needs while it is being written: where the cursor stands among keys, and what is what on a line.
// Pure. It reads block and flow style as people write projects; whether a text is right is for the server to say.

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:{}[\],&*!|>'"%@`-][^:#{}[\],]*?|-[^\s:{}[\],][^:#{}[\],]*?)\s*:(?=\s|$)/;
const BLOCK = /^[|>][-+0-9]*\s*(?:#.*)?$/;

/**
 * A place in a project: `path` leads to the mapping that the cursor is in (keys, and numbers of list entries), `key` is
 * the key whose value it is in ("" in the place of a key), `word` what stands before it there, from column `from`.
 * @typedef {{path: (string|number)[], key: string, word: string, from: number, indent: number, flow: boolean}} Place
 */

/**
 * Reads a text up to its end, and finds out where `line` and `column` (from 0) are.
 * @param {string[]} lines
 * @returns {{place: Place|null, values: Map<string, string>}} every key of the whole text by its path, with its value
 */
export function read(lines, line = -1, column = 0) {
  const values = new Map();
  const stack = []; // {column, key} of mappings, {column, at} of lists
  let place = null;
  let scalar = -1; // column that a block scalar has to be right of
  let flow = null;

  for (let number = 0; number < lines.length; number += 1) {
    const text = lines[number];
    const here = number === line;
    if (flow) {
      flow.feed(text, here ? column : -1);
      if (here) place = flow.place;
      if (flow.closed) flow = null;
      continue;
    }
    let at = text.length - text.trimStart().length;
    const blank = at === text.length || text[at] === "#";
    if (scalar >= 0) {
      if (blank || at > scalar) {
        if (here && column > scalar && !(blank && column <= scalar)) continue; // within prose nothing is offered
        if (!here) continue;
      } else scalar = -1;
    }
    if (blank) {
      if (here && text[at] !== "#") place = open(stack, column, "", column);
      continue;
    }
    while (text[at] === "-" && (at + 1 === text.length || text[at + 1] === " ")) {
      popTo(stack, at, false);
      const top = stack.at(-1);
      if (top && top.column === at && "at" in top) top.at += 1;
      else stack.push({ column: at, at: 0 });
      dropAbove(stack, at);
      at += 1;
      while (text[at] === " ") at += 1;
    }
    if (here && column < at) continue;
    if (at >= text.length) {
      if (here) place = open(stack, Math.max(column, at), "", column);
      continue;
    }
    const found = KEY.exec(text.slice(at));
    if (!found) {
      if (here) place = bare(stack, text, at, column);
      const begun = text[at];
      if (begun === "{" || begun === "[") {
        flow = new Flow(paths(stack), values);
        flow.feed(text.slice(at), here ? column - at : -1, at);
        if (here && flow.place) place = flow.place;
        if (flow.closed) flow = null;
      }
      continue;
    }
    popTo(stack, at, true);
    const key = unquoted(found[1]);
    stack.push({ column: at, key });
    let from = at + found[0].length;
    while (text[from] === " ") from += 1;
    const value = text.slice(from);
    values.set(paths(stack).join("/"), unquoted(value.replace(/\s+#.*$/, "").trim()));
    if (here && column <= at + found[1].length) {
      place = { path: paths(stack.slice(0, -1)), key: "", word: text.slice(at, column), from: at, indent: at, flow: false };
    } else if (here && column >= at + found[0].length) {
      place = { path: paths(stack.slice(0, -1)), key, word: text.slice(from, Math.max(column, from)), from: Math.min(from, column), indent: at, flow: false };
    }
    if (BLOCK.test(value)) scalar = at;
    else if (value.startsWith("{") || value.startsWith("[")) {
      flow = new Flow(paths(stack), values);
      flow.feed(value, here ? column - from : -1, from);
      if (here && column > from) place = flow.place;
      if (flow.closed) flow = null;
    }
  }
  return { place, values };
}

function popTo(stack, column, isKey) {
  while (stack.length) {
    const top = stack.at(-1);
    if (top.column > column || (top.column === column && isKey && "key" in top)) stack.pop();
    else break;
  }
}

function dropAbove(stack, column) {
  while (stack.length && stack.at(-1).column > column) stack.pop();
}

const paths = (stack) => stack.map((each) => ("key" in each ? each.key : each.at));

/** The mapping in which a key at a column would stand. */
function open(stack, column, word, from) {
  const within = stack.filter((each) => each.column < column);
  return { path: paths(within), key: "", word, from, indent: from, flow: false };
}

/** A word that is no key yet, or an entry of a list. */
function bare(stack, text, at, column) {
  const word = text.slice(at, column);
  return { path: paths(stack.filter((each) => each.column < at)), key: "", word, from: at, indent: at, flow: false };
}

const unquoted = (text) => (/^(".*"|'.*')$/.test(text) ? text.slice(1, -1) : text);

/** A value in flow style, `{a: [b, c]}`, fed line by line. */
class Flow {
  constructor(path, values) {
    this.path = path;
    this.values = values;
    this.stack = [];
    this.closed = false;
    this.place = null;
    this.begin();
  }

  begin() {
    this.word = "";
    this.from = -1;
  }

  feed(text, column, offset = 0) {
    let quote = "";
    for (let at = 0; at <= text.length; at += 1) {
      if (at === column && !this.closed) this.place = this.here(at + offset, quote);
      const char = text[at];
      if (char === undefined) break;
      if (this.closed) return;
      if (quote) {
        if (char === "\\" && quote === '"') at += 1;
        else if (char === quote) quote = "";
        this.word += char;
        continue;
      }
      if ((char === '"' || char === "'") && !this.word.trim()) {
        quote = char;
        this.mark(at + offset);
        this.word += char;
      } else if (char === "{" || char === "[") {
        this.stack.push({ list: char === "[", key: "", at: 0 });
        this.begin();
      } else if (char === "}" || char === "]") {
        this.note();
        this.stack.pop();
        this.begin();
        this.closed = !this.stack.length;
      } else if (char === ",") {
        this.note();
        const top = this.stack.at(-1);
        if (top?.list) top.at += 1;
        else if (top) top.key = "";
        this.begin();
      } else if (char === ":" && /[\s]|$/.test(text[at + 1] ?? " ") && this.stack.length && !this.stack.at(-1).list && !this.stack.at(-1).key) {
        this.stack.at(-1).key = unquoted(this.word.trim());
        this.values.set(this.where(true).join("/"), "");
        this.begin();
      } else if (char === "#" && !this.word.trim()) {
        break;
      } else {
        if (char !== " ") this.mark(at + offset);
        if (char !== " " || this.word) this.word += char;
      }
    }
    if (this.word && !this.closed) this.word += " ";
  }

  mark(at) {
    if (this.from < 0) this.from = at;
  }

  note() {
    const top = this.stack.at(-1);
    if (top && !top.list && top.key) this.values.set(this.where(true).join("/"), unquoted(this.word.trim()));
    else if (top && !top.list && this.word.trim()) this.values.set([...this.where(false), unquoted(this.word.trim())].join("/"), "");
  }

  where(withKey) {
    const last = this.stack.length - 1;
    return [...this.path, ...this.stack.flatMap((each, at) => (each.list ? [each.at] : each.key && (at < last || withKey) ? [each.key] : []))];
  }

  here(at, quote) {
    const top = this.stack.at(-1);
    if (!top) return null;
    const from = this.from < 0 ? at : this.from;
    const path = this.where(false);
    if (top.list) return { path: path.slice(0, -1), key: String(path.at(-1)), word: this.word, from, indent: 0, flow: true, item: true };
    return { path, key: quote && !top.key ? "" : top.key, word: this.word, from, indent: 0, flow: true };
  }
}

/**
 * What stands on a line, as pieces of `{kind, text}` that are the whole line together: key, comment, string, mark, text.
 * `inside` says whether it belongs to a text that goes over several lines.
 */
export function pieces(text, inside = false) {
  if (inside) return [{ kind: "string", text }];
  const found = [];
  let rest = text;
  const take = (kind, length) => {
    if (length) found.push({ kind, text: rest.slice(0, length) });
    rest = rest.slice(length);
  };
  take("text", rest.length - rest.trimStart().length);
  while (/^-(\s|$)/.test(rest)) {
    take("mark", 1);
    take("text", rest.length - rest.trimStart().length);
  }
  const key = KEY.exec(rest);
  if (key) {
    take("key", key[1].length);
    take("mark", key[0].length - key[1].length);
  }
  while (rest) {
    const next = /^(\s*#.*$)|^("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|^([{}[\],|>]+)|^([A-Za-z_][\w-]*)(?=\s*:(\s|$))|^([^\s#{}[\],"':]+|.)|^(\s+)/.exec(rest);
    if (next[1] && (found.length === 0 || /^\s/.test(rest) || /\s$/.test(found.at(-1).text) || !found.at(-1).text.trim())) take("comment", rest.length);
    else if (next[2] && !/\w$/.test(found.at(-1)?.text ?? "")) take("string", next[2].length);
    else if (next[3]) take("mark", next[3].length);
    else if (next[4] && found.some((each) => each.text.includes("{"))) take("key", next[4].length);
    else take("text", (next[1] ? 1 : next[0].length) || 1);
  }
  return found;
}

/** Which lines belong to a text that goes over several lines (`|` or `>`). */
export function insides(lines) {
  let column = -1;
  return lines.map((text) => {
    const at = text.length - text.trimStart().length;
    if (column >= 0) {
      if (at === text.length || at > column) return true;
      column = -1;
    }
    const begun = /^(\s*(?:-\s+)*)[^#]*?:\s+[|>][-+0-9]*\s*(?:#.*)?$/.exec(text);
    if (begun) column = begun[1].length;
    return false;
  });
}
