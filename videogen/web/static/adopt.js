// Going on in the studio with what was sent for a film: it becomes a project of the folder, under a name.

import { api } from "./api.js";
import { errorNotice, fill, h } from "./dom.js";
import { fieldError } from "./fields.js";
import { PROJECT_NAME, nameOf, wrongName } from "./names.js";

/** Whether a film is of something that was sent here, and not of what lies in the folder. */
export const wasSent = ({ metadata }) => Boolean(metadata.confined) && metadata.confined !== ".";

/** What becomes of it, as a person is told: all of it, or the document with what is set for it. */
function told({ input }, name) {
  const place = (ending) => h("code", {}, `projects/${PROJECT_NAME.test(name) ? name : "NAME"}${ending}`);
  const document = input.source?.startsWith(`${input.output_dir}/`) && input.source.match(/\.\w+$/)?.[0].toLowerCase();
  if (document) return ["Its document is kept as ", place(document), ", beside ", place(".yaml"), ", which sets its title, look, voice and length. The studio edits these; the text is edited in that file."];
  if (input.source) return ["It becomes ", place(".yaml"), ", which names the address and sets title, look, voice and length."];
  return ["All of it becomes ", place(".yaml"), ": every scene, what it shows and what it says."];
}

/** Asks for a name, and opens the project in the studio. */
export function editAsProject(view, title) {
  const text = h("p", {});
  const name = h("input", { type: "text", id: "project", value: nameOf(title), maxLength: 60, autocomplete: "off", autocapitalize: "none", spellcheck: false, "aria-describedby": "project-hint project-error", on: { input: changed } });
  const save = h("button", { class: "button primary", type: "submit" }, "Save and edit");
  const cancel = h("button", { class: "button", type: "button", on: { click: () => box.close() } }, "Cancel");
  const problem = h("div", {});
  const form = h(
    "form",
    { class: "stack", noValidate: true, on: { submit } },
    h("h2", { id: "adopt-title" }, "Edit as a project"),
    text,
    h("div", { class: "field" }, h("label", { for: "project" }, "Name of the project"), name, h("p", { class: "hint", id: "project-hint" }, "Whoever uses this server sees its projects."), h("p", { class: "error", id: "project-error", hidden: true })),
    problem,
    h("div", { class: "row" }, save, cancel),
  );
  const box = h("dialog", { "aria-labelledby": "adopt-title", on: { close: () => box.remove() } }, form);
  document.body.append(box);
  changed();
  box.showModal();
  name.select();

  function changed() {
    fill(text, told(view, name.value.trim()));
    if (name.getAttribute("aria-invalid")) fieldError("project", "");
  }

  function complain(message, hint) {
    fieldError("project", message, hint);
    name.focus();
  }

  async function submit(event) {
    event.preventDefault();
    const wanted = name.value.trim();
    const wrong = wrongName(wanted);
    if (wrong) return complain(wrong);
    save.disabled = true;
    fill(problem);
    try {
      const made = await api(`/api/tasks/${view.id}/project`, { method: "POST", body: { name: wanted } });
      location.assign(`/studio/${made.name}`);
    } catch (error) {
      save.disabled = false;
      if (error.status === 409 && error.hint.includes("name")) complain(error.message, error.hint);
      else fill(problem, errorNotice(error));
    }
    return undefined;
  }
}
