// What a film is made from: a file, a text, an address or a template.

import { $, say } from "./dom.js";
import { fieldError } from "./fields.js";
import { count, size } from "./format.js";
import { tabs } from "./tabs.js";

const PROJECT = /\.ya?ml$/i;

/**
 * The source that a person chooses. `changed` is called when it is another.
 * `current()` is `{way, file, text, address}`; `complain()` says at the field what is missing, and is true where
 * something is; `isProject()` tells whether the source says all settings itself.
 */
export function sourceChooser(changed) {
  const state = { way: "file", file: null };
  const [drop, input, text, address] = [$("drop"), $("file"), $("text"), $("address")];

  const bar = tabs(document.querySelector('[role="tablist"]'), (id) => {
    state.way = id.replace("tab-", "");
    changed();
  });

  function take(file) {
    state.file = file || null;
    fieldError("file", "");
    drop.classList.toggle("taken", Boolean(file));
    say($("drop-text"), file ? `${file.name} (${size(file.size)})` : "Drop a document here, or");
    say($("file-label"), file ? "Choose another" : "Choose a file");
    changed();
  }

  input.addEventListener("change", () => take(input.files[0] || state.file));
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      if (state.way !== "file") bar.show("tab-file");
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.remove("over");
    const files = [...event.dataTransfer.files];
    take(files[0]);
    if (files.length > 1) fieldError("file", `one film is made of one document: ${files[0].name} was taken`, "send the others after it");
  });
  text.addEventListener("input", () => {
    const words = text.value.trim().split(/\s+/).filter(Boolean).length;
    say($("text-length"), words ? `${count(words, "word")}, about ${Math.max(1, Math.round(words / 150))} min if all of it is read.` : "");
    fieldError("text", "");
    changed();
  });
  address.addEventListener("input", () => {
    fieldError("address", "");
    changed();
  });

  return {
    current: () => ({ ...state, text: text.value, address: address.value.trim() }),
    isProject: () => state.way === "template" || (state.way === "file" && PROJECT.test(state.file?.name || "")),
    complain() {
      if (state.way === "file" && !state.file) return fieldError("file", "choose a file first") && focus(input);
      if (state.way === "file" && state.file.size === 0) return fieldError("file", `${state.file.name} is empty`) && focus(input);
      if (state.way === "text" && !text.value.trim()) return fieldError("text", "write or paste some text first") && focus(text);
      if (state.way === "address" && !/^https?:\/\/\S+$/.test(address.value.trim())) {
        return fieldError("address", "a web address begins with https://") && focus(address);
      }
      return false;
    },
  };
}

function focus(control) {
  control.focus();
  return true;
}
