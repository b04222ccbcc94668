// The page of a task: what it does now, its scenes as they finish, and in the end the film.

import { editAsProject, wasSent } from "./adopt.js";
import { api, placeOf } from "./api.js";
import { $, confirmed, errorNotice, fill, h, say, sentence } from "./dom.js";
import { filmsOf, languageName } from "./films.js";
import { folded, share, steps, warningsOf } from "./fold.js";
import { about, ago, stateWord, taskTitle, took } from "./format.js";
import { player } from "./player.js";
import { sceneList } from "./scenes.js";
import { follow } from "./stream.js";

const id = location.pathname.split("/").pop();
const path = `/api/tasks/${id}`;
const UNDERWAY = ["pending", "running"];
let view = null;
let players = new Map();
const showScenes = sceneList($("scene-list"), (scene) => players.get(scene.film)?.seek(scene.start ?? 0));

async function load() {
  const known = await api(path);
  await show(known);
  if (UNDERWAY.includes(known.status)) return watch();
  unwatch();
  $("connection").hidden = true; // it has answered, and there is nothing more to wait for
}

/** Everything anew, for another state of the task. */
async function show(known) {
  view = known;
  render();
  await Promise.all([showFilms(), refreshScenes()]);
}

let unwatch = () => {};

function watch() {
  unwatch();
  unwatch = follow(id, view.last_event || 0, {
    told: (event) => {
      view = folded(view, event);
      render();
      if (event.event === "TaskStarted") resync(); // the film has a title now
      if (["ArtifactCreated", "StageComplete", "StageError", "StageStart", "TaskStarted"].includes(event.event)) soon(refreshScenes);
    },
    ended: (last) => {
      show(last).then(() => say($("news"), `${taskTitle(view)}: ${stateWord(view.status)}`));
    },
    connection: (there) => {
      $("connection").hidden = there;
      say($("connection"), there ? "" : "The server does not answer just now. The build goes on where it is, and this page as soon as the server is back.");
      if (there && lost) resync();
      lost = !there;
    },
    refused: () => load().catch(problem),
  });
}

let lost = false;

/** After a loss the task may be in another state than the events so far say. */
async function resync() {
  try {
    const now = await api(path);
    if (!UNDERWAY.includes(now.status)) return await show(now);
    view = { ...now, stages: view.stages.length > now.stages.length ? view.stages : now.stages };
    render();
    await refreshScenes();
  } catch (error) {
    if (error.status) problem(error);
  }
}

let timer = 0;
/** At most once in a while, however much happens. */
function soon(step) {
  timer ||= setTimeout(() => {
    timer = 0;
    step().catch(() => {}); // the next event asks again
  }, 400);
}

async function refreshScenes() {
  const { scenes } = await api(`${path}/scenes`);
  $("scenes").hidden = !scenes.length;
  say($("scenes-count"), showScenes(scenes, view.status === "completed" && players.size > 0));
}

function render() {
  const title = taskTitle(view);
  say($("title"), title);
  const state = $("state");
  say(state, stateWord(view.status));
  state.dataset.state = view.status;
  say($("facts"), facts().join(" · "));
  const part = share(view);
  document.title = `${view.status === "running" ? `${Math.floor(part * 100)} % · ` : ""}${title} · videogen`;
  $("progress").hidden = view.status === "completed" || (view.status === "failed" && part === 0);
  $("total").value = part;
  if (view.status !== "running") say($("left"), "");
  if (!$("progress").hidden) renderSteps();
  renderActions();
  renderProblem();
  renderWarnings();
}

let known = [];

/** What has failed, and what was refused. The same is shown once: it is read out. */
function renderProblem() {
  const failed = view?.status === "failed" && view.error ? JSON.stringify(view.error) : "";
  if (known[0] === failed && known[1] === refused) return;
  known = [failed, refused];
  fill($("problem"), refused, failed ? failure() : null);
}

