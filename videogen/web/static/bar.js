// What the bar on top does on every page: signing out, where there is somebody to sign out.

import { api } from "./api.js";
import { $ } from "./dom.js";

const button = $("sign-out");

async function begin() {
  const { tokens, user } = await api("/api/me");
  button.hidden = !tokens;
  button.title = `Signed in as ${user}`;
}

button.addEventListener("click", async () => {
  await api("/api/logout", { method: "POST" });
  location.assign("/login");
});
if (location.pathname !== "/login") begin().catch(() => {}); // the page itself says when the server is away
