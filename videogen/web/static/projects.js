// The list of projects, and beginning a new one.

import { api } from "./api.js";
import { $, errorNotice, fill, h } from "./dom.js";
import { ago } from "./format.js";
import { wrongName } from "./names.js";

const BEGUN = (title) => `title: ${title}
scenes:
  - kind: title
    content: {title: ${title}, subtitle: Say in a line what it is about}
    narration: Say in a sentence or two what this film is about.
  - kind: bullets
    content:
      header: The first thing to say
      items: [A few words, Another few words]
    narration: Here is what there is to say of the first. And this is said of the other.
`;

export async function choose() {
  $("choose").hidden = false;
  $("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    begin($("name").value.trim());
  });
  try {
    const { projects } = await api("/api/projects");
    fill($("projects"), projects.map((each) => h("li", {}, h("a", { href: `/studio/${each.name}` }, h("strong", {}, each.title), h("span", { class: "muted small" }, h("code", {}, `${each.name}.yaml`), ` · changed ${ago(each.changed_at)}`)))));
  } catch (error) {
    fill($("choose-problem"), errorNotice(error));
  }
}

async function begin(name) {
  const wrong = wrongName(name);
  if (wrong) return complain(wrong);
  const title = name.replace(/[-_]/g, " ").replace(/^./, (first) => first.toUpperCase());
  try {
    await api(`/api/projects/${name}`, { method: "PUT", body: BEGUN(title), headers: { "content-type": "text/yaml", "if-none-match": "*" } });
    location.assign(`/studio/${name}`);
  } catch (error) {
    complain(error.status === 412 ? "There is a project of this name already." : error.message);
  }
  return undefined;
}

function complain(text) {
  const [field, said] = [$("name"), $("name-error")];
  said.textContent = text;
  said.hidden = !text;
  field.setAttribute("aria-invalid", String(Boolean(text)));
  field.focus();
}
