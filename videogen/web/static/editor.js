// A text field that shows what it holds as a text editor does: lines with numbers and marks, colours, mistakes in place.
// The field itself stays what it is, so undo, search, speech input and screen readers work as everywhere; the same text
// stands behind it once more, in the same places, for what a text field cannot show.

import { h } from "./dom.js";
import { insides, pieces } from "./yaml.js";

const STEP = "  ";

/**
 * Makes an editor of a textarea with a layer behind it.
 * `changed` is called after every change, `moved` when the cursor is in another place.
 * @param {{area: HTMLTextAreaElement, behind: HTMLElement, changed: () => void, moved: () => void}} parts
 */
export function editor({ area, behind, changed, moved }) {
  let drawn = [];
  let mistakes = new Map(); // line (from 1) -> [{column, message}]
  let scene = [0, -1];
  let leaving = false;

  const lines = () => area.value.split("\n");

  /** Line and column of the cursor, both from 0. */
  function cursor() {
    const before = area.value.slice(0, area.selectionStart).split("\n");
    return { line: before.length - 1, column: before.at(-1).length };
  }

  function draw() {
    const texts = lines();
    const inside = insides(texts);
    const at = cursor().line;
    texts.forEach((text, number) => {
      const wrong = mistakes.get(number + 1);
      const here = number + 1 >= scene[0] && number + 1 <= scene[1];
      const state = JSON.stringify([text, inside[number], wrong, here, number === at]);
      if (drawn[number]?.state === state) return;
      const row = line(text, inside[number], wrong);
      Object.assign(row.dataset, { number: number + 1, scene: here, current: number === at, bad: Boolean(wrong) });
      if (drawn[number]) drawn[number].row.replaceWith(row);
      else behind.append(row);
      drawn[number] = { state, row };
    });
    for (const gone of drawn.splice(texts.length)) gone.row.remove();
    follow();
  }

  function follow() {
    behind.style.transform = `translateY(${-area.scrollTop}px)`;
  }

  /** Replaces from a place on to the cursor (or the selection), so that undo knows it. */
  function insert(text, from = area.selectionStart, to = area.selectionEnd) {
    area.setSelectionRange(from, to);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new Event("input"));
    }
  }

  function indent(back) {
    const [from, to] = [area.selectionStart, area.selectionEnd];
    const begin = area.value.lastIndexOf("\n", from - 1) + 1;
    if (from === to && !back) return insert(STEP.slice((from - begin) % STEP.length));
    const end = to > from && area.value[to - 1] === "\n" ? to - 1 : to;
    const stop = area.value.indexOf("\n", end) < 0 ? area.value.length : area.value.indexOf("\n", end);
    const before = area.value.slice(begin, stop).split("\n");
    const after = before.map((text) => (back ? text.replace(/^ {1,2}/, "") : text && STEP + text));
    if (before.join() === after.join()) return undefined;
    insert(after.join("\n"), begin, stop);
    const grown = (number) => after[number].length - before[number].length;
    const all = after.join("\n").length - before.join("\n").length;
    area.setSelectionRange(Math.max(begin, from + grown(0)), to + (from === to ? grown(0) : all));
    return undefined;
  }

  /** A new line stands where a person would put it: below the keys of a mapping, or one step into what a key opens. */
  function newLine() {
    const { line: number, column } = cursor();
    const before = lines()[number].slice(0, column);
    const entry = /^(\s*(?:-\s+)+)\S/.exec(before);
    const spaces = entry ? " ".repeat(entry[1].length) : /^\s*/.exec(before)[0];
    const opens = /:\s*(?:[|>][-+0-9]*)?\s*$/.test(before) && before.trim() !== "";
    insert(`\n${spaces}${opens ? STEP : ""}`);
  }

  area.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") leaving = true;
    else if (event.key === "Tab" && plain && !leaving) {
      event.preventDefault();
      indent(event.shiftKey);
    } else if (event.key === "Enter" && plain && !event.shiftKey) {
      event.preventDefault();
      newLine();
    } else if (!["Tab", "Shift"].includes(event.key)) leaving = false;
  });
  area.addEventListener("blur", () => (leaving = false));
  area.addEventListener("input", () => {
    draw();
    changed();
  });
  area.addEventListener("scroll", follow, { passive: true });
  let last = -1;
  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== area || area.selectionStart === last) return;
    last = area.selectionStart;
    draw();
    moved();
  });

  return {
    cursor,
    insert,
    lines,
    get value() {
      return area.value;
    },
    /** Another text, without a way back by undo: for what was loaded. */
    load(text) {
      area.value = text;
      area.setSelectionRange(0, 0);
      area.scrollTo(0, 0);
      draw();
    },
    /** Shows what is wrong: `{line, column, message}`, lines and columns from 1. */
    mark(wrong) {
      mistakes = new Map();
      for (const each of wrong) if (each.line) mistakes.set(each.line, [...(mistakes.get(each.line) || []), each]);
      draw();
    },
    /** Marks the lines of a scene. */
    show(first, end) {
      scene = [first || 0, end || -1];
      draw();
    },
    /** Puts the cursor on a line (from 1), and has it seen. */
    goTo(number, column = 1, focus = true) {
      const all = lines();
      const start = all.slice(0, number - 1).reduce((sum, text) => sum + text.length + 1, 0);
      const place = start + Math.min(Math.max(column - 1, 0), (all[number - 1] || "").length);
      area.setSelectionRange(place, place);
      draw();
      const { offsetTop: top, offsetHeight: height } = drawn[Math.min(number, all.length) - 1].row;
      if (top < area.scrollTop || top + height > area.scrollTop + area.clientHeight) area.scrollTop = Math.max(0, top - area.clientHeight / 3);
      if (focus) area.focus({ preventScroll: true });
    },
    /** Where a column of the cursor's line is seen: from the left and the top of the field, and how high a line is. */
    spot(column) {
      const { row } = drawn[cursor().line];
      const [box, one] = [area.getBoundingClientRect(), at(row, column)];
      return { left: one.left - box.left, top: one.bottom - box.top, height: one.height };
    },
  };
}

