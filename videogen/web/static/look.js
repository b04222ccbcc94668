// The picture and the voice of a scene as they would be in the film, of the text as it stands.

import { send } from "./api.js";
import { $, say } from "./dom.js";

const WAIT = 140; // ms in which nothing more may be typed

/**
 * @param {() => {yaml: string, name: string}} source what is looked at
 */
export function looking(source) {
  let [scene, shown, timer, asking, again] = [null, "", 0, null, false];
  let address = "";
  const sound = new Audio();

  /** Another scene, or none; it is drawn when nothing has happened for a moment. */
  function at(next) {
    const another = next?.scene !== scene?.scene || next?.video !== scene?.video;
    scene = next;
    $("hear").disabled = !scene;
    if (!scene) return;
    if (another) hush();
    soon();
  }

  function soon() {
    if (!scene) return;
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  }

  function wanted() {
    return { ...source(), scene: scene.scene, video: scene.video || null, aspect: $("aspect").value || null, at: $("at").value };
  }

  async function draw() {
    const ask = wanted();
    const key = JSON.stringify(ask);
    if (key === shown) return;
    if (asking) {
      again = true; // one at a time: the last of many is drawn when this one is there
      return;
    }
    asking = new AbortController();
    const frame = $("frame");
    if (frame.dataset.state !== "empty") frame.dataset.state = "waiting";
    const begun = performance.now();
    try {
      const answer = await send("/api/preview", { method: "POST", body: ask, headers: { accept: "image/png, application/json" }, signal: asking.signal });
      await show(await answer.blob(), ask.scene);
      shown = key;
      frame.dataset.ms = String(Math.round(performance.now() - begun));
    } catch (error) {
      if (error.status !== 409 && error.name !== "AbortError") problem(error);
    } finally {
      asking = null;
      if (again) {
        again = false;
        draw();
      }
    }
  }

  async function show(blob, name) {
    const next = URL.createObjectURL(blob);
    const image = new Image();
    image.src = next;
    await image.decode();
    const picture = $("picture");
    picture.src = next;
    picture.alt = `The scene ${name} as it will look`;
    picture.hidden = false;
    $("frame").dataset.state = "shown";
    $("frame").dataset.scene = name;
    say($("look-news"), "");
    if (address) URL.revokeObjectURL(address);
    address = next;
  }

  function problem(error) {
    const frame = $("frame");
    frame.dataset.state = frame.dataset.state === "empty" ? "empty" : "stale";
    say($("look-news"), error.message);
  }

  // --- the voice

  let speaking = null;

  function hush() {
    speaking?.abort();
    speaking = null;
    sound.pause();
    say($("hear"), "Hear it");
    say($("hear-news"), "");
  }

  async function hear() {
    if (speaking || !sound.paused) return hush();
    speaking = new AbortController();
    say($("hear"), "Stop");
    say($("hear-news"), "Speaking it …");
    try {
      const { aspect: _, at: __, ...ask } = wanted();
      const answer = await send("/api/preview/voice", { method: "POST", body: ask, headers: { accept: "audio/mpeg, application/json" }, signal: speaking.signal });
      if (sound.src) URL.revokeObjectURL(sound.src);
      sound.src = URL.createObjectURL(await answer.blob());
      speaking = null;
      say($("hear-news"), "");
      await sound.play();
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      hush();
      say($("hear-news"), [error.message, error.hint].filter(Boolean).join("; "));
    }
    return undefined;
  }

  sound.addEventListener("ended", hush);
  $("hear").addEventListener("click", hear);
  for (const id of ["aspect", "at"]) $(id).addEventListener("change", soon);
  return { at, soon };
}
