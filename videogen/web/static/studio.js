// The studio of a project: its text, what is wrong with it, its scenes, and the one under the cursor as it will look.

import { api, send } from "./api.js";
import { building } from "./building.js";
import { offers } from "./complete.js";
import { $, errorNotice, fill, h, say, sentence } from "./dom.js";
import { editor } from "./editor.js";
import { count } from "./format.js";
import { looking } from "./look.js";
import { offering } from "./offer.js";
import { choose } from "./projects.js";
import { read } from "./yaml.js";

const WAIT = 300; // ms in which nothing more may be typed before it is checked
const name = decodeURIComponent(location.pathname.split("/")[2] || "");
const path = `/api/projects/${encodeURIComponent(name)}`;
const kept = `videogen.studio.${name}`;

if (name) start();
else choose();

async function start() {
  $("studio").hidden = false;
  document.title = `${name} · Studio · videogen`;
  $("file").textContent = `projects/${name}.yaml`;
  say($("title"), name);

  let [saved, etag, crlf, outline, current] = ["", "", false, [], null];
  const known = { voices: [], themes: [], templates: [] };
  let schema = {};
  const area = $("text");
  const text = editor({ area, behind: $("behind"), changed, moved });
  const look = looking(() => ({ yaml: text.value, name }));
  const build = building(name);
  offering(area, text, () => {
    const { line, column } = text.cursor();
    const { place, values } = read(text.lines(), line, column);
    return { place, offers: place ? offers(schema, place, values, known) : [] };
  });

  // --- the text and what is wrong with it

  let timer = 0;
  let checking = 0;

  function changed() {
    state();
    keep();
    clearTimeout(timer);
    timer = setTimeout(check, WAIT);
    look.soon();
  }

  async function check() {
    const number = (checking += 1);
    try {
      const told = await api("/api/validate", { method: "POST", body: { yaml: text.value, name } });
      if (number !== checking) return;
      if (told.outline.length || !told.errors.length) outline = told.outline;
      text.mark(told.errors.map((each) => ({ ...each, message: sentenceOf(each) })));
      showMistakes(told.errors, told.warnings);
      showScenes(told.errors);
      moved();
    } catch (error) {
      if (error.status !== 409 && number === checking) fill($("problem"), errorNotice(error));
    }
  }

  const sentenceOf = (each) => [each.message, each.hint].filter(Boolean).join("; ");

  function showMistakes(errors, warnings) {
    const list = $("mistakes");
    list.closest(".mistakes").dataset.count = String(errors.length);
    say($("mistakes-title"), errors.length ? count(errors.length, "mistake") : warnings.length ? `No mistakes, ${count(warnings.length, "thing")} to look at` : "No mistakes");
    fill(
      list,
      errors.map((each) => h("li", {}, h("button", { type: "button", on: { click: () => each.line && text.goTo(each.line, each.column) } }, h("b", {}, each.line ? `Line ${each.line}` : each.file || "Project"), ` ${sentenceOf(each)}`))),
      warnings.slice(0, 20).map((each) => h("li", { class: "small muted" }, sentence(each))),
    );
  }

  // --- scenes

  function showScenes(errors) {
    $("scenes-none").hidden = outline.length > 0;
    const several = new Set(outline.map((each) => each.video)).size > 1;
    const rows = [];
    outline.forEach((each, at) => {
      if (several && each.video !== outline[at - 1]?.video) rows.push(h("li", { class: "video" }, each.video));
      const bad = errors.some((error) => error.line >= each.line && error.line <= each.end_line);
      rows.push(h("li", {}, h("button", { type: "button", data: { at: String(at), bad: String(bad) }, on: { click: () => go(each) } }, h("strong", {}, each.title || each.scene), h("span", {}, each.kind))));
    });
    fill($("scenes"), rows);
    mark();
  }

  function go(scene) {
    if (scene.line) text.goTo(scene.line, 1 + (text.lines()[scene.line - 1]?.search(/[^\s-]/) ?? 0));
    see(scene);
  }

  function mark() {
    for (const button of $("scenes").querySelectorAll("button")) {
      const on = outline[Number(button.dataset.at)] === current;
      if (on) {
        button.setAttribute("aria-current", "true");
        if ($("studio").contains(document.activeElement)) nearest(button);
      } else button.removeAttribute("aria-current");
    }
  }

  /** Scrolls the list, and never the page. */
  function nearest(button) {
    const list = $("scenes");
    const [box, one] = [list.getBoundingClientRect(), button.getBoundingClientRect()];
    if (one.top < box.top || one.bottom > box.bottom) list.scrollTop += one.top - box.top - 8;
    if (one.left < box.left || one.right > box.right) list.scrollLeft += one.left - box.left - 8;
  }

  /** The scene under the cursor; where it is in none, the one before stays. */
  function moved() {
    const line = text.cursor().line + 1;
    const same = outline.find((each) => each.scene === current?.scene && each.video === current?.video);
    see(outline.find((each) => each.line && line >= each.line && line <= each.end_line) || same || outline[0] || null);
  }

  function see(scene) {
    current = scene;
    text.show(scene?.line, scene?.end_line);
    say($("look-title"), scene ? scene.title || scene.scene : "Picture");
    mark();
    look.at(scene);
  }

  // --- saving

  function state() {
    const dirty = text.value !== saved;
    say($("saved"), dirty ? "not saved yet" : "saved");
    $("save").disabled = !dirty;
    document.title = `${dirty ? "• " : ""}${name} · Studio · videogen`;
  }

  /** What is not saved survives a tab that is closed, or a browser that ends. */
  function keep() {
    try {
      if (text.value === saved) localStorage.removeItem(kept);
      else localStorage.setItem(kept, JSON.stringify({ etag, text: text.value }));
    } catch {
      // no room, or not allowed: the page asks before it is left
    }
  }

  let saving = Promise.resolve();

  /** One after the other: the next has to name what the one before has left. */
  function save(headers) {
    saving = saving.then(() => write(headers));
    return saving;
  }

  async function write(headers = { "if-match": etag }) {
    const now = text.value;
    if (now === saved && etag) return true;
    const body = crlf ? now.replaceAll("\n", "\r\n") : now;
    try {
      const done = await api(path, { method: "PUT", body, headers: { "content-type": "text/yaml", ...headers } });
      [saved, etag] = [now, done.etag];
      fill($("problem"));
      keep();
      state();
      return true;
    } catch (error) {
      const theirs = h("button", { class: "button small", type: "button", on: { click: () => load().catch(problem) } }, "Take theirs");
      const mine = h("button", { class: "button small", type: "button", on: { click: () => save({ "if-match": "*" }) } }, "Keep mine");
      fill($("problem"), errorNotice(error, ...(error.status === 412 ? [theirs, mine] : [])));
      return false;
    }
  }

  async function load() {
    const answer = await send(path, { headers: { accept: "text/yaml, application/json" } });
    const found = await answer.text();
    [crlf, etag] = [found.includes("\r\n"), answer.headers.get("etag")];
    text.load(found);
    saved = text.value; // a text area ends its lines its own way
    fill($("problem"));
    state();
    await check();
  }

  function problem(error) {
    fill($("problem"), errorNotice(error));
  }

  function offerKept() {
    let mine = null;
    try {
      mine = JSON.parse(localStorage.getItem(kept) || "null");
    } catch {
      return;
    }
    if (!mine || mine.text === saved) return;
    const take = h("button", { class: "button small", type: "button", on: { click: () => { text.load(mine.text); fill($("problem")); changed(); area.focus(); } } }, "Bring it back");
    const drop = h("button", { class: "button small", type: "button", on: { click: () => { localStorage.removeItem(kept); fill($("problem")); } } }, "Forget it");
    fill($("problem"), h("div", { class: "notice", role: "status" }, h("strong", {}, "You have written something here that was never saved."), h("div", { class: "row" }, take, drop)));
  }

  $("save").addEventListener("click", () => save());
  $("build").addEventListener("click", async () => {
    const button = $("build");
    button.disabled = true;
    try {
      if (await save()) await build();
    } catch (error) {
      problem(error);
    } finally {
      button.disabled = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    } else if (event.key === "Enter") {
      event.preventDefault();
      $("build").click();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (text.value !== saved) event.preventDefault();
  });

  const catalogue = async (list) => (known[list] = (await api(`/api/${list}`))[list]);
  api("/api/schema").then((found) => (schema = found)).catch(() => {}); // then nothing is offered
  for (const list of Object.keys(known)) catalogue(list).catch(() => {});
  try {
    await load();
    offerKept();
    area.focus({ preventScroll: true });
  } catch (error) {
    problem(error);
  }
}
