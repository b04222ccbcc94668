// The page "login": a token for a session, then back to where one came from.

import { api } from "./api.js";
import { $ } from "./dom.js";
import { fieldError } from "./fields.js";

/** Only ever a path of this server's: an address of somebody else's is not gone to. */
function next() {
  const wanted = new URLSearchParams(location.search).get("next") || "/";
  const target = new URL(wanted, location.origin);
  // the whole address, not its path: one that begins with // would be another server's
  return target.origin === location.origin && wanted.startsWith("/") && target.pathname !== "/login" ? target.href : "/";
}

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = $("token").value.trim();
  fieldError("token", token ? "" : "type or paste your token");
  if (!token) return $("token").focus();
  $("enter").disabled = true;
  try {
    await api("/api/login", { method: "POST", body: { token } });
    location.assign(next());
  } catch (error) {
    $("enter").disabled = false;
    fieldError("token", error.message, error.hint);
    $("token").select();
  }
});
$("token").focus();
