// What events change in the view of a task. Pure: gives another view and leaves the one before as it is.

/** The flow in words: what each stage does for a person who waits for it. */
export const STAGES = [
  ["Reading", ["source", "parse", "look"]],
  ["Writing the script", ["prompt", "ask", "script", "translate", "plan"]],
  ["Speaking", ["audio", "bed", "mix"]],
  ["Drawing", ["capture", "frames", "captions"]],
  ["Filming", ["segment", "transition", "video", "convert", "manifest"]],
  ["Checking", ["check"]],
];

/** Those that decide what scenes there are. */
const PLANNING = STAGES.slice(0, 2).flatMap(([, names]) => names);

/** The view after one more event. */
export function folded(view, event) {
  switch (event.event) {
    case "TaskCreated":
      return { ...view, status: "running", error: null, stages: view.stages.map((each) => (["running", "failed"].includes(each.status) ? { ...each, status: "pending", error: null } : each)) };
    case "TaskStarted":
      return Object.entries(event.stages).reduce((now, [name, total]) => changed(now, name, () => ({ total })), view);
    case "StageStart":
      return changed(view, event.stage, () => ({ status: "running", error: null }));
    case "Progress":
      return changed(view, event.stage, (stage) => {
        const total = Math.max(event.total, stage.total);
        const complete = event.done >= event.total && stage.status !== "failed";
        return { done: event.done, total, status: complete ? "completed" : stage.status };
      });
    case "StageError":
      return event.stage ? changed(view, event.stage, () => ({ status: "failed", error: event.error })) : { ...view, error: view.error || event.error };
    case "Warned":
      return event.name ? changed(view, event.name.split(":")[0], (stage) => ({ warnings: [...(stage.warnings || []), event.message] })) : view;
    default:
      return view;
  }
}

function changed(view, name, change) {
  const known = view.stages.some((each) => each.name === name);
  const stages = known ? view.stages : [...view.stages, { name, status: "pending", done: 0, total: 0, warnings: [] }];
  return { ...view, stages: stages.map((each) => (each.name === name ? { ...each, ...change(each) } : each)) };
}

/** The share of all targets that is there, 0 to 1; 0 as long as it is not planned how many there are. */
export function share(view) {
  if (view.status === "completed") return 1;
  const planned = view.stages.some(({ name }) => !PLANNING.includes(name));
  if (!planned) return 0;
  const total = view.stages.reduce((sum, each) => sum + Math.max(each.total, each.done), 0);
  const done = view.stages.reduce((sum, each) => sum + (each.status === "skipped" ? each.total : each.done), 0);
  return total ? Math.min(done / total, 1) : 0;
}

/** The steps that a person sees: `{name, status, done, total, error}`, of the stages that each stands for. */
export function steps(view) {
  return STAGES.map(([name, parts]) => {
    const stages = view.stages.filter((each) => parts.includes(each.name));
    const [done, total] = ["done", "total"].map((key) => stages.reduce((sum, each) => sum + each[key], 0));
    const failed = stages.find((each) => each.status === "failed");
    const over = stages.length > 0 && stages.every((each) => ["completed", "skipped"].includes(each.status) || (each.total > 0 && each.done >= each.total));
    const begun = stages.some((each) => each.status === "running" || each.done > 0);
    const status = failed ? "failed" : over || view.status === "completed" ? "completed" : begun ? "running" : "pending";
    return { name, status, done, total, error: failed?.error || null };
  });
}

/** Every warning once, in the order of the flow. */
export const warningsOf = (view) => [...new Set([...(view.result?.findings || []), ...view.stages.flatMap((each) => each.warnings || [])])];
