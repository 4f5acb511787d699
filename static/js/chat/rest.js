// The same operations over plain requests: for gaps, for snapshots, and where sockets are blocked.
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.message ?? "");
    this.status = status;
    this.code = problem.code ?? "";
  }
}

export class Rest {
  constructor(base, headers) {
    this.base = base;
    this.headers = headers;
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}), ...this.headers() },
      body: body && JSON.stringify(body),
    });
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, told);
    return told;
  }

  after(conversation, seq) {
    return this.call("GET", `conversations/${conversation}/messages/?after=${seq}`);
  }

  newest(conversation) {
    return this.call("GET", `conversations/${conversation}/messages/`);
  }

  send(conversation, message) {
    return this.call("POST", `conversations/${conversation}/messages/`, message);
  }

  typing(conversation) {
    return this.call("POST", `conversations/${conversation}/typing/`);
  }

  async file(conversation, token) {
    const answer = await fetch(`${this.base}conversations/${conversation}/files/${token}/`, { headers: this.headers() });
    if (!answer.ok) throw new Refused(answer.status, {});
    return answer.blob();
  }

  read(conversation, seq) {
    return this.call("POST", `conversations/${conversation}/read/`, { seq });
  }
}
