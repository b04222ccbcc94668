// Which of a task's files make up a film, and what its chapters say. Pure.

/**
 * The films among the files of a task, each with the files beside it: `captions`, `srt`, `chapters`, `transcript` and
 * `thumbnail`, and `webm`, `h265` and `avi`, where they are. `film` is `video/language`, as its scenes name it.
 */
export function filmsOf(artifacts) {
  const known = new Map(artifacts.map((each) => [each.path, each]));
  return artifacts
    .filter(({ stage, path }) => stage === "video" && path.endsWith(".mp4"))
    .map((file) => {
      const stem = file.path.replace(/\.mp4$/, "");
      const beside = (ending) => known.get(stem + ending) || null;
      return {
        ...file,
        film: stem.split("/").slice(-3, -1).join("/"),
        language: stem.split(".").pop(),
        captions: beside(".vtt"),
        srt: beside(".srt"),
        chapters: beside(".chapters.txt"),
        transcript: beside(".transcript.md"),
        thumbnail: beside(".jpg"),
        webm: beside(".webm"),
        h265: beside(".hevc.mp4"),
        avi: beside(".avi"),
      };
    });
}

/** `0:00 Title` a line -> `[{start, title}]`. */
export function chaptersOf(text) {
  return text
    .split("\n")
    .map((line) => line.match(/^((?:\d+:)?\d+:\d\d) (.*)$/))
    .filter(Boolean)
    .map(([, time, title]) => ({ start: time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0), title }));
}

/** The place of the chapter that is on at a time; -1 before the first. */
export const chapterAt = (chapters, seconds) => chapters.findLastIndex((each) => each.start <= seconds + 0.05);

const NAMES = new Intl.DisplayNames(["en"], { type: "language" });

/** `de` -> `German`; what is no tag stays. */
export function languageName(tag) {
  try {
    return NAMES.of(tag);
  } catch {
    return tag;
  }
}
