// The line in which somebody writes: sent by the log, with a file by an upload that shows how far it is.
import { Upload } from "./upload.js";

export class Composer {
  constructor(form, log, conversation) {
    Object.assign(this, { form, log, conversation });
    this.text = form.elements.body;
    this.draft = `chat-draft-${conversation}`;
    this.upload = new Upload({
      file: form.elements.file, text: this.text, place: form.parentElement,
      headers: () => ({ "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }),
      sent: () => { this.empty(); log.catchUp(conversation); },
    });
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
  }

  send() {
    if (this.upload.running) return;
    this.upload.error.hidden = true;
    if (this.upload.isWaiting) this.upload.send(this.form.dataset.files);
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
}
