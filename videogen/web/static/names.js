// Names of projects. Pure.

export const PROJECT_NAME = /^[a-z0-9]+([-_][a-z0-9]+)*$/;

/** What is wrong with a name that a person gives a project; "" where nothing is. */
export const wrongName = (name) => (!name ? "Give it a name." : PROJECT_NAME.test(name) ? "" : "Use lower-case letters, digits and single - or _.");

/** A name for what has a title: `Crème brûlée, quickly` -> `creme-brulee-quickly`. */
export function nameOf(title) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "") || "film";
}
