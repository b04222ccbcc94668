// The questions of a template: text, number, yes or no, and lists whose entries may have fields of their own.

import { $, fill, h } from "./dom.js";
import { fieldError } from "./fields.js";

/** Offers the templates; `current()` is `{template, answers}` with what has been answered. */
export function templateForm(templates) {
  const select = $("template");
  fill(select, templates.map((each) => h("option", { value: each.name }, each.name.replaceAll("-", " "))));
  let asked = [];

  function show() {
    const template = templates.find((each) => each.name === select.value);
    $("template-hint").textContent = template?.description || "";
    asked = Object.entries(template?.variables || {}).map(([name, variable]) => question(name, variable));
    fill($("questions"), asked.map((each) => each.element));
    unneeded();
  }

  function answers() {
    const given = asked.filter((each) => !each.element.hidden).map((each) => [each.name, each.read()]);
    return Object.fromEntries(given.filter(([, value]) => answered(value)));
  }

  /** Hides questions that what was answered so far makes needless. */
  function unneeded() {
    const known = Object.fromEntries(asked.map((each) => [each.name, each.read()]));
    for (const each of asked) each.element.hidden = Boolean(each.when) && !answered(known[each.when]);
  }

  /** Says at every question that lacks an answer that it needs one, and goes to the first; true where there are any. */
  function complain() {
    const lacking = asked.filter((each) => each.needed && !each.element.hidden && !answered(each.read()));
    for (const { name } of lacking) fieldError(`answer-${name}`, "this needs an answer");
    const control = lacking[0]?.element.querySelector("input, select, textarea, button");
    control?.focus();
    return lacking.length > 0;
  }

  select.addEventListener("change", show);
  $("questions").addEventListener("input", unneeded);
  $("questions").addEventListener("change", unneeded);
  show();
  return { current: () => ({ template: select.value, answers: answers() }), complain, names: () => asked.map((each) => each.name) };
}

const answered = (value) => value !== "" && value !== undefined && value !== false && !(Array.isArray(value) && !value.length);

function question(name, variable) {
  const id = `answer-${name}`;
  const needed = variable.default === undefined || variable.default === null;
  const about = { id, variable, label: label(name), needed };
  const made = { list: listOf, flag: flag, number: one, text: one }[variable.type || "text"](about);
  return { name, needed: needed && variable.type !== "flag", when: variable.when || "", ...made };
}

/** `first_points` -> `First points`. */
const label = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
const optional = (needed) => (needed ? null : h("span", { class: "muted optional" }, " (may be left out)"));
const hintOf = (id, text) => h("p", { class: "hint", id: `${id}-hint` }, text.charAt(0).toUpperCase() + text.slice(1));
const errorOf = (id) => h("p", { class: "error", id: `${id}-error`, hidden: true });

function one({ id, variable, label: name, needed }) {
  const described = { id, "aria-describedby": `${id}-hint ${id}-error`, "aria-required": needed ? "true" : null };
  const placeholder = typeof variable.default === "string" ? variable.default : "";
  let control;
  if (variable.choices?.length) control = h("select", described, h("option", { value: "" }, "…"), variable.choices.map((each) => h("option", {}, each)));
  else if (/code/.test(id)) control = h("textarea", { ...described, rows: 5, spellcheck: false, class: "code" });
  else if (variable.type === "number") control = h("input", { ...described, type: "number", step: "any" });
  else control = h("textarea", { ...described, rows: 1, placeholder, class: "grows" });
  const element = h("div", { class: "field" }, h("label", { for: id }, name, optional(needed)), control, hintOf(id, variable.description), errorOf(id));
  const number = variable.type === "number";
  return { element, read: () => (control.value.trim() === "" ? "" : number ? Number(control.value) : control.value.trim()) };
}

function flag({ id, variable, label: name }) {
  const box = h("input", { type: "checkbox", id, checked: variable.default === true, "aria-describedby": `${id}-hint` });
  const element = h("div", { class: "check" }, box, h("div", {}, h("label", { for: id }, name), hintOf(id, variable.description)));
  return { element, read: () => box.checked };
}

function listOf(about) {
  const { id, variable, label: name, needed } = about;
  const keys = Object.keys(variable.fields || {});
  const entries = h("ol", { class: "entries stack", id });
  const add = h("button", { class: "button small", type: "button", on: { click: () => more().focus() } }, "Add one");
  const readers = new Map();

  function more() {
    const at = entries.children.length + 1;
    const item = h("li", { class: "entry" });
    const parts = keys.length ? keys.map((key) => part(`${id}-${serial()}`, key, variable.fields[key])) : [line(`${id}-${serial()}`, `${name}, ${at}`)];
    const remove = h("button", { class: "button quiet small", type: "button", "aria-label": `Remove entry ${at}`, on: { click: () => gone(item) } }, "Remove");
    item.append(h("div", { class: keys.length ? "stack" : "" }, parts.map((each) => each.element)), remove);
    readers.set(item, () => read(parts, keys));
    entries.append(item);
    return parts[0].control;
  }

  function gone(item) {
    readers.delete(item);
    item.remove();
    entries.dispatchEvent(new Event("change", { bubbles: true }));
    add.focus();
  }

  if (needed) more();
  const element = h("fieldset", { class: "field" }, h("legend", { class: "label" }, name, optional(needed)), hintOf(id, variable.description), entries, h("div", {}, add), errorOf(id));
  return { element, read: () => [...entries.children].map((item) => readers.get(item)()).filter((value) => value !== "" && value !== null) };
}

let last = 0;
const serial = () => (last += 1);

function line(id, text) {
  const control = h("input", { type: "text", id, "aria-label": text });
  return { control, element: control, read: () => control.value.trim() };
}

/** A field of an entry; where that is a list itself, its entries are one a line. */
function part(id, key, said) {
  const { description, type = "text" } = typeof said === "string" ? { description: said } : said;
  const many = type === "list";
  const control = many || /code|good|bad|narration/.test(key) ? h("textarea", { id, rows: 1, class: /code|good|bad/.test(key) ? "grows code" : "grows" }) : h("input", { type: "text", id });
  control.setAttribute("aria-describedby", `${id}-hint`);
  const element = h("div", { class: "field" }, h("label", { for: id }, label(key)), control, hintOf(id, many ? `${description}; one a line` : description));
  const lines = () => control.value.split("\n").map((each) => each.trim()).filter(Boolean);
  return { key, control, element, read: () => (many ? lines() : control.value.trim()) };
}

function read(parts, keys) {
  if (!keys.length) return parts[0].read();
  const given = Object.fromEntries(parts.map((each) => [each.key, each.read()]).filter(([, value]) => answered(value)));
  return Object.keys(given).length ? given : null;
}
