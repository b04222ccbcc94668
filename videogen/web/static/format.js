// Numbers and times as people write them. Pure.

/** `1:05`, `1:00:00`. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const pad = (value) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** How long something takes, no finer than it can be known: `a few seconds`, `40 s`, `3 min`, `1 h 20 min`. */
export function about(seconds) {
  if (seconds < 8) return "a few seconds";
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
}

/** How long something took: `0.3 s`, `12 s`, `3 min 05 s`. */
export function took(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${String(rest).padStart(2, "0")} s`;
}

/** `812 B`, `3.4 MB`. */
export function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let at = 0;
  let value = bytes;
  for (; value >= 999.5 && at < units.length - 1; at += 1) value /= 1000;
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}

/** `just now`, `5 minutes ago`, `yesterday`, then the date. */
export function ago(moment, now = new Date()) {
  const then = new Date(moment);
  const seconds = (now - then) / 1000;
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (seconds < 45) return "just now";
  if (seconds < 3570) return words.format(-Math.max(1, Math.round(seconds / 60)), "minute");
  if (seconds < 84600) return words.format(-Math.round(seconds / 3600), "hour");
  if (seconds < 86400 * 6.5) return words.format(-Math.round(seconds / 86400), "day");
  return then.toLocaleDateString("en", { day: "numeric", month: "short", year: then.getFullYear() === now.getFullYear() ? undefined : "numeric" });
}

/** `1 scene`, `3 scenes`. */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** What a person calls a task: its title, or what it was made from. */
export function taskTitle(task) {
  return task.title || task.name || task.id;
}

/** The state of a task in a word. */
export const stateWord = (status) =>
  ({ pending: "Waiting", running: "Running", paused: "Paused", completed: "Done", failed: "Failed", cancelled: "Cancelled" })[status] || status;
