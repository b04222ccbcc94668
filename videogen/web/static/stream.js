// The events of a task as they happen: every one once and in order, over every loss of the connection.

const KINDS = ["TaskCreated", "TaskStarted", "StageStart", "Progress", "StageComplete", "StageError", "Warned", "ArtifactCreated", "TaskCompleted", "TaskFailed", "TaskPaused"];
const [FIRST_WAIT, LONGEST_WAIT] = [500, 8000];

/**
 * Follows a task from the event behind number `after`. `told` is called with each event, `ended` with the task's view
 * when there is no more to come, `connection` with whether the server is there, `refused`, with the
 * status, when it is and will not say.
 * Returns a function that stops it.
 *
 * EventSource goes on by itself after a broken connection, but gives up for good after any answer that is no stream,
 * such as that of a server that is just starting: then it is begun anew. A page that nobody looks at holds no
 * connection, as a browser has only six for a server.
 */
export function follow(task, after, { told, ended, connection, refused }) {
  let [source, timer, wait, done] = [null, 0, FIRST_WAIT, false];

  function open() {
    close();
    if (done || document.hidden) return;
    source = new EventSource(`/api/progress/${task}?after=${after}`);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      connection(true);
    });
    source.addEventListener("error", lost);
    for (const kind of KINDS) source.addEventListener(kind, take);
    source.addEventListener("end", (message) => {
      stop();
      ended(JSON.parse(message.data));
    });
  }

  function take(message) {
    const number = Number(message.lastEventId);
    if (number <= after) return;
    after = number;
    told(JSON.parse(message.data), number);
  }

  function lost() {
    if (done) return;
    connection(false);
    if (source.readyState !== EventSource.CLOSED) return;
    close();
    timer = setTimeout(async () => {
      const status = await refusal(task);
      if (status) {
        stop();
        refused(status);
      } else open();
    }, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function seen() {
    if (document.hidden) close();
    else if (!source && !done) open();
  }

  function stop() {
    done = true;
    close();
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", open);
  }

  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", open);
  open();
  return stop;
}

/** Why the server does not show a task (any more), where it is there; 0 where it does, or is not. */
async function refusal(task) {
  try {
    const { status } = await fetch(`/api/tasks/${task}`);
    return [401, 403, 404].includes(status) ? status : 0;
  } catch {
    return 0;
  }
}
