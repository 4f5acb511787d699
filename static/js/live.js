// The live socket of a signed-in member: news as toasts or dialogs, and the thread page kept up to date.
import { show, signedOut } from "./news.js";
import { refreshThread } from "./thread.js";

const PING_EVERY = 25_000;
const SIGNED_OUT = 4401;
const FORBIDDEN = 4403;
const RESTARTING = 1012;
const LONGEST_WAIT = 30_000;

class Live {
  constructor(path) {
    this.address = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
    this.failures = 0;
    this.shown = new Set();
    this.queue = [];
    this.seen = [];
  }

  connect() {
    clearTimeout(this.retry);
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", (event) => this.received(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.closed(event.code));
  }

  opened() {
    this.failures = 0;
    const watched = [...document.querySelectorAll("[data-live-thread]")].map((element) => Number(element.dataset.liveThread));
    this.send({ type: "hello", watch: watched });
    this.acknowledge();
    this.ping = setInterval(() => this.send({ type: "ping" }), PING_EVERY);
    document.body.dataset.liveState = "open";
  }

  received(frame) {
    if (frame.type === "notification") this.tell(frame);
    else if (frame.type === "thread") refreshThread(frame);
    else if (frame.type === "unread") this.count(frame.count);
    else if (frame.type === "messages") document.dispatchEvent(new CustomEvent("chatnews"));
  }

  count(unread) {
    for (const count of document.querySelectorAll("[data-unread]")) {
      count.textContent = unread;
      count.hidden = !unread;
    }
  }

  tell(frame) {
    if (this.shown.has(frame.id)) return;
    this.shown.add(frame.id);
    if (document.hidden) this.queue.push(frame);
    else this.present(frame);
  }

  // A toast in a background tab would be gone before anybody sees it: it waits until the tab is looked at.
  present(frame) {
    show(frame);
    // What comes in one go is acknowledged in one frame.
    if (this.seen.push(frame.id) === 1) setTimeout(() => this.acknowledge(), 50);
  }

  acknowledge() {
    const open = this.socket.readyState === WebSocket.OPEN;
    if (open && this.seen.length) this.send({ type: "seen", ids: this.seen.splice(0, 100) });
    if (open && this.seen.length) this.acknowledge();
  }

  looked() {
    if (document.hidden) return;
    for (const frame of this.queue.splice(0)) this.present(frame);
    if (this.socket.readyState === WebSocket.CLOSED && !this.stopped) this.connect();
  }

  send(frame) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  closed(code) {
    clearInterval(this.ping);
    document.body.dataset.liveState = "closed";
    if (code === SIGNED_OUT || code === FORBIDDEN) {
      this.stopped = true;
      if (code === SIGNED_OUT) signedOut();
      return;
    }
    const ceiling = code === RESTARTING ? 10_000 : Math.min(LONGEST_WAIT, 1_000 * 2 ** this.failures);
    this.failures += 1;
    this.retry = setTimeout(() => this.connect(), Math.random() * ceiling);
  }
}

export function startLive() {
  const path = document.body.dataset.live;
  if (!path) return;
  const live = new Live(path);
  live.connect();
  document.addEventListener("visibilitychange", () => live.looked());
  addEventListener("pagehide", () => { live.stopped = true; live.socket.close(); });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    live.stopped = false;
    live.connect();
  });
}
