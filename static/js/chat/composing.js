// The line in which somebody writes: sent by the log, with a file by an upload that shows how far it is.
const MOST = 10 * 1024 * 1024;

export class Composer {
  constructor(form, log, conversation) {
    Object.assign(this, { form, log, conversation });
    this.text = form.elements.body;
    this.file = form.elements.file;
    this.shown = form.parentElement.querySelector("[data-chat-upload]");
    this.error = form.parentElement.querySelector("[data-chat-error]");
    this.draft = `chat-draft-${conversation}`;
  }

  start() {
    // A phone's enter key makes a new line, as everywhere on it.
    const byEnter = matchMedia("(pointer: fine)").matches;
    if (!this.text.value) this.text.value = sessionStorage.getItem(this.draft) ?? "";
    this.text.addEventListener("input", () => {
      sessionStorage.setItem(this.draft, this.text.value);
      if (this.text.value.trim()) this.log.typing(this.conversation);
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !byEnter) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.file.addEventListener("change", () => this.chosen());
    this.shown.querySelector("[data-chat-upload-cancel]").addEventListener("click", () => this.cancel());
  }

  send() {
    if (this.upload) return;
    this.error.hidden = true;
    if (this.file.files.length) this.sendFile(this.file.files[0]);
    else if (this.text.value.trim()) {
      this.log.send(this.conversation, this.text.value.trim());
      this.empty();
    }
    this.text.focus();
  }

  empty() {
    this.text.value = "";
    sessionStorage.removeItem(this.draft);
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
    this.shown.querySelector("progress").value = 0;
    this.text.focus();
  }

  // fetch cannot tell how much of an upload is done.
  sendFile(file) {
    const body = new FormData();
    body.append("file", file);
    body.append("body", this.text.value.trim());
    // The same name for every attempt: a file that arrived after all is not sent twice.
    this.attempt ??= crypto.randomUUID();
    body.append("client_id", this.attempt);
    const upload = new XMLHttpRequest();
    this.upload = upload;
    upload.open("POST", this.form.dataset.files);
    upload.setRequestHeader("X-CSRFToken", this.form.elements.csrfmiddlewaretoken.value);
    upload.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.shown.querySelector("progress").value = (event.loaded / event.total) * 100;
    });
    upload.addEventListener("loadend", () => this.ended(upload));
    upload.send(body);
  }

  ended(upload) {
    this.upload = undefined;
    if (upload.status === 200 || upload.status === 201) {
      this.clear();
      this.empty();
      this.log.catchUp(this.conversation);
      return;
    }
    if (this.cancelled) {
      this.cancelled = false;
      return;
    }
    let told = "";
    try {
      told = JSON.parse(upload.responseText).message ?? "";
    } catch { /* no answer, or none of ours */ }
    if (upload.status === 422) this.clear();
    this.fail(told || this.error.dataset.offline);
  }

  cancel() {
    this.cancelled = Boolean(this.upload);
    this.upload?.abort();
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
