// The way to the worker: questions answered in JSON, and alerts as they come.

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** The JSON at a path; throws Refused with what the worker says, or with status 0 where it doesn't answer. */
export async function ask(path, { method = "GET", body } = {}) {
  let answer;
  const headers = body ? { "Content-Type": "application/json" } : {};
  try {
    answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin" });
  } catch {
    throw new Refused(0, "The worker does not answer.");
  }
  const said = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) {
    if (answer.status === 401 && method === "GET") dispatchEvent(new Event("locked"));
    throw new Refused(answer.status, said?.detail ?? answer.statusText);
  }
  return said;
}

const AGAIN = 2000; // milliseconds until we call again where the browser has given up

/** Alerts behind a position. The browser calls again by itself where the line breaks, with the last event's id. */
export class Line {
  constructor({ alert, reset, state }) {
    Object.assign(this, { alert, reset, state, position: "" });
  }

  open(position) {
    this.close();
    this.position = position;
    const source = new EventSource(`/api/stream?after=${encodeURIComponent(position)}`);
    this.source = source;
    source.onopen = () => this.state("live");
    source.addEventListener("alert", (event) => {
      this.position = event.lastEventId;
      this.alert(JSON.parse(event.data));
    });
    source.addEventListener("reset", () => this.reset());
    source.onerror = () => {
      this.state("broken");
      if (source.readyState === EventSource.CLOSED) this.timer = setTimeout(() => this.again(), AGAIN);
    };
  }

  async again() {
    try {
      await ask("/api/session");
      this.open(this.position);
    } catch {
      this.timer = setTimeout(() => this.again(), AGAIN);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }
}