/** Where a column of a drawn line is on the screen. */
function at(row, column) {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let [node, left] = [walker.nextNode(), column]; node; left -= node.length, node = walker.nextNode()) {
    if (node.parentElement.className === "said" || left > node.length) continue;
    range.setStart(node, left);
    range.setEnd(node, left);
    const found = range.getBoundingClientRect();
    if (found.height) return found;
  }
  return row.getBoundingClientRect();
}

/** A line in its colours; from where it is wrong on, underlined, and what is wrong behind it. */
function line(text, inside, wrong) {
  const from = wrong ? Math.min(...wrong.map((each) => (each.column || 1) - 1)) : -1;
  const word = from < 0 ? 0 : (/^(?:"[^"]*"|'[^']*'|[^\s:,}\]]+|.)/.exec(text.slice(from)) || [" "])[0].length;
  const parts = [];
  let at = 0;
  for (const piece of pieces(text, inside)) {
    for (const [begin, end, bad] of cuts(at, at + piece.text.length, from, from + word)) {
      parts.push(h("span", { class: bad ? `${piece.kind} wrong` : piece.kind }, text.slice(begin, end)));
    }
    at += piece.text.length;
  }
  const said = wrong ? h("span", { class: "end" }, h("span", { class: "said" }, wrong.map((each) => each.message).join("; "))) : null;
  return h("div", { class: "line" }, parts.length ? parts : "\u200b", said);
}

function cuts(begin, end, from, to) {
  if (to <= begin || from >= end) return [[begin, end, false]];
  const found = [];
  if (from > begin) found.push([begin, from, false]);
  found.push([Math.max(begin, from), Math.min(end, to), true]);
  if (to < end) found.push([to, end, false]);
  return found;
}
