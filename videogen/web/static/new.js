// The page "new": takes a document and settings, says what it will take, and goes to the film's own page.

import { ApiError, api, query, signIn } from "./api.js";
import { $, errorNotice, fill, say } from "./dom.js";
import { clearErrors, fieldError, fieldOf } from "./fields.js";
import { about } from "./format.js";
import { templateForm } from "./questions.js";
import { chosenSettings, settingsForm } from "./settings.js";
import { sourceChooser } from "./source.js";

const FIELDS = ["title", "duration", "languages", "voice", "theme"];
const form = $("form");
const source = sourceChooser(changed);
let answers = null;

async function begin() {
  const [themes, voices, templates] = await Promise.all([api("/api/themes"), api("/api/voices"), api("/api/templates")]);
  settingsForm({ themes: themes.themes, voices: voices.voices }, changed);
  answers = templateForm(templates.templates);
}

let waiting = 0;

/** The source or a setting is another: what it will take is, too. */
function changed() {
  const own = source.isProject();
  $("settings-fields").disabled = own;
  $("settings-fields").hidden = own;
  $("own-settings").hidden = !own;
  say($("own-settings"), source.current().way === "template" ? "A template brings its own look. Its film can be edited in the studio, scene by scene." : "A project says all of this itself, in its YAML.");
  clearTimeout(waiting);
  waiting = setTimeout(estimate, 300);
}

async function estimate() {
  const { way, file, text } = source.current();
  const size = way === "file" ? file?.size : way === "text" ? new Blob([text]).size : 0;
  if (!size) return say($("estimate"), "");
  const settings = chosenSettings();
  try {
    const told = await api(`/api/estimate${query({ size, name: way === "file" ? file.name : "text.md", draft: $("draft").checked, duration: settings.duration, languages: settings.languages })}`);
    say($("estimate"), told.seconds ? `${told.runs ? "It will take" : "It may take"} about ${about(told.seconds)} here.` : "");
  } catch {
    say($("estimate"), ""); // a guess that cannot be made is none
  }
}

/** What is sent: a form where there is a file, JSON otherwise. */
function request() {
  const { way, file, text, address } = source.current();
  const settings = source.isProject() ? {} : chosenSettings();
  const given = { ...settings, draft: $("draft").checked };
  if (way === "text") return { ...given, text, name: (settings.title || firstLine(text)).slice(0, 80) };
  if (way === "address") return { ...given, source: address };
  if (way === "template") return { ...given, ...answers.current() };
  const body = new FormData();
  for (const [name, value] of Object.entries(given)) body.append(name, Array.isArray(value) ? value.join(",") : String(value));
  body.append("file", file, file.name);
  return body;
}

const firstLine = (text) => text.trim().split("\n")[0].replace(/^#+\s*/, "").slice(0, 80) || "text";

async function send(event) {
  event.preventDefault();
  clearErrors(form);
  fill($("form-error"));
  if (source.current().way === "template" ? answers.complain() : source.complain()) return;
  busy(true);
  try {
    const body = request();
    const task = body instanceof FormData ? await upload(body) : await api("/api/create", { method: "POST", body });
    location.assign(`/tasks/${task.id}`);
  } catch (error) {
    busy(false);
    refused(error);
  }
}

/** Sends a file, and shows how much of it has gone; fetch does not tell. */
function upload(body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/create");
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      $("sending").hidden = false;
      $("sent").value = total ? loaded / total : 0;
      say($("sent-label"), loaded < total ? "Sending" : "Looking at the document");
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else if (request.status === 401) signIn();
      else reject(new ApiError(request.status, request.response || {}));
    });
    request.addEventListener("error", () => reject(new ApiError(0, { error: "The file could not be sent.", hint: "See whether the server still runs and the file still is where it was, then try again." })));
    request.send(body);
  });
}

/** Says at the field what is wrong with it, and above the button what is about no field. */
function refused(error) {
  const { way } = source.current();
  const found = fieldOf(error, [...FIELDS, "source", ...(way === "template" ? answers.names() : [])]);
  const whole = { file: "file", text: "text", address: "address", template: "template" }[way];
  const at = FIELDS.includes(found.field) ? found.field : found.field && found.field !== "source" ? `answer-${found.field}` : whole;
  if ([400, 413, 415, 422].includes(error.status) && fieldError(at, found.message, error.hint)) {
    document.getElementById(at).focus();
    document.getElementById(at).scrollIntoView({ block: "center" });
  } else {
    fill($("form-error"), errorNotice(error));
    $("make").focus();
  }
}

function busy(on) {
  $("make").disabled = on;
  say($("make"), on ? "One moment" : "Make the film");
  if (!on) $("sending").hidden = true;
}

form.addEventListener("submit", send);
form.addEventListener("input", (event) => {
  const question = event.target.closest("#questions > *")?.querySelector(".error[id]");
  const id = question ? question.id.replace(/-error$/, "") : event.target.id;
  if (document.getElementById(id)?.getAttribute("aria-invalid")) fieldError(id, "");
});
$("draft").addEventListener("change", changed);
begin().catch((error) => fill($("form-error"), errorNotice(error)));
