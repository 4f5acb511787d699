// The client of the log, without a screen. The server's rows are the truth, the socket hints that they grew: messages
// come out of here once each and in the order of their numbers, whatever the line does.
//
// Events, with their frame as `detail`: message, changed (a message that was taken back), sending, stored, failed
// ({client_id, code?, detail?}), typing ({…, active}), read, place ({seq}: how far one has read oneself), presence, conversation, resync ({conversation, messages}),
// state ({state}: connecting, open, polling, closed, ended), caughtup.
//
// After long silence `isCatchingUp`, from the first thing that is heard until all that was missed is here (caughtup).
import { Line } from "./line.js";
import { Rest } from "./rest.js";

const STORED_WITHIN = 10_000;
const POLL_EVERY = 4_000;
const LATE = 1_500;
// The server lets one pass every 3 s; what came a little sooner on the way would be lost.
const TYPING_EVERY = 3_400;
const TYPING_GONE_AFTER = 6_000;

export const person = (author) => (author?.id === undefined ? author?.kind ?? "" : `${author.kind}:${author.id}`);

export class ChatLog extends EventTarget {
  // `token` gives a visitor's token or nothing for a member, whom the cookie names; `csrf` the member's form token.
  // `outbox` is a storage that keeps what is not sent yet over a reload, if there is one.
  constructor({ base = location.origin, token = () => "", csrf = () => "", outbox } = {}) {
    super();
    this.token = token;
    this.known = new Map();
    this.held = new Map();
    this.fetching = new Map();
    this.waiting = new Map();
    this.typed = new Map();
    this.typists = new Map();
    this.outbox = outbox;
    this.isCatchingUp = false;
    const headers = () => (token() ? { Authorization: `Visitor ${token()}` } : { "X-CSRFToken": csrf() });
    this.rest = new Rest(`${base}/api/v1/`, headers);
    this.line = new Line(`${base.replace(/^http/, "ws")}/ws/chat/`, () => this.hello());
    this.line.addEventListener("frame", (event) => this.received(event.detail));
    this.line.addEventListener("away", () => { this.isCatchingUp = true; });
    this.line.addEventListener("state", (event) => this.switched(event.detail));
    this.restore();
  }

  start() {
    this.state = "connecting";
    this.line.start();
  }

  stop() {
    clearTimeout(this.polling);
    this.line.stop();
  }

  // Say which messages the page shows already; from there on nothing is missed. What came while the page was made may
  // come again: the page shows it once.
  follow(conversation, last) {
    this.known.set(conversation, last);
    for (const item of this.waiting.values()) if (item.conversation === conversation) this.tell("sending", item);
    if (this.line.isOpen) this.resume(conversation);
    else if (this.state === "polling") this.catchUp(conversation);
  }

  // Also tells how far the others have read, and whether they are here.
  resume(conversation) {
    this.line.send({ type: "resume", conversation, after: this.known.get(conversation) });
  }

  forget(conversation) {
    this.known.delete(conversation);
    this.held.delete(conversation);
  }

  send(conversation, body) {
    const item = { conversation, body, client_id: crypto.randomUUID(), at: new Date().toISOString() };
    this.waiting.set(item.client_id, item);
    this.keep();
    this.tell("sending", item);
    this.deliver(item);
    return item.client_id;
  }

  // The same client_id: what was stored after all is found, not doubled.
  retry(id) {
    const item = this.waiting.get(id);
    if (!item) return;
    delete item.refused;
    this.tell("sending", item);
    this.deliver(item);
  }

  typing(conversation) {
    const now = Date.now();
    if (now - (this.typed.get(conversation) ?? 0) < TYPING_EVERY) return;
    this.typed.set(conversation, now);
    if (!this.line.send({ type: "typing", conversation }) && this.state === "polling") this.rest.typing(conversation).catch(() => {});
  }

  read(conversation, seq) {
    if (!this.line.send({ type: "read", conversation, seq })) this.rest.read(conversation, seq).catch(() => {});
  }

  hello() {
    const hello = { type: "hello", seen: Object.fromEntries(this.known) };
    return this.token() ? { ...hello, token: this.token() } : hello;
  }

  switched({ state, code }) {
    clearTimeout(this.polling);
    this.state = state === "blocked" ? "polling" : state;
    if (state === "open") this.flush();
    if (state === "blocked") this.poll();
    this.tell("state", { state: this.state, code });
  }

  received(frame) {
    switch (frame.type) {
      case "message": this.take(frame); break;
      case "stored": this.settled(frame); break;
      case "error": if (frame.client_id) this.refuse(frame.client_id, frame); else this.tell("error", frame); break;
      case "typing": this.isTyping(frame); break;
      case "pong": this.caughtUp(); break;
      case "resync": this.resync(frame.conversation); break;
      // The hello has brought what was missed; now the rest of what a screen shows.
      case "hello": for (const conversation of this.known.keys()) this.resume(conversation); break;
      default: this.tell(frame.type, frame);
    }
  }

