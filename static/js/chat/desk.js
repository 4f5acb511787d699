// The desk: it says that it is there, shows what is offered while it lasts, and follows the open conversation.
import { Composer } from "./composing.js";
import { ChatLog } from "./log.js";
import { startTakingBack } from "./taking_back.js";
import { ChatView } from "./view.js";

const SOON = 200;
// The panel beside the talk and its sheet on a phone hold the same note.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-desk-note]")) return;
  for (const note of document.querySelectorAll("[data-desk-note]")) if (note !== target) note.value = target.value;
});
const here = document.querySelector("[data-desk-here]");
const csrf = () => here.elements.csrfmiddlewaretoken.value;

class List {
  constructor(element) {
    this.element = element;
    this.title = document.title;
    this.known = new Set(this.offers());
    this.tick();
    setInterval(() => this.tick(), 1_000);
  }

  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), SOON);
  }

  // Worded by the server; asking is at the same time the sign of life.
  async fetch() {
    const answer = await fetch(here.action, { method: "POST", body: new FormData(here), redirect: "error" }).catch(() => null);
    if (!answer?.ok || new URLSearchParams(location.search).has("cursor")) return;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    const form = focused?.form?.getAttribute("action");
    const link = focused?.getAttribute("href");
    this.element.innerHTML = await answer.text();
    if (form) this.element.querySelector(`form[action="${CSS.escape(form)}"] button`)?.focus();
    if (link) this.element.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
    this.count();
    this.tick();
    this.announce();
  }

  count() {
    const { mine, waiting } = this.element.querySelector("[data-desk-state]").dataset;
    for (const [name, n] of Object.entries({ mine, waiting })) {
      document.querySelector(`[data-desk-count="${name}"]`).textContent = Number(n) ? ` ${n}` : "";
    }
  }

  offers() {
    return this.element.querySelector("[data-desk-state]").dataset.offers.split(" ").filter(Boolean);
  }

  announce() {
    const offers = this.offers();
    document.title = offers.length ? `(${offers.length}) ${this.title}` : this.title;
    const fresh = offers.filter((offer) => !this.known.has(offer));
    this.known = new Set(offers);
    if (!fresh.length) return;
    document.querySelector(`#offer-${CSS.escape(fresh[0])}`)?.scrollIntoView({ block: "nearest" });
    if (document.hidden && "Notification" in window && Notification.permission === "granted") {
      const told = new Notification(here.dataset.wordsNew, { tag: "desk-offer" });
      told.addEventListener("click", () => focus());
    }
  }

  tick() {
    for (const element of this.element.querySelectorAll("[data-desk-until]")) {
      const left = Math.ceil((new Date(element.dataset.deskUntil) - Date.now()) / 1_000);
      element.textContent = `${Math.max(left, 0)} s`;
      if (left <= 0) this.refresh();
    }
    for (const bar of this.element.querySelectorAll("[data-desk-bar]")) {
      bar.value = Math.max((new Date(bar.dataset.deskBar) - Date.now()) / 1_000, 0);
    }
  }
}

class Talk {
  constructor(section, log) {
    Object.assign(this, { section, log, conversation: Number(section.dataset.deskTalk) });
    const root = section.querySelector("[data-chat-log]");
    this.view = new ChatView(root, log, {
      conversation: this.conversation, me: section.dataset.me, named: true,
      report: (seq) => `/messages/${this.conversation}/report/${seq}/`,
      remove: (seq) => `/messages/${this.conversation}/delete/${seq}/`, readers: JSON.parse(section.dataset.readers || "{}"),
    });
    startTakingBack(root, log, this.conversation);
    this.form = section.querySelector("[data-desk-form]");
    if (this.form) this.compose();
    root.addEventListener("chatline", ({ detail }) => { if (!detail.mine && detail.kind === "text") this.suggest(); });
    log.addEventListener("conversation", ({ detail }) => this.moved(detail));
    document.addEventListener("submit", (event) => { this.leaving ||= !event.defaultPrevented && event.target.method === "post"; });
    log.follow(this.conversation, Number(section.dataset.last));
    this.view.begin();
    this.suggest();
  }

  compose() {
    const text = this.form.elements.body;
    new Composer(this.form, this.log, this.conversation).start();
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-desk-insert]");
      if (!button) return;
      button.closest("dialog")?.close();
      text.value = [text.value.trimEnd(), button.dataset.deskInsert].filter(Boolean).join("\n");
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
  }

  // Searched for when the page stands, and anew when there is something new to answer.
  async suggest() {
    const place = this.section.querySelector("[data-desk-suggestions]");
    if (!place) return;
    const answer = await fetch(this.section.dataset.suggestions, { redirect: "error" }).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  }

  // Closed from the other side, it can be read; led on to somebody else, it is no longer ours. What the helper does
  // themselves leads on by its own form.
  moved({ conversation, state }) {
    if (conversation !== this.conversation || !this.form || state === "active" || this.leaving) return;
    if (state === "closed") location.reload();
    else location.assign(this.section.dataset.away);
  }
}

function startDialogs() {
  const refused = document.querySelector("#hand-over[open]");
  if (refused) {
    refused.close();
    refused.showModal();
  }
  document.querySelector("#about")?.addEventListener("click", ({ target, currentTarget }) => {
    if (target.closest("[data-open]")) currentTarget.close();
  });
}

function start() {
  const log = new ChatLog({ csrf, outbox: sessionStorage });
  const list = new List(document.querySelector("[data-desk-list]"));
  const section = document.querySelector("[data-desk-talk]");
  if (section) new Talk(section, log);
  for (const type of ["offer", "message", "conversation", "read", "polled"]) log.addEventListener(type, () => list.refresh());
  const offline = document.querySelector("[data-chat-offline]");
  let grace;
  log.addEventListener("state", ({ detail }) => {
    clearTimeout(grace);
    if (offline && detail.state === "closed") grace = setTimeout(() => { offline.hidden = false; }, 1_500);
    else if (offline) offline.hidden = true;
    if (detail.state === "open") list.refresh();
  });
  new Worker(new URL("./heart.js", import.meta.url)).addEventListener("message", () => list.fetch());
  startDialogs();
  log.start();
  addEventListener("pagehide", () => log.stop());
  addEventListener("pageshow", (event) => { if (event.persisted) log.start(); });
}

start();
