// Asks the server, and tells what it answers: plain data, or an ApiError that a person can act on.

/** What the server refused, in its own words: what, where, and what to do next. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when no answer came at all
   * @param {Record<string, any>} body the server's error
   */
  constructor(status, body) {
    super(body.error || "The server did not say what went wrong.");
    this.status = status;
    this.body = body;
    this.hint = body.hint || "";
  }

  /** Where it is wrong, such as `talk.yaml:3:1`; "" where nothing is named. */
  get place() {
    return placeOf(this.body);
  }
}

/** The place that an error names. */
export function placeOf({ file, line, column }) {
  return [file, line, column].filter((part) => part !== null && part !== undefined).join(":");
}

/**
 * Plain data from `/api/…`. A `body` that is no FormData and no text is sent as JSON. Throws ApiError; a person who is
 * not signed in (any more) is sent to the page where they can be, and comes back.
 * @param {string} path
 * @param {{method?: string, body?: any, headers?: Record<string, string>, signal?: AbortSignal}} [options]
 */
export async function api(path, options = {}) {
  const answer = await send(path, options);
  if (answer.status === 204) return null;
  const type = answer.headers.get("content-type") || "";
  return type.includes("json") ? answer.json() : answer.text();
}

/** The answer itself, for those who want its headers or bytes; throws as `api` does. */
export async function send(path, { method = "GET", body, headers = {}, signal } = {}) {
  const plain = body === undefined || body instanceof FormData || typeof body === "string";
  let answer;
  try {
    answer = await fetch(path, {
      method,
      signal,
      credentials: "same-origin",
      headers: { accept: "application/json", ...(plain ? {} : { "content-type": "application/json" }), ...headers },
      body: plain ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { error: "The server does not answer.", hint: "See whether video-gen serve still runs, then try again." });
  }
  if (answer.ok) return answer;
  if (answer.status === 401) signIn();
  throw new ApiError(answer.status, await told(answer));
}

let leaving = false;

/** Goes to where one signs in, once, however many requests were refused. */
export function signIn() {
  if (leaving || location.pathname === "/login") return;
  leaving = true;
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Puts values into a query; those that are empty are left out. */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

async function told(answer) {
  try {
    const body = await answer.json();
    return typeof body.error === "string" ? body : { error: `The server answered ${answer.status}.` };
  } catch {
    return { error: `The server answered ${answer.status}.` };
  }
}
