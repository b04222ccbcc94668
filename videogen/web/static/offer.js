// The list of what may stand where the cursor is: it opens by itself while one types, or with Ctrl-Space, and is worked
// by arrow keys, Enter or Tab, and Escape, while the cursor stays in the text.

import { $, fill, h, say } from "./dom.js";
import { count } from "./format.js";

const MOST = 12;

/**
 * @param {HTMLTextAreaElement} area
 * @param {ReturnType<typeof import("./editor.js").editor>} editor
 * @param {() => {place: any, offers: any[]}} ask what may stand at the cursor
 */
export function offering(area, editor, ask) {
  const list = $("offers");
  let [open, chosen, shown, place] = [false, 0, [], null];

  function close() {
    if (!open) return;
    open = false;
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
    say($("offers-news"), "");
  }

  /** Whether what is offered was for another place. */
  function elsewhere() {
    const { line, column } = editor.cursor();
    return line !== place.line || column < place.from;
  }

  function show(wanted) {
    const found = ask();
    place = found.place && { ...found.place, line: editor.cursor().line };
    shown = found.offers;
    if (!shown.length || (!wanted && !place.word && place.key === "")) return close();
    open = true;
    chosen = 0;
    fill(list, shown.map((each, at) => h("li", { role: "option", id: `offer-${at}`, "aria-selected": "false", on: { pointerdown: (event) => event.preventDefault(), click: () => take(at) } }, h("code", {}, each.label), h("span", {}, each.detail))));
    list.hidden = false;
    stand();
    select(0);
    say($("offers-news"), `${count(shown.length, "offer")}: ${shown.slice(0, MOST).map((each) => each.label).join(", ")}`);
    return undefined;
  }

  /** Below the word that is offered for, or above it where there is no room. */
  function stand() {
    if (!open) return;
    const { left, top: seen, height } = editor.spot(place.from);
    const top = Math.min(Math.max(seen, height), area.clientHeight); // a field scrolls to its cursor only by and by
    const below = area.clientHeight - top > Math.min(shown.length, 6) * 30 + 12;
    list.style.setProperty("--left", `${Math.max(0, Math.min(left, area.clientWidth - list.offsetWidth - 8))}px`);
    list.style.setProperty("--top", below || top < 200 ? `${top}px` : `${top - height - list.offsetHeight}px`);
  }

  function select(at) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = (at + shown.length) % shown.length;
    list.children[chosen].setAttribute("aria-selected", "true");
    list.children[chosen].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", `offer-${chosen}`);
  }

  function take(at) {
    const { line, column } = editor.cursor();
    const before = editor.lines().slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
    const rest = editor.lines()[line].slice(column);
    let text = shown[at].insert;
    if (place.key === "" && /^\s*:/.test(rest)) text = text.replace(/:\s*$/, ""); // the colon is there already
    close();
    editor.insert(text, before + place.from, before + column);
    if (text.endsWith(": ")) show(false);
  }

  // before the editor's own keys
  area.addEventListener("keydown", keys, { capture: true });

  function keys(event) {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.code === "Space") {
      event.preventDefault();
      show(true);
      return;
    }
    if (open && elsewhere()) close(); // a key may come before it is told that the cursor has moved
    if (!open) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    if (event.key in steps) select(chosen + steps[event.key]);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) take(chosen);
    else if (event.key === "Escape") close();
    else {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  area.addEventListener("input", (event) => {
    if (event.inputType === "insertText" && event.data && /[\w\s"'-]/.test(event.data)) show(/\S/.test(event.data));
    else if (open && event.inputType === "deleteContentBackward") show(true);
    else close();
  });
  area.addEventListener("blur", close);
  document.addEventListener("selectionchange", () => {
    if (open && elsewhere()) close();
  });
  area.addEventListener("scroll", stand, { passive: true });
  return { close };
}
