// What the bar on top does on every page: signing out, where there is somebody to sign out.

import { api } from "./api.js";
import { $ } from "./dom.js";

const button = $("sign-out");
if (document.documentElement.dataset.session !== undefined) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await api("/api/session", { method: "DELETE" });
    location.assign("/login");
  });
}