  take(frame) {
    const { conversation, seq } = frame;
    const last = this.known.get(conversation);
    if (last !== undefined && seq <= last) {
      if (frame.deleted) this.tell("changed", frame);
      if (frame.client_id) this.settled(frame);
      return;
    }
    if (last !== undefined && seq > last + 1) {
      if (!this.held.has(conversation)) this.held.set(conversation, new Map());
      this.held.get(conversation).set(seq, frame);
      this.catchUp(conversation);
      return;
    }
    this.give(frame);
    const next = this.held.get(conversation)?.get(seq + 1);
    this.held.get(conversation)?.delete(seq);
    if (next) this.take(next);
  }

  give(frame) {
    this.known.set(frame.conversation, frame.seq);
    this.gone(frame.conversation, person(frame.author));
    if (frame.client_id) this.settled(frame);
    this.tell("message", frame);
  }

  settled(frame) {
    const item = this.waiting.get(frame.client_id);
    if (!item) return;
    clearTimeout(item.timer);
    this.waiting.delete(frame.client_id);
    this.keep();
    this.tell("stored", { ...frame, type: "stored" });
    // One's own line comes out of the log like everybody's; if its frame was lost, it is fetched.
    setTimeout(() => { if (frame.seq > (this.known.get(frame.conversation) ?? Infinity)) this.catchUp(frame.conversation); }, LATE);
  }

  refuse(id, { code, detail } = {}) {
    const item = this.waiting.get(id);
    if (!item) return;
    clearTimeout(item.timer);
    item.refused = code;
    this.keep();
    this.tell("failed", { client_id: id, conversation: item.conversation, code, detail });
  }

  deliver(item) {
    clearTimeout(item.timer);
    item.timer = setTimeout(() => this.tell("failed", { client_id: item.client_id, conversation: item.conversation }), STORED_WITHIN);
    const { conversation, client_id, body } = item;
    if (this.line.send({ type: "send", conversation, client_id, body }) || this.state !== "polling") return;
    this.rest.send(conversation, { client_id, body }).then(
      (stored) => { this.settled({ ...stored, client_id, conversation }); this.catchUp(conversation); },
      (error) => { if (error.status) this.refuse(client_id, { code: error.code, detail: error.message }); },
    );
  }

  // What was on its way when the line broke goes again, in its order; what was refused waits for its writer.
  flush() {
    for (const item of this.waiting.values()) if (!item.refused) this.retry(item.client_id);
  }

  // One request at a time for each conversation; who asks meanwhile is served by the next.
  catchUp(conversation) {
    const running = this.fetching.get(conversation);
    if (running) return running;
    const task = this.fetchMissing(conversation).catch(() => {}).finally(() => this.fetching.delete(conversation));
    this.fetching.set(conversation, task);
    return task;
  }

  async fetchMissing(conversation) {
    const answer = await this.rest.after(conversation, this.known.get(conversation) ?? 0);
    if (this.state === "polling" && this.line.wasAway()) this.isCatchingUp = true;
    this.tell("place", { conversation, seq: answer.read_seq });
    if (answer.resync) {
      await this.resync(conversation);
      return;
    }
    for (const frame of answer.results) this.take(frame);
    this.takeHeld(conversation);
  }

  // What came early, as far as nothing before it is missing any more.
  takeHeld(conversation) {
    const held = this.held.get(conversation);
    const first = held?.size ? Math.min(...held.keys()) : 0;
    if (first && first <= this.known.get(conversation) + 1) this.take(held.get(first));
    for (const seq of held?.keys() ?? []) if (seq <= this.known.get(conversation)) held.delete(seq);
  }

  async resync(conversation) {
    const { results, read_seq: seq } = await this.rest.newest(conversation);
    this.tell("place", { conversation, seq });
    this.known.set(conversation, results.at(-1)?.seq ?? 0);
    this.tell("resync", { conversation, messages: results });
    this.takeHeld(conversation);
  }

  async poll() {
    this.flush();
    await Promise.all([...this.known.keys()].map((conversation) => this.catchUp(conversation)));
    this.caughtUp();
    this.tell("polled", {});
    if (this.state === "polling") this.polling = setTimeout(() => this.poll(), POLL_EVERY);
  }

  caughtUp() {
    if (!this.isCatchingUp) return;
    this.isCatchingUp = false;
    this.tell("caughtup", {});
  }

  isTyping(frame) {
    const who = person(frame.by);
    const key = `${frame.conversation} ${who}`;
    clearTimeout(this.typists.get(key));
    this.typists.set(key, setTimeout(() => this.gone(frame.conversation, who), TYPING_GONE_AFTER));
    this.tell("typing", { ...frame, who, active: true });
  }

  gone(conversation, who) {
    const key = `${conversation} ${who}`;
    if (!this.typists.has(key)) return;
    clearTimeout(this.typists.get(key));
    this.typists.delete(key);
    this.tell("typing", { conversation, who, active: false });
  }

  keep() {
    const items = [...this.waiting.values()].map(({ timer, ...item }) => item);
    this.outbox?.setItem("chat-outbox", JSON.stringify(items));
  }

  restore() {
    for (const item of JSON.parse(this.outbox?.getItem("chat-outbox") ?? "[]")) this.waiting.set(item.client_id, item);
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
