// Small charts: bars whose numbers are read as text, by whoever reads them.

import { h } from "./dom.js";

/**
 * A table in which every row has a bar. `rows` are `{name, parts: [{value, what, kind}], texts}`; the longest row fills
 * the width, and a part's `kind` is its look. `caption` says what it is about to who does not see it; `heads` name the
 * columns: that of the names first, then those of the texts.
 */
export function bars(caption, rows, heads = []) {
  const most = Math.max(...rows.map(({ parts }) => parts.reduce((sum, part) => sum + part.value, 0)), 1e-9);
  const [first, ...others] = heads.map((text) => h("th", { scope: "col" }, text));
  return h(
    "table",
    { class: "bars" },
    h("caption", { class: "visually-hidden" }, caption),
    first ? h("thead", {}, h("tr", {}, first, h("td", {}), others)) : null,
    h("tbody", {}, rows.map((row) => line(row, most))),
  );
}

function line({ name, parts, texts }, most) {
  const shown = parts.filter(({ value }) => value > 0);
  const strip = shown.map(({ value, what, kind }) => h("span", { class: "part", data: { kind }, title: what, vars: { "--share": String(value / most) } }));
  return h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "strip", "aria-hidden": "true" }, h("div", {}, strip)), texts.map((text) => h("td", { class: "numbers" }, text)));
}
