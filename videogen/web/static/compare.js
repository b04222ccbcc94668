// Two films side by side: their players in step, and which scenes are not the same.

import { api } from "./api.js";
import { $, errorNotice, fill, h, say } from "./dom.js";
import { filmsOf } from "./films.js";
import { ago, count, taskTitle } from "./format.js";
import { pictured } from "./picture.js";
import { video } from "./player.js";
import { sameBytes } from "./same.js";
import { inStep } from "./step.js";

async function side(id) {
  const task = await api(`/api/tasks/${id}`);
  const [{ artifacts }, { scenes }] = await Promise.all([api(`/api/tasks/${id}/artifacts`), api(`/api/tasks/${id}/scenes`)]);
  const films = filmsOf(artifacts);
  return { task, films, scenes };
}

/** The films of both that are the same one: of one name, else the first of each. */
function matching(left, right) {
  const names = new Map(right.films.map((film) => [film.name, film]));
  const found = left.films.find((film) => names.has(film.name));
  return found ? [found, names.get(found.name)] : [left.films[0], right.films[0]];
}

async function begin() {
  const given = new URLSearchParams(location.search);
  const ids = [given.get("a"), given.get("b")];
  if (ids.some((each) => !/^task_[0-9a-f]{12}$/.test(each || ""))) {
    return fill($("problem"), errorNotice({ message: "Two films are needed to compare.", hint: "choose them in the library" }, h("a", { class: "button", href: "/library" }, "To the library")));
  }
  const sides = await Promise.all(ids.map(side));
  const films = matching(...sides);
  if (films.some((film) => !film)) {
    return fill($("problem"), errorNotice({ message: "One of these films is not there any more.", hint: "make it again, or choose another" }));
  }
  const videos = films.map((film, at) => video(film, { "aria-label": `${at ? "Second" : "First"}: ${film.name}`, controls: false }));
  fill($("sides"), sides.map(({ task }, at) => h("figure", {}, videos[at], h("figcaption", {}, h("a", { href: `/tasks/${task.id}` }, taskTitle(task)), h("span", { class: "muted small" }, [ago(task.created_at), task.input.draft ? "draft" : ""].filter(Boolean).join(" · "))))));
  const steer = inStep($("steer"), videos);
  $("steer").hidden = false;
  const pairs = paired(...sides.map(({ scenes }, at) => scenes.filter((each) => each.film === films[at].film)));
  await differences(pairs, steer);
}

/** Scenes of both by id, in the order of the later film; those that are gone stand where they stood. */
function paired(before, after) {
  const old = new Map(before.map((each) => [each.scene, each]));
  const pairs = after.map((each) => [old.get(each.scene) || null, each]);
  before.forEach((each, at) => {
    if (after.some((other) => other.scene === each.scene)) return;
    const behind = at ? pairs.findIndex(([one]) => one?.scene === before[at - 1].scene) : -1;
    pairs.splice(behind + 1, 0, [each, null]);
  });
  return pairs;
}

async function differences(pairs, steer) {
  $("differences").hidden = !pairs.length;
  let [changed, looked] = [0, 0];
  const items = pairs.map(([one, other]) => {
    const scene = other || one;
    const verdict = h("span", { class: "verdict small" }, "…");
    const picture = (each, what) => h("div", { class: "thumb" }, each?.image ? h("img", { loading: "lazy", width: 320, height: 180, sizes: "(max-width: 56rem) 46vw, 17rem", ...pictured(each.image), alt: `${what}: ${scene.title || scene.scene}` }) : h("span", { class: "muted small" }, "not in it"));
    const go = h("button", { class: "button quiet small", type: "button", "aria-label": `Play both from ${scene.title || scene.scene}`, on: { click: () => steer.from(one?.start ?? null, other?.start ?? null) } }, "Play both");
    return h("li", {}, h("div", { class: "row apart" }, h("h3", {}, scene.title || scene.scene), h("div", { class: "row" }, verdict, one && other ? go : null)), h("div", { class: "pictures" }, picture(one, "Before"), picture(other, "After")));
  });
  fill($("pairs"), items);
  await Promise.all(
    pairs.map(async (pair, at) => {
      const found = await difference(...pair);
      const item = items[at];
      item.dataset.changed = String(Boolean(found));
      say(item.querySelector(".verdict"), found || "the same");
      looked += 1;
      changed += Boolean(found);
      if (looked === pairs.length) say($("summary"), changed ? `${count(changed, "scene differs", "scenes differ")}, of ${pairs.length}.` : `All ${pairs.length} scenes are the same.`);
    }),
  );
  const filter = $("only-changed");
  filter.addEventListener("change", () => items.forEach((item) => (item.hidden = filter.checked && item.dataset.changed === "false")));
}

/** `0.4 s longer`. */
const lengthened = (before, after) => `${Math.abs(after - before).toFixed(1)} s ${after > before ? "longer" : "shorter"}`;

/** What is not the same of a scene, in words; "" where all is. */
async function difference(one, other) {
  if (!one) return "new";
  if (!other) return "gone";
  const [picture, voice] = await Promise.all([sameBytes(one.image, other.image), sameBytes(one.voice, other.voice)]);
  const longer = Math.abs((one.seconds || 0) - (other.seconds || 0)) > 0.05;
  return [picture ? "" : "picture", voice ? "" : "voice", longer ? lengthened(one.seconds, other.seconds) : ""].filter(Boolean).join(", ");
}

begin().catch((error) => fill($("problem"), errorNotice(error)));
