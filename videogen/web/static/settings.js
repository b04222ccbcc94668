// How a film should be: voice, theme, accent and the like. Empty means: as videogen would have it.

import { $, fill, h } from "./dom.js";

const ACCENTS = ["blue", "cyan", "green", "orange", "pink", "purple"];
const SHAPES = { "16:9": "wide", "9:16": "upright", "1:1": "square", "4:5": "portrait" };
const FORMATS = { webm: "WebM", h265: "H.265", avi: "AVI" };
const USUAL = { theme: "midnight", accent: "blue" };

/** A picture of a title in a theme and an accent. */
const picture = (theme, accent) => `/pictures/themes/${encodeURIComponent(theme)}.webp?accent=${accent}`;

/** Offers accents and themes; `changed` is called when a setting is another. */
export function settingsForm({ themes, voices }, changed) {
  fill($("shapes"), Object.entries(SHAPES).map(shapeChoice));
  fill($("formats"), Object.entries(FORMATS).map(formatChoice));
  fill($("accents"), ACCENTS.map(accentChoice));
  fill($("themes"), themes.map(themeChoice));
  const language = () => ($("languages").value.split(",")[0] || "en").trim().slice(0, 2).toLowerCase() || "en";
  const offer = () => offerVoices(voices, language());
  offer();
  $("languages").addEventListener("change", offer);
  $("accents").addEventListener("change", () => {
    for (const each of $("themes").querySelectorAll("img")) each.src = picture(each.dataset.theme, chosen("accent"));
  });
  $("settings").addEventListener("change", changed);
}

/** The settings that were chosen, as the API takes them; what was left as it is, is left out. */
export function chosenSettings() {
  const languages = $("languages").value.split(/[,\s]+/).filter(Boolean);
  const shapes = every("aspect");
  const plain = {
    title: $("title").value.trim(),
    duration: $("duration").value.replace(/\s+/g, ""),
    voice: $("voice").value,
    theme: chosen("theme") === USUAL.theme ? "" : chosen("theme"),
    accent: chosen("accent") === USUAL.accent ? "" : chosen("accent"),
    languages: languages.length ? languages : "",
    aspect: shapes.length && shapes.join() !== "16:9" ? shapes : "",
    also: every("also").length ? every("also") : "",
  };
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== ""));
}

function every(name) {
  return [...document.querySelectorAll(`input[name="${name}"]:checked`)].map((each) => each.value);
}

function chosen(name) {
  return document.querySelector(`input[name="${name}"]:checked`)?.value || USUAL[name];
}

function shapeChoice([value, word]) {
  const id = `shape-${word}`;
  return h(
    "div",
    { class: "chip shape", data: { shape: word } },
    h("input", { type: "checkbox", name: "aspect", id, value, checked: value === "16:9" }),
    h("label", { for: id }, `${word} ${value}`),
  );
}

function formatChoice([value, name]) {
  const id = `format-${value}`;
  return h("div", { class: "chip" }, h("input", { type: "checkbox", name: "also", id, value }), h("label", { for: id }, name));
}

function accentChoice(name) {
  const id = `accent-${name}`;
  return h(
    "div",
    { class: "chip accent", data: { accent: name } },
    h("input", { type: "radio", name: "accent", id, value: name, checked: name === USUAL.accent }),
    h("label", { for: id }, name),
  );
}

function themeChoice({ name, what }) {
  const id = `theme-${name}`;
  return h(
    "div",
    { class: "theme" },
    h("input", { type: "radio", name: "theme", id, value: name, checked: name === USUAL.theme, "aria-describedby": `${id}-what` }),
    h(
      "label",
      { for: id },
      h("span", { class: "thumb" }, h("img", { src: picture(name, USUAL.accent), data: { theme: name }, alt: "", loading: "lazy", width: 320, height: 180 })),
      h("span", { class: "theme-name" }, name),
    ),
    h("span", { class: "visually-hidden", id: `${id}-what` }, what),
  );
}

/** Voices of the language, those that need no network first; `auto` takes the best of these. */
function offerVoices(voices, language) {
  const speaks = voices.filter((each) => each.language.toLowerCase().startsWith(language) && !each.id.startsWith("draft"));
  const [here, online] = [speaks.filter((each) => each.offline), speaks.filter((each) => !each.offline)];
  const before = $("voice").value;
  fill(
    $("voice"),
    h("option", { value: "" }, "The best that needs no network"),
    ["male", "female"].map((name) => h("option", { value: name }, name === "male" ? "A man" : "A woman")),
    group("On this machine", here),
    group("Online, a service of Microsoft's", online),
  );
  $("voice").value = [...$("voice").options].some((each) => each.value === before) ? before : "";
  $("voice-hint").textContent = speaks.length ? "" : `There is no voice for "${language}".`;
}

function group(label, voices) {
  if (!voices.length) return null;
  const options = voices.map((each) => h("option", { value: each.id }, [each.id, each.language, each.gender].filter(Boolean).join(", ")));
  return h("optgroup", { label }, options);
}
