// The dashboard: where the time goes, what was there already, what failed, what waits, and how much room there is.

import { api } from "./api.js";
import { bars, legend } from "./bars.js";
import { $, errorNotice, fill, h, say, sentence } from "./dom.js";
import { ago, count, size, stateWord, took } from "./format.js";

const EVERY = 5000;

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
  say($("when"), `Of ${count(stats.builds, "build")}${stats.since ? ` since ${ago(stats.since)}` : ""}`);
}

look();
setInterval(look, EVERY);