function facts() {
  const { input, created_at: created, result } = view;
  return [
    input.draft ? "Draft" : "",
    ...(input.languages || []).map(languageName),
    `asked for ${ago(created)}`,
    view.status === "completed" && result?.seconds ? `made in ${took(result.seconds)}` : "",
    view.position ? `number ${view.position} in the queue` : "",
  ].filter(Boolean);
}

let spoken = "";
function renderSteps() {
  const now = steps(view);
  const list = $("stages");
  if (!list.children.length) list.append(...now.map(({ name }) => h("li", {}, h("span", { class: "mark", "aria-hidden": "true" }), h("span", { class: "step" }, name), h("span", { class: "numbers muted" }), h("span", { class: "visually-hidden" }))));
  now.forEach(({ status, done, total }, at) => {
    const item = list.children[at];
    item.dataset.state = status === "running" && view.status !== "running" ? "pending" : status;
    say(item.children[2], total > 1 && ["running", "failed"].includes(status) ? `${done} of ${total}` : "");
    say(item.children[3], { completed: "done", running: "under way", failed: "failed", pending: "to come" }[status]);
  });
  const current = now.find(({ status }) => status === "running")?.name || "";
  if (view.status === "running" && current && current !== spoken) say($("news"), current);
  spoken = current;
}

function failure() {
  const { error, hint, exit_code: code } = view.error;
  const wrong = code === 2; // what was asked for cannot be used: to ask for the same again helps nobody
  const other = wrong ? h("a", { class: "button primary", href: "/" }, "Send another") : null;
  return errorNotice({ message: error, place: placeOf(view.error), hint }, other, button("Try again", "resume", wrong ? "" : "primary"));
}

function renderWarnings() {
  const all = warningsOf(view);
  const shown = $("warnings");
  if (shown.dataset.count === String(all.length)) return;
  shown.dataset.count = String(all.length);
  fill(
    shown,
    all.length ? h("details", { class: "card warnings", open: all.length < 4 }, h("summary", {}, `To look at (${all.length})`), h("ul", { class: "stack" }, all.map((each) => h("li", {}, sentence(each))))) : null,
  );
}

const ACTIONS = {
  pending: [["Pause", "pause"], ["Cancel", "cancel", "danger"]],
  running: [["Pause", "pause"], ["Cancel", "cancel", "danger"]],
  paused: [["Go on", "resume", "primary"], ["Cancel", "cancel", "danger"]],
  failed: [],
  cancelled: [["Go on after all", "resume"]],
  completed: [],
};

let acting = false;

function renderActions() {
  const bar = $("actions");
  if (acting || bar.dataset.status === view.status) return;
  const focused = bar.contains(document.activeElement);
  bar.dataset.status = view.status;
  const ended = ["completed", "failed", "cancelled"].includes(view.status);
  const whole = view.status === "completed" && view.input.draft ? h("button", { class: "button primary", type: "button", on: { click: makeWhole } }, "Make the film") : null;
  fill(bar, ACTIONS[view.status].map((each) => button(...each)), whole, ended ? edit() : null, ended ? h("button", { class: "button danger quiet", type: "button", on: { click: remove } }, "Delete") : null);
  if (focused) (bar.querySelector("button:not(:disabled)") || $("title")).focus();
}

/** The way to the studio: where its project is, or by making it one. */
function edit() {
  if (wasSent(view)) return h("button", { class: "button", type: "button", on: { click: () => editAsProject(view, taskTitle(view)) } }, "Edit as a project");
  const known = /^[\w-]+$/.test(view.input.project || "");
  return known ? h("a", { class: "button", href: `/studio/${encodeURIComponent(view.input.project)}` }, "Edit in the studio") : null;
}

function button(label, action, look = "") {
  return h("button", { class: `button ${look}`, type: "button", data: { action }, on: { click: (event) => act(action, event.currentTarget) } }, label);
}

