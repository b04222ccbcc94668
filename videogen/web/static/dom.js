// Makes elements. What a person or a file says only ever goes in as text, never as markup.

/**
 * An element with its properties and children. `on` maps events to listeners, `data` to data attributes; anything with
 * a dash, `role`, `for` and the like become attributes, the rest properties. Strings among the children are text.
 * @param {string} tag
 * @param {Record<string, any>} [given]
 * @param {...any} children
 */
export function h(tag, given = {}, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "vars") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else if (name === "class") element.setAttribute("class", value);
    else if (name in element && !name.includes("-") && !tag.startsWith("svg:") && !READ_ONLY.has(name)) element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const READ_ONLY = new Set(["list", "form", "role"]);

/** The element with an id; a page that lacks it is a mistake of ours, and says so. */
export function $(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets text only where it is another: a live region must not be read again for nothing. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A message with what is wrong, where, and what to do next.
 * @param {Error & {place?: string, hint?: string}} error
 * @param {...any} actions buttons below it
 */
export function errorNotice(error, ...actions) {
  return h(
    "div",
    { class: "notice", data: { kind: "bad" }, role: "alert" },
    h("strong", {}, sentence(error.message)),
    error.place ? h("p", { class: "small" }, "In ", h("code", {}, error.place)) : null,
    error.hint ? h("p", {}, sentence(error.hint)) : null,
    actions.length ? h("div", { class: "row" }, actions) : null,
  );
}

/** With a capital at the beginning and a full stop at the end. */
export function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…:]$/.test(begun) ? begun : `${begun}.`;
}

/** Has a person confirm what cannot be undone; true when they did. */
export function confirmed(title, text, verb) {
  return new Promise((resolve) => {
    const no = h("button", { class: "button", type: "submit", value: "no" }, "Keep it");
    const yes = h("button", { class: "button danger", type: "submit", value: "yes" }, verb);
    const box = h(
      "dialog",
      { "aria-labelledby": "confirm-title", on: { close: () => { resolve(box.returnValue === "yes"); box.remove(); } } },
      h("form", { method: "dialog", class: "stack" }, h("h2", { id: "confirm-title" }, title), h("p", {}, text), h("div", { class: "row" }, no, yes)),
    );
    document.body.append(box);
    box.showModal();
    no.focus();
  });
}
