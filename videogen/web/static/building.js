// A build of the project as it is saved: which scenes are made again, each as it is done.

import { api } from "./api.js";
import { $, errorNotice, fill, h, say } from "./dom.js";
import { count, stateWord, took } from "./format.js";
import { pictured } from "./picture.js";
import { follow } from "./stream.js";

const WHAT = { audio: "voice", frames: "picture", segment: "film", transition: "join" };

/** @param {string} name of the project */
export function building(name) {
  let stop = () => {};
  let made = new Map(); // scene -> what of it was made

  async function build() {
    stop();
    made = new Map();
    const task = await api(`/api/projects/${name}/build`, { method: "POST", body: {} });
    $("made").hidden = false;
    fill($("made-scenes"));
    fill($("made-actions"), h("a", { class: "button small", href: `/tasks/${task.id}` }, "Follow it"));
    state("pending");
    say($("made-news"), "Waiting for its turn.");
    stop = follow(task.id, 0, {
      told: (event) => told(event, task.id),
      ended: (view) => ended(view),
      connection: (there) => there || say($("made-news"), "The server does not answer just now. The build goes on."),
      refused: (status) => say($("made-news"), status === 401 ? "The build goes on, but you are signed out: sign in to see it." : "This build is gone."),
    });
  }

  function told(event, task) {
    if (event.event === "TaskStarted" || event.event === "StageStart") state("running");
    if (event.event !== "StageComplete") return;
    const [stage, film] = event.name.split(":");
    const scene = (film || "").split("/")[2];
    if (event.how !== "made" || !scene || !WHAT[stage]) return;
    made.set(scene, new Set([...(made.get(scene) || []), WHAT[stage]]));
    say($("made-news"), `${count(made.size, "scene")} made again so far`);
    soon(() => scenes(task));
  }

  let timer = 0;
  function soon(step) {
    timer ||= setTimeout(() => {
      timer = 0;
      step().catch(() => {});
    }, 300);
  }

  async function scenes(task) {
    const known = await api(`/api/tasks/${task}/scenes`);
    const list = known.scenes.filter((each) => remade(each.scene).length);
    fill($("made-scenes"), list.map((each) => h("li", { data: { scene: each.scene } }, each.image ? h("img", { loading: "lazy", sizes: "10rem", ...pictured(each.image), alt: "" }) : null, h("p", {}, h("strong", {}, each.title), h("br"), h("span", { class: "muted" }, remade(each.scene).join(", "))))));
    $("progress").max = Math.max(known.scenes.length, 1);
    $("progress").value = known.scenes.filter((each) => each.status === "completed").length;
    return known.scenes.map((each) => each.scene);
  }

  /** What of a scene was made; joins to scenes that are as they were are not theirs. */
  const remade = (scene) => [...(made.get(scene) || [])].filter((what) => what !== "join");

  async function ended(view) {
    state(view.status);
    $("progress").value = $("progress").max;
    if (view.status === "completed") {
      const order = await scenes(view.id).catch(() => [...made.keys()]);
      const again = [...new Set(order)].filter((scene) => remade(scene).length);
      const seconds = view.result?.seconds ? `, in ${took(view.result.seconds)}` : "";
      say($("made-news"), again.length ? `${count(again.length, "scene")} made again${seconds}: ${again.join(", ")}` : `Nothing had to be drawn or spoken again${seconds}`);
      fill($("made-actions"), h("a", { class: "button small primary", href: `/tasks/${view.id}` }, "Watch the film"));
    } else if (view.error) {
      say($("made-news"), "");
      fill($("made-scenes"));
      fill($("made-actions"), errorNotice({ message: view.error.error, hint: view.error.hint, place: [view.error.file, view.error.line].filter(Boolean).join(":") }));
    } else say($("made-news"), stateWord(view.status));
  }

  function state(status) {
    $("state").dataset.state = status;
    say($("state"), stateWord(status));
    $("progress").hidden = !["pending", "running"].includes(status);
  }

  return build;
}
