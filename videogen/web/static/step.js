// Two players that go as one.

import { h, say } from "./dom.js";
import { clock } from "./format.js";

const DRIFT = 0.12;
/** Seconds by which they may be apart before the second is put right. */

/** Controls for both in `place`; `from(a, b)` plays each from a time of its own, such as where a scene begins. */
export function inStep(place, [leader, other]) {
  let apart = 0; // how much later the other is in its film
  const play = h("button", { class: "button primary", type: "button", on: { click: () => (leader.paused && !leader.ended ? start() : stop()) } }, "Play both");
  const line = h("input", { type: "range", min: 0, max: 1, step: 0.05, value: 0, "aria-label": "Time", on: { input: () => seek(Number(line.value)) } });
  const time = h("span", { class: "numbers muted" }, "0:00");
  const sound = h(
    "select",
    { "aria-label": "Sound of", on: { change: hear } },
    [["first", "Sound of the first"], ["second", "Sound of the second"], ["none", "No sound"]].map(([value, text]) => h("option", { value }, text)),
  );
  place.append(play, line, time, sound);

  function seek(seconds) {
    leader.currentTime = seconds;
    other.currentTime = Math.max(0, seconds + apart);
  }

  function start() {
    if (leader.ended) seek(0);
    other.currentTime = Math.max(0, leader.currentTime + apart);
    for (const each of [leader, other]) each.play().catch(() => {});
  }

  function stop() {
    for (const each of [leader, other]) each.pause();
  }

  function hear() {
    leader.muted = sound.value !== "first";
    other.muted = sound.value !== "second";
  }

  leader.addEventListener("timeupdate", () => {
    line.value = String(leader.currentTime);
    line.setAttribute("aria-valuetext", clock(leader.currentTime));
    say(time, `${clock(leader.currentTime)} of ${clock(leader.duration || 0)}`);
    const wanted = leader.currentTime + apart;
    if (!leader.paused && !other.seeking && wanted < (other.duration || 0) && Math.abs(other.currentTime - wanted) > DRIFT) other.currentTime = wanted;
  });
  leader.addEventListener("loadedmetadata", () => (line.max = String(leader.duration)));
  if (leader.duration) line.max = String(leader.duration);
  leader.addEventListener("play", () => say(play, "Pause both"));
  leader.addEventListener("pause", () => {
    say(play, "Play both");
    other.pause();
  });
  hear();

  return {
    from(first, second) {
      apart = (second ?? 0) - (first ?? 0);
      seek((first ?? 0) + 0.01);
      start();
      place.scrollIntoView({ block: "nearest" });
    },
  };
}
