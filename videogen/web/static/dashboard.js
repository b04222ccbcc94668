// The dashboard: where the time goes, what was there already, what failed, what waits, and how much room there is.

import { api } from "./api.js";
import { bars } from "./bars.js";
import { $, errorNotice, fill, h, say, sentence } from "./dom.js";
import { ago, count, size, stateWord, took } from "./format.js";

const EVERY = 5000;
const OUTCOMES = { made: "made", restored: "taken from the store", unchanged: "up to date" };

async function look() {
  if (document.hidden) return;
  try {
    show(await api("/api/stats"));
    fill($("problem"));
  } catch (error) {
    fill($("problem"), errorNotice(error));
  }
  $("figures").removeAttribute("aria-busy");
}

function show(stats) {
  say($("when"), stats.runs ? `The last ${count(stats.runs, "build")}` : "");
  fill($("figures"), figures(stats));
  fill($("stages"), stats.stages.length ? stagesChart(stats.stages) : nothing("Nothing was made yet."));
  fill($("cache"), made(stats.targets) ? cacheChart(stats) : nothing("Nothing was made yet."));
  const focused = $("queue").contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  fill($("queue"), queue(stats));
  if (focused) [...$("queue").querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus({ preventScroll: true });
  fill($("failures"), stats.failures.length ? failures(stats.failures) : nothing("Nothing failed."));
}

const nothing = (text) => h("p", { class: "muted" }, text);
const made = (targets) => Object.keys(OUTCOMES).reduce((sum, name) => sum + (targets[name] || 0), 0);
const percent = (part) => `${Math.round(part * 100)} %`;

function figures({ tasks, reused, queue: { running, pending }, disk }) {
  const figure = (name, value, more = "") => h("div", {}, h("dt", {}, name), h("dd", {}, value, more ? h("small", {}, ` ${more}`) : null));
  return [
    figure("Films done", tasks.completed.toLocaleString("en")),
    figure("Running", String(running), pending ? `and ${pending} waiting` : ""),
    figure("Not made again", reused === null ? "–" : percent(reused)),
    figure("Failed", String(tasks.failed)),
    figure("Free on the disk", size(disk.free_bytes), `of ${size(disk.total_bytes)}`),
  ];
}

function stagesChart(stages) {
  const rows = stages.map(({ name, total_seconds: total, targets, median_seconds: median, slow_seconds: slow }) => ({
    name,
    parts: [{ value: total, what: took(total), kind: "made" }],
    texts: [took(total), targets.toLocaleString("en"), took(median), took(slow)],
  }));
  return bars("Time by stage", rows, ["Stage", "In all", "Targets", "Median", "Slow"]);
}

function cacheChart({ targets }) {
  const names = Object.keys(OUTCOMES);
  const rows = names.map((name) => ({ name: OUTCOMES[name], parts: [{ value: targets[name] || 0, what: OUTCOMES[name], kind: name }], texts: [(targets[name] || 0).toLocaleString("en")] }));
  return bars("Targets by where they came from", rows);
}

function queue({ tasks, queue: { at_once: most, fault }, disk }) {
  const states = ["running", "pending", "paused", "completed", "failed", "cancelled"].filter((state) => tasks[state]);
  return [
    fault ? h("p", { class: "notice", data: { kind: "bad" } }, sentence(fault)) : null,
    states.length ? h("ul", { class: "row" }, states.map((state) => h("li", {}, h("a", { class: "badge", data: { state }, href: `/library?status=${state}` }, `${stateWord(state)} ${tasks[state]}`)))) : nothing("No tasks yet."),
    h("p", { class: "muted small" }, `At most ${count(most, "build")} at once.`),
    h("h3", {}, "Room"),
    bars("Bytes in use", [
      room("Disk", disk.total_bytes - disk.free_bytes, disk.total_bytes),
      room("Store", disk.store_bytes, disk.store_limit_bytes),
    ]),
  ];
}

const room = (name, used, whole) => ({
  name,
  parts: [
    { value: whole ? used / whole : 0, what: "used", kind: used / whole > 0.95 ? "bad" : "made" },
    { value: whole ? 1 - used / whole : 0, what: "free", kind: "free" },
  ],
  texts: [`${size(used)} of ${size(whole)}`],
});

function failures(all) {
  return h(
    "ul",
    { class: "listed" },
    all.map(({ error, error_code: code, count: times, last }) => h("li", {}, h("strong", {}, sentence(error)), h("span", { class: "muted small numbers" }, `${times} ×`), h("p", { class: "muted small" }, `${code.toLowerCase().replaceAll("_", " ")}, last ${ago(last)}`))),
  );
}

look();
setInterval(look, EVERY);