async function act(action, pressed) {
  if (action === "cancel" && !(await confirmed("Cancel this film?", "What is finished stays, so that it can go on later without being made again.", "Cancel it"))) return;
  refused = null;
  acting = true; // nothing else is offered before the server has said what became of it
  for (const each of pressed.parentElement.querySelectorAll("button")) each.disabled = true;
  try {
    view = await api(`${path}/${action}`, { method: "POST" });
    acting = false;
    $("actions").dataset.status = "";
    render();
    if (action === "cancel") await show(view);
    if (action === "pause" && view.status === "running") pausing();
    if (action === "resume") watch();
  } catch (error) {
    acting = false;
    await notDone(error, DONE[action]);
  }
}

const DONE = { pause: "paused", resume: "gone on with", cancel: "cancelled", delete: "deleted" };
const NOW = { pending: "waits for its turn", running: "is being made", paused: "is paused", completed: "is done", failed: "has failed", cancelled: "is cancelled" };

/** Shows the task as it is, and that something could not be done to it: its state, which may be another by now, does not
 * allow it, or the server says why. */
async function notDone(error, done) {
  await load().catch(() => {});
  known = []; // the buttons in it are to work again
  $("actions").dataset.status = "";
  renderActions();
  const hint = /^it can be /.test(error.hint || "") ? "what can be done now is offered below" : error.hint;
  problem(error.status === 409 ? { message: `This film ${NOW[view.status]} by now, so it could not be ${done}`, hint } : error);
}

/** The film that the draft was one of. */
async function makeWhole(event) {
  event.currentTarget.disabled = true;
  try {
    const made = await api("/api/create", { method: "POST", body: { task: id, draft: false } });
    location.assign(`/tasks/${made.id}`);
  } catch (error) {
    $("actions").dataset.status = "";
    render();
    problem(error);
  }
}

function pausing() {
  const pause = document.querySelector('[data-action="pause"]');
  pause.disabled = true;
  say(pause, "Pausing");
  say($("news"), "Pausing: what is being made is finished first.");
}

async function remove() {
  if (!(await confirmed("Delete this film?", "The film and its files are removed from this machine.", "Delete it"))) return;
  try {
    await api(`${path}?videos=true`, { method: "DELETE" });
    location.assign("/library");
  } catch (error) {
    await notDone(error, DONE.delete);
  }
}

async function showFilms() {
  const section = $("films");
  if (view.status !== "completed") {
    players = new Map();
    section.hidden = true;
    return fill(section);
  }
  const { artifacts } = await api(`${path}/artifacts`);
  const films = filmsOf(artifacts);
  players = new Map();
  const all = await Promise.all(films.map(player));
  const shown = films.map((film, at) => {
    players.set(film.film, all[at]);
    return films.length > 1 ? h("div", { class: "stack" }, h("h2", {}, film.name), all[at]) : all[at];
  });
  fill(section, shown.length ? shown : h("p", { class: "notice", data: { kind: "warn" } }, "The film is not there any more: another build has taken its place, or it was deleted."));
  section.hidden = false;
}

async function timeLeft() {
  if (view?.status !== "running" || document.hidden) return;
  try {
    const { seconds, runs } = await api(`/api/estimate?task=${id}`);
    const known = seconds !== null && view.status === "running";
    say($("left"), known ? `${runs ? "" : "perhaps "}${about(seconds)} left` : "");
  } catch {
    say($("left"), "");
  }
}
setInterval(timeLeft, 3000);
// in the background nothing is followed, but the title of the tab goes on
setInterval(() => document.hidden && view && UNDERWAY.includes(view.status) && resync(), 15000);

/** What the server has refused last; it stays until something else is asked of it. */
let refused = null;

function problem(error) {
  const missing = error.status === 404;
  const told = missing ? { message: "There is no film here, or not any more", hint: "the library shows all that there are" } : error;
  refused = errorNotice(told, missing ? h("a", { class: "button", href: "/library" }, "To the library") : null);
  renderProblem();
  if (missing) say($("title"), "No such film");
  if (missing) for (const each of ["state", "actions"]) $(each).hidden = true;
}

load()
  .then(timeLeft)
  .catch(problem)
  .finally(() => $("main").removeAttribute("aria-busy"));
