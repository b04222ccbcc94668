// A film with its captions and chapters, and its files to take away.

import { api } from "./api.js";
import { h } from "./dom.js";
import { chapterAt, chaptersOf, languageName } from "./films.js";
import { clock, size } from "./format.js";
import { small } from "./picture.js";

/** The bare film, with captions on: the browser's own controls know the keyboard, the screen reader and the phone. */
export function video(film, given = {}) {
  const element = h("video", { controls: true, preload: "metadata", playsInline: true, src: film.url, poster: film.thumbnail && small(film.thumbnail.url, 960), "aria-label": film.name, ...given });
  if (film.captions) {
    element.append(h("track", { kind: "captions", src: film.captions.url, srclang: film.language, label: languageName(film.language), default: true }));
  }
  return element;
}

/** A film beside its chapters, each a button that goes there. `seek(seconds)` is on the element that comes back. */
export async function player(film) {
  const shown = video(film);
  const list = h("ol", { class: "chapters" });
  const aside = h("div", { class: "aside", hidden: true }, h("h2", { class: "label", id: `chapters-${serial()}` }, "Chapters"), list);
  list.setAttribute("aria-labelledby", aside.firstChild.id);
  const element = h("article", { class: "player" }, h("div", { class: "screen" }, shown), aside, downloads(film));
  element.seek = (seconds) => {
    shown.currentTime = seconds + 0.01;
    shown.play().catch(() => {}); // a browser that wants to be asked first shows its button
    shown.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };
  if (film.chapters) await showChapters(film, element, aside, list, shown);
  return element;
}

async function showChapters(film, element, aside, list, shown) {
  let chapters = [];
  try {
    chapters = chaptersOf(await api(film.chapters.url));
  } catch {
    return; // a film is seen without them
  }
  if (chapters.length < 2) return;
  const buttons = chapters.map(({ start, title }) =>
    h("button", { type: "button", on: { click: () => element.seek(start) } }, h("span", { class: "numbers muted" }, clock(start)), h("span", {}, title)),
  );
  list.append(...buttons.map((each) => h("li", {}, each)));
  aside.hidden = false;
  shown.addEventListener("timeupdate", () => {
    const at = chapterAt(chapters, shown.currentTime);
    buttons.forEach((each, index) => (index === at ? each.setAttribute("aria-current", "true") : each.removeAttribute("aria-current")));
  });
}

/** Every file of a film that a person may want, with how much it is. */
export function downloads(film) {
  const files = [
    ["Film", film, "MP4"],
    ["Film", film.webm, "WebM"],
    ["Film", film.h265, "H.265"],
    ["Film", film.avi, "AVI"],
    ["Captions", film.captions, "VTT"],
    ["Captions", film.srt, "SRT"],
    ["Transcript", film.transcript, "Markdown"],
    ["Chapters", film.chapters, "text"],
    ["Picture", film.thumbnail, "JPEG"],
  ].filter(([, file]) => file);
  const link = ([what, file, form], at) =>
    h("li", {}, h("a", { class: at ? "button small" : "button small primary", href: `${file.url}?download=1`, download: file.name || true }, at ? what : "Download", h("span", { class: "form" }, `${form}, ${size(file.size_bytes)}`)));
  return h("ul", { class: "row downloads", "aria-label": "Downloads" }, files.map(link));
}

let last = 0;
const serial = () => (last += 1);
