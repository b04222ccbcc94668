// The library: every film and every task, found, played, taken away, deleted, and two of them put side by side.

import { api, query } from "./api.js";
import { $, confirmed, errorNotice, fill, h, say } from "./dom.js";
import { filmsOf, languageName } from "./films.js";
import { ago, count, stateWord, taskTitle } from "./format.js";
import { showPicture } from "./picture.js";
import { player } from "./player.js";

const PAGE = 24;
const cards = new Map();
const chosen = new Set();
let [next, asking] = [null, new AbortController()];

function wanted() {
  return { q: $("q").value.trim(), status: $("status").value };
}

/** The first page of what is wanted, in place of what is shown. */
async function search() {
  asking.abort();
  asking = new AbortController();
  history.replaceState(null, "", `/library${query(wanted())}`);
  $("films").setAttribute("aria-busy", "true");
  try {
    const page = await api(`/api/tasks${query({ ...wanted(), limit: PAGE })}`, { signal: asking.signal });
    fill($("problem"));
    show(page.tasks);
    paged(page);
    say($("found"), page.next ? `More than ${page.tasks.length} found` : `${count(page.tasks.length, "film")} found`);
  } catch (error) {
    if (error.name !== "AbortError") fill($("problem"), errorNotice(error));
  }
  $("films").removeAttribute("aria-busy");
}

async function more() {
  try {
    const page = await api(`/api/tasks${query({ ...wanted(), limit: PAGE, before: next })}`);
    const first = page.tasks[0];
    for (const task of page.tasks) $("films").append(card(task));
    paged(page);
    if (first) cards.get(first.id).element.querySelector("a").focus();
  } catch (error) {
    fill($("problem"), errorNotice(error));
  }
}

function paged(page) {
  next = page.next;
  $("more").hidden = !next;
}

function show(tasks) {
  const list = $("films");
  if (tasks.length) return fill(list, tasks.map(card));
  const filtered = Object.values(wanted()).some(Boolean);
  fill(
    list,
    h("li", { class: "empty" }, h("h2", {}, filtered ? "Nothing like that here" : "No films yet"), h("p", { class: "muted" }, filtered ? "Try another word, or all states." : "Drop a document, and the first one is minutes away."), filtered ? null : h("a", { class: "button primary", href: "/" }, "Make a film")),
  );
}

/** The card of a task: the same element for the same task, so that nothing jumps when states are looked at again. */
function card(task) {
  const known = cards.get(task.id) || made(task.id);
  known.update(task);
  return known.element;
}

function made(id) {
  const parts = {
    image: h("img", { alt: "", loading: "lazy", width: 480, height: 270, sizes: "(max-width: 40rem) 94vw, 22rem", hidden: true, on: { error: () => (parts.image.hidden = true) } }),
    play: h("button", { type: "button", class: "thumb", on: { click: () => play(known.task) } }),
    title: h("a", {}),
    badge: h("span", { class: "badge" }),
    facts: h("p", { class: "muted small" }),
    progress: h("progress", { max: 1, value: 0 }),
    choose: h("input", { type: "checkbox", id: `choose-${id}`, on: { change: () => choose(id, parts.choose.checked) } }),
    compare: h("label", { class: "small", for: `choose-${id}` }, "Compare"),
    remove: h("button", { type: "button", class: "button quiet small danger", on: { click: () => remove(known.task) } }, "Delete"),
    download: h("a", { class: "button quiet small", hidden: true }, "Download"),
  };
  parts.play.append(parts.image);
  const element = h(
    "li",
    { class: "film" },
    parts.play,
    h("div", { class: "row apart head" }, h("h2", {}, parts.title), parts.badge),
    parts.facts,
    parts.progress,
    h("div", { class: "row apart" }, h("div", { class: "check" }, parts.choose, parts.compare), h("div", { class: "row tight" }, parts.download, parts.remove)),
  );
  const known = { element, parts, task: null, update: (task) => updated(known, task) };
  cards.set(id, known);
  return known;
}

