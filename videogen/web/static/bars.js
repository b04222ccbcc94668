// Small charts: bars whose numbers are read as text, by whoever reads them.

import { h } from "./dom.js";

/**
 * A table in which every row has a bar. `rows` are `{name, parts: [{value, what, kind}], text}`; the longest row fills
 * the width, and a part's `kind` is its look. `caption` says what it is about to who does not see it.
 */
export function bars(caption, rows) {
  const most = Math.max(...rows.map(({ parts }) => parts.reduce((sum, part) => sum + part.value, 0)), 1e-9);
  return h(
    "table",
    { class: "bars" },
    h("caption", { class: "visually-hidden" }, caption),
    h("tbody", {}, rows.map((row) => line(row, most))),
  );
}

function line({ name, parts, text }, most) {
  const strip = parts.map(({ value, what, kind }) => h("span", { class: "part", data: { kind }, title: what, vars: { "--share": String(value / most) } }));
  return h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "strip", "aria-hidden": "true" }, h("div", {}, strip)), h("td", { class: "numbers" }, text));
}

/** What the looks of the parts mean. */
export const legend = (parts) => h("ul", { class: "legend", "aria-hidden": "true" }, parts.map(([kind, text]) => h("li", { data: { kind } }, text)));
