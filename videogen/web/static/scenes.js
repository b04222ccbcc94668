// The scenes of a film as they are made: each picture the moment it is there.

import { h, say } from "./dom.js";
import { clock, count } from "./format.js";
import { showPicture } from "./picture.js";

const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");
const WORDS = { pending: "waits", running: "is being made", completed: "done", failed: "failed" };

/**
 * Shows scenes in a list, and goes on with the same elements when they are shown anew: nothing flickers, and whoever
 * is on a button stays there. `play(scene)` is called to show a film from a scene on, where there is one.
 */
export function sceneList(list, play) {
  const cards = new Map();
  const sound = new Audio();
  let heard = null;

  function hear(scene, button) {
    if (heard === button && !sound.paused) return sound.pause();
    sound.src = scene.voice;
    heard = button;
    sound.play().catch(() => say(button, "Cannot be heard"));
  }
  const label = () => {
    for (const { voice } of cards.values()) say(voice, voice === heard && !sound.paused ? "Stop" : "Hear it");
  };
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, label);

  function card(scene) {
    const state = { scene };
    const picture = h("img", { alt: "", loading: "lazy", width: 320, height: 180, sizes: "(max-width: 50rem) 46vw, 17rem", hidden: true });
    const thumb = h("button", { type: "button", class: "thumb", disabled: true, on: { click: () => play(state.scene) } }, picture);
    const voice = h("button", { type: "button", class: "button quiet small", hidden: true, on: { click: () => hear(state.scene, voice) } }, "Hear it");
    const parts = { title: h("h3"), facts: h("p", { class: "muted small numbers" }) };
    const element = h("li", { class: "scene" }, thumb, h("div", { class: "row apart" }, h("div", { class: "about" }, parts.title, parts.facts), voice));
    return Object.assign(state, parts, { picture, thumb, voice, element });
  }

  function update(made, scene, playable, many) {
    made.scene = scene;
    const name = scene.title || scene.scene;
    say(made.title, name);
    say(made.facts, [many ? scene.film : "", sentenceCase(scene.kind || ""), scene.seconds ? clock(scene.seconds) : "", scene.status === "completed" ? "" : WORDS[scene.status]].filter(Boolean).join(" · "));
    made.element.dataset.state = scene.status;
    showPicture(made.picture, scene.image);
    made.thumb.disabled = !playable;
    made.thumb.setAttribute("aria-label", playable ? `Play from ${name}` : `${name}, ${WORDS[scene.status] || scene.status}`);
    made.voice.hidden = !scene.voice;
    made.voice.setAttribute("aria-label", `Hear ${name}`);
  }

  return function show(scenes, playable) {
    const keys = scenes.map((each) => `${each.film}/${each.scene}`);
    for (const [key, made] of cards) {
      if (keys.includes(key)) continue;
      made.element.remove();
      cards.delete(key);
    }
    const many = new Set(scenes.map(({ film }) => film)).size > 1;
    scenes.forEach((scene, at) => {
      if (!cards.has(keys[at])) cards.set(keys[at], card(scene));
      const made = cards.get(keys[at]);
      update(made, scene, playable, many);
      if (list.children[at] !== made.element) list.insertBefore(made.element, list.children[at] || null);
    });
    const drawn = scenes.filter((each) => each.image).length;
    return drawn < scenes.length ? `${drawn} of ${scenes.length} drawn` : count(scenes.length, "scene");
  };
}