function updated(known, task) {
  const { parts } = known;
  known.task = task;
  const [title, film] = [taskTitle(task), task.film];
  const playable = task.status === "completed" && Boolean(film);
  say(parts.title, title);
  parts.title.href = `/tasks/${task.id}`;
  say(parts.badge, stateWord(task.status));
  parts.badge.dataset.state = task.status;
  say(parts.facts, [title === task.name ? "" : task.name, ago(task.updated_at), task.input.draft ? "draft" : "", ...(task.input.languages || []).map(languageName), task.status === "failed" ? task.error?.error : ""].filter(Boolean).join(" · "));
  parts.progress.hidden = !["running", "paused", "pending"].includes(task.status);
  parts.progress.value = task.progress;
  parts.progress.setAttribute("aria-label", `Progress of ${title}`);
  showPicture(parts.image, playable ? task.picture : null);
  parts.play.disabled = !playable;
  parts.play.setAttribute("aria-label", playable ? `Play ${title}` : `${title}, ${stateWord(task.status).toLowerCase()}`);
  parts.choose.disabled = !playable;
  parts.choose.checked = chosen.has(task.id);
  parts.compare.setAttribute("aria-label", `Compare ${title}, ${ago(task.updated_at)}`);
  parts.compare.classList.toggle("muted", !playable);
  parts.remove.hidden = ["running", "pending"].includes(task.status);
  parts.remove.setAttribute("aria-label", `Delete ${title}`);
  parts.download.hidden = !playable;
  if (playable) Object.assign(parts.download, { href: `${film}?download=1`, download: decodeURIComponent(film.split("/").pop()) });
  parts.download.setAttribute("aria-label", `Download ${title}`);
}

/** Plays a film over the page; Esc goes back to where one was. */
async function play(task) {
  const close = h("button", { class: "button quiet small", type: "button", on: { click: () => box.close() } }, "Close");
  const place = h("div", { class: "stack" }, h("p", { class: "muted" }, "One moment"));
  const title = taskTitle(task);
  const box = h("dialog", { class: "theatre", "aria-label": title, on: { close: () => box.remove() } }, h("div", { class: "row apart" }, h("h2", {}, title), close), place);
  document.body.append(box);
  box.showModal();
  try {
    const { artifacts } = await api(`/api/tasks/${task.id}/artifacts`);
    const films = filmsOf(artifacts);
    fill(place, films.length ? await Promise.all(films.map(player)) : h("p", { class: "notice", data: { kind: "warn" } }, "The film is not there any more."));
    const first = place.querySelector("video");
    first?.focus();
    first?.play().catch(() => {});
  } catch (error) {
    fill(place, errorNotice(error));
  }
}

async function remove(task) {
  const title = taskTitle(task);
  if (!(await confirmed(`Delete ${title}?`, "The film and its files are removed from this machine.", "Delete it"))) return;
  try {
    await api(`/api/tasks/${task.id}?videos=true`, { method: "DELETE" });
    choose(task.id, false);
    const { element } = cards.get(task.id);
    const neighbour = element.nextElementSibling || element.previousElementSibling;
    element.remove();
    cards.delete(task.id);
    say($("found"), `${title} is deleted`);
    if (!$("films").children.length) search();
    (neighbour?.querySelector("a") || $("q")).focus();
  } catch (error) {
    fill($("problem"), errorNotice(error));
    $("problem").scrollIntoView({ block: "nearest" });
  }
}

function choose(id, on) {
  if (on) chosen.add(id);
  else chosen.delete(id);
  if (chosen.size > 2) {
    const oldest = [...chosen][0];
    chosen.delete(oldest);
    if (cards.has(oldest)) cards.get(oldest).parts.choose.checked = false;
  }
  $("chosen").hidden = !chosen.size;
  $("compare").disabled = chosen.size < 2;
  say($("chosen-text"), chosen.size < 2 ? "Choose one more film to compare with" : "Two films chosen");
}

/** What is under way is looked at again while somebody looks at it. */
async function refresh() {
  const open = [...cards.values()].filter(({ element, task }) => element.isConnected && ["running", "pending"].includes(task.status));
  if (document.hidden || !open.length) return;
  for (const { task } of open.slice(0, 8)) {
    try {
      card(await api(`/api/tasks/${task.id}`));
    } catch {
      return; // the next look may find the server again
    }
  }
}

let timer = 0;
$("q").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 200);
});
$("status").addEventListener("change", search);
$("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
$("more").addEventListener("click", more);
$("compare").addEventListener("click", () => {
  const [later, earlier] = [...chosen].map((id) => cards.get(id).task).sort((one, two) => (one.created_at < two.created_at ? 1 : -1));
  location.assign(`/compare${query({ a: earlier.id, b: later.id })}`);
});
$("unchoose").addEventListener("click", () => {
  for (const id of [...chosen]) choose(id, false);
  for (const { parts } of cards.values()) parts.choose.checked = false;
  $("q").focus();
});
const given = new URLSearchParams(location.search);
$("q").value = given.get("q") || "";
$("status").value = given.get("status") || "";
search();
setInterval(refresh, 3000);
