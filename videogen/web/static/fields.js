// Errors at the fields they are about.

import { sentence } from "./dom.js";

/** Says what is wrong with the field that has this id; an empty message takes it away. */
export function fieldError(id, message, hint = "") {
  const control = document.getElementById(id);
  const place = document.getElementById(`${id}-error`);
  if (!place) return false;
  place.textContent = message ? [sentence(message), hint ? sentence(hint) : ""].join(" ").trim() : "";
  place.hidden = !message;
  if (control && message) control.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
  return true;
}

/** Takes every error of a form away. */
export function clearErrors(form) {
  for (const each of form.querySelectorAll(".error[id]")) {
    each.textContent = "";
    each.hidden = true;
  }
  for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
}

/**
 * What the server says of which of the `known` fields: `{field, message}`; the field is "" where it is about none of
 * them. It names fields in `details.fields`, or begins its message with one, as in `duration: …`.
 */
export function fieldOf(error, known) {
  for (const { field, message } of error.body?.details?.fields || []) {
    const name = String(field).split(".").find((part) => known.includes(part));
    if (name) return { field: name, message };
  }
  const variable = /^the variable `(\w+)`/.exec(error.message)?.[1];
  if (known.includes(variable)) return { field: variable, message: error.message };
  const [, name, rest] = /^`?(?:--)?(\w+)`?: (.*)$/s.exec(error.message) || [];
  return known.includes(name) ? { field: name, message: rest } : { field: "", message: error.message };
}
