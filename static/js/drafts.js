// What is being written is saved on the server two seconds after the last key at the latest. Without a connection it
// waits in this browser and is sent later. Two tabs with different texts: the member chooses, nothing is thrown away.
import { token } from "./insert.js";
import { signedOut } from "./news.js";

const PAUSE = 900;
const LONGEST = 2_000;
const RETRY = 4_000;
const PATIENCE = 2_000;
const FIELDS = ["title", "body", "phase", "topic", "product", "reason"];

const same = (one, other) => FIELDS.every((name) => (one[name] ?? "") === (other[name] ?? ""));

class Draft {
  constructor(composer) {
    this.form = composer.closest("form");
    this.address = composer.dataset.draft;
    this.place = `draft:${composer.dataset.draftOwner}:${this.address}`;
    this.status = composer.querySelector("[data-draft-status]");
    this.choose = composer.querySelector("[data-draft-choose]");
    this.discard = composer.querySelector("[data-draft-discard]");
    this.dialog = document.getElementById("draft-conflict");
    this.version = Number(this.form.elements.draft.value) || 0;
    this.saved = this.content();
    this.bind();
    this.recall();
  }

  bind() {
    for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.changed());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.choose.addEventListener("click", () => this.open());
    this.discard.addEventListener("click", () => { this.left = true; this.forget(); });
    this.dialog.querySelector("[data-draft-keep]").addEventListener("click", () => this.keep());
    this.dialog.querySelector("[data-draft-take]").addEventListener("click", () => this.take());
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.save(true));
    addEventListener("pageshow", (event) => { if (event.persisted) this.left = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(true); });
  }

  content() {
    const said = new FormData(this.form);
    return Object.fromEntries(FIELDS.filter((name) => said.get(name)).map((name) => [name, said.get(name)]));
  }

  isDirty() {
    return !same(this.content(), this.saved);
  }

  changed() {
    if (this.conflict) {
      this.remember();
      return;
    }
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
  }

  // One request at a time: each builds on the version that the one before made.
  async save(leaving = false) {
    clearTimeout(this.timer);
    if (this.left || this.conflict || !this.isDirty()) return;
    if (this.request) {
      if (leaving) this.remember();
      else this.again = true;
      return;
    }
    this.since = undefined;
    this.remember();
    this.request = this.send(leaving);
    await this.request;
    this.request = undefined;
    if (this.again) {
      this.again = false;
      await this.save();
    }
  }

  async send(leaving) {
    const content = this.content();
    const body = new URLSearchParams({ ...content, draft: String(this.version) });
    if (!leaving) this.say("saving");
    try {
      const answer = await fetch(this.address, {
        method: "POST", body, keepalive: leaving, redirect: "manual", headers: { "X-CSRFToken": token(this.form) },
      });
      if (answer.type === "opaqueredirect") this.stop();
      else if (answer.ok) this.stored(await answer.json(), content);
      else if (answer.status === 409) this.disagree((await answer.json()).stored);
      else if (answer.status === 422) this.status.textContent = (await answer.json()).message;
      else this.retry(answer.status === 429 || answer.status >= 500);
    } catch {
      this.retry();
    }
  }

  stored({ version }, content) {
    this.setVersion(version);
    this.saved = content;
    this.discard.hidden = !version;
    this.say("saved");
    if (!this.isDirty()) this.forget();
  }

  setVersion(version) {
    this.version = version;
    this.form.elements.draft.value = version;
    document.querySelector("#discard-draft [name=draft]").value = version;
  }

  retry(again = true) {
    this.say("offline");
    if (again) this.timer = setTimeout(() => this.save(), RETRY);
  }

  stop() {
    this.left = true;
    signedOut();
  }

  // Posted or discarded elsewhere: what is written here is a text of its own from now on.
  disagree(stored) {
    if (!stored) {
      this.setVersion(0);
      this.again = true;
      return;
    }
    if (same(stored.content, this.content())) {
      this.stored(stored, stored.content);
      return;
    }
    this.conflict = stored;
    this.say("conflict");
    this.choose.hidden = false;
  }

  open() {
    const show = (name, content) => {
      this.dialog.querySelector(`[data-draft-${name}]`).textContent = [content.title, content.body].filter(Boolean).join("\n\n");
    };
    show("here", this.content());
    show("there", this.conflict.content);
    this.dialog.showModal();
  }

  keep() {
    this.setVersion(this.conflict.version);
    this.resolved();
    this.save();
  }

  take() {
    this.setVersion(this.conflict.version);
    this.fill(this.conflict.content);
    this.saved = this.content();
    this.resolved();
    this.forget();
    this.say("saved");
  }

  resolved() {
    this.conflict = undefined;
    this.choose.hidden = true;
    this.dialog.close();
    this.form.elements.body.focus();
  }

  fill(content) {
    for (const name of FIELDS) if (this.form.elements[name]) this.form.elements[name].value = content[name] ?? "";
  }

  // The copy in this browser bridges the time until the server has it, and a page that is closed without connection.
  remember() {
    try {
      localStorage.setItem(this.place, JSON.stringify({ base: this.version, content: this.content() }));
    } catch {
      // Full or forbidden: then only the server keeps it.
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {
      // As above.
    }
  }

  recall() {
    let left;
    try {
      left = JSON.parse(localStorage.getItem(this.place));
    } catch {
      return;
    }
    if (!left || same(left.content, this.saved)) {
      this.forget();
      return;
    }
    const stored = { version: this.version, content: this.content() };
    this.fill(left.content);
    if (left.base === stored.version || !stored.version) this.save();
    else this.disagree(stored);
  }

  // The post waits for the draft, so that it takes its last version along.
  async submitted(event) {
    if (this.passed || this.conflict || (!this.request && !this.isDirty())) {
      this.left = true;
      this.forget();
      return;
    }
    event.preventDefault();
    if (this.passing) return;
    this.passing = true;
    const { submitter } = event;
    await Promise.race([this.flush(), new Promise((done) => { setTimeout(done, PATIENCE); })]);
    clearTimeout(this.timer);
    this.passing = false;
    // Signed out meanwhile: a post would end at the sign-in page. The copy in this browser waits for the way back.
    if (this.left) return;
    this.passed = true;
    this.form.requestSubmit(submitter);
    this.passed = false;
  }

  async flush() {
    while (this.request) await this.request;
    await this.save();
    while (this.request) await this.request;
  }

  say(name) {
    this.status.textContent = this.status.dataset[name];
  }
}

export function startDrafts() {
  for (const composer of document.querySelectorAll("[data-draft]")) new Draft(composer);
}
