// The pages of the inbox: the open conversation and the list beside it follow the log.
import { startAlerts } from "./alerts.js";
import { Composer } from "./composing.js";
import { ChatLog, person } from "./log.js";
import { startTakingBack } from "./taking_back.js";
import { ChatView } from "./view.js";

const SOON = 250;

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

class List {
  constructor(element, open) {
    this.element = element;
    this.open = open;
  }

  // Worded by the server; what comes in one go is fetched once.
  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), SOON);
  }

  async fetch() {
    const query = new URLSearchParams(location.search);
    // What somebody looks for stays as it was found, and an older page of the list does as well.
    if (query.has("q") || query.has("cursor")) return;
    query.delete("before");
    if (this.open) query.set("open", this.open);
    const answer = await fetch(`${this.element.dataset.chatList}?${query}`, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) return;
    const focused = this.element.contains(document.activeElement) && document.activeElement.getAttribute("href");
    this.element.innerHTML = await answer.text();
    if (focused) this.element.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

function showPresence({ who, state }) {
  const name = CSS.escape(person(who));
  for (const dot of document.querySelectorAll(`[data-presence="${name}"]`)) dot.dataset.on = state;
  for (const words of document.querySelectorAll(`[data-presence-words="${name}"]`)) words.textContent = words.dataset[state] ?? "";
}

function openTalk(section, log) {
  const root = section.querySelector("[data-chat-log]");
  const conversation = Number(section.dataset.chat);
  const view = new ChatView(root, log, {
    conversation, me: section.dataset.me, named: "named" in section.dataset, silent: "asked" in section.dataset,
    report: (seq) => `/messages/${conversation}/report/${seq}/`, remove: (seq) => `/messages/${conversation}/delete/${seq}/`,
    readers: JSON.parse(section.dataset.readers || "{}"),
  });
  startTakingBack(root, log, conversation);
  const form = section.querySelector("[data-chat-form]");
  if (form) new Composer(form, log, conversation).start();
  const down = section.querySelector("[data-chat-down]");
  root.addEventListener("chatline", (event) => {
    section.querySelector("[data-chat-none]")?.remove();
    if (!event.detail.seen && !event.detail.mine) down.hidden = false;
  });
  root.addEventListener("scroll", () => { if (view.isAtEnd()) down.hidden = true; }, { passive: true });
  down.addEventListener("click", () => view.toEnd());
  log.follow(conversation, Number(section.dataset.last));
  // A page of earlier messages stays where it was opened.
  if (location.hash.startsWith("#m-")) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  else if ("past" in section.dataset) view.toEnd();
  else view.begin();
  return view;
}

export function startInbox() {
  const section = document.querySelector("[data-chat]");
  if (!section) return;
  const log = new ChatLog({ csrf, outbox: sessionStorage });
  const open = Number(section.dataset.chat) || 0;
  const list = new List(document.querySelector("[data-chat-list]"), open);
  if (open && !("past" in section.dataset)) openTalk(section, log);
  for (const type of ["message", "changed", "read", "conversation", "resync", "polled"]) log.addEventListener(type, () => {
    list.refresh();
    document.dispatchEvent(new CustomEvent("chatnews"));
  });
  log.addEventListener("presence", (event) => showPresence(event.detail));
  const offline = section.querySelector("[data-chat-offline]");
  let grace;
  log.addEventListener("state", ({ detail }) => {
    clearTimeout(grace);
    document.body.dataset.chatState = detail.state;
    // What is back within a moment was never away.
    if (detail.state === "closed") grace = setTimeout(() => { if (offline) offline.hidden = false; }, 1_500);
    else if (offline) offline.hidden = true;
    if (detail.state === "open") list.refresh();
  });
  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".chat__menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  startAlerts(log, { open, me: section.dataset.me });
  log.start();
  addEventListener("pagehide", () => log.stop());
  addEventListener("pageshow", (event) => { if (event.persisted) log.start(); });
}
