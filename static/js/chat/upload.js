// A file on its way into a conversation: chosen, sent with its progress, cancelled, or refused with a reason. What was
// typed beside it is only taken from its field once the file has arrived.
const MOST = 10 * 1024 * 1024;

export class Upload {
  // `file` and `text` are the fields, `place` holds the line of the upload and the error; `headers` says who sends,
  // `sent` is called once it is stored.
  constructor({ file, text, place, headers, sent }) {
    Object.assign(this, { file, text, headers, sent });
    this.shown = place.querySelector("[data-chat-upload]");
    this.bar = this.shown.querySelector("progress");
    this.error = place.querySelector("[data-chat-error]");
    file.addEventListener("change", () => this.chosen());
    this.shown.querySelector("[data-chat-upload-cancel]").addEventListener("click", () => this.cancel());
  }

  get isWaiting() {
    return this.file.files.length > 0;
  }

  chosen() {
    const [file] = this.file.files;
    if (!file) return;
    this.error.hidden = true;
    if (file.size > MOST) {
      this.file.value = "";
      this.fail(this.error.dataset.large);
      return;
    }
    this.shown.hidden = false;
    this.shown.querySelector("[data-chat-upload-name]").textContent = file.name;
    this.bar.value = 0;
    this.text.focus();
  }

  // fetch cannot tell how much of an upload is done.
  send(address) {
    const body = new FormData();
    body.append("file", this.file.files[0]);
    body.append("body", this.text.value.trim());
    // The same name for every attempt: a file that arrived after all is not sent twice.
    this.attempt ??= crypto.randomUUID();
    body.append("client_id", this.attempt);
    const request = new XMLHttpRequest();
    this.running = request;
    request.open("POST", address);
    for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.bar.value = (event.loaded / event.total) * 100;
    });
    request.addEventListener("loadend", () => this.ended(request));
    request.send(body);
  }

  ended(request) {
    this.running = undefined;
    if (request.status === 200 || request.status === 201) {
      this.clear();
      this.sent();
      return;
    }
    if (this.cancelled) {
      this.cancelled = false;
      return;
    }
    let told = "";
    try {
      const answer = JSON.parse(request.responseText);
      told = answer.message ?? answer.detail ?? "";
    } catch { /* no answer, or none of ours */ }
    if (request.status === 422) this.clear();
    this.fail(told || this.error.dataset.offline);
  }

  cancel() {
    this.cancelled = Boolean(this.running);
    this.running?.abort();
    this.clear();
    this.text.focus();
  }

  clear() {
    this.attempt = undefined;
    this.file.value = "";
    this.shown.hidden = true;
  }

  fail(text) {
    this.error.textContent = text;
    this.error.hidden = false;
  }
}
