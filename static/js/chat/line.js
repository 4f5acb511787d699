// The line to the server: a socket that comes back by itself. Where sockets are blocked it says so, and stays trying.
const PING_EVERY = 20_000;
const PONG_WITHIN = 10_000;
const LONGEST_WAIT = 30_000;
// Pings are answered far more often: who heard nothing for so long was asleep, or away from any line.
const AWAY_AFTER = 60_000;
const RESTARTING = 1012;
const FLOOD = 4429;
const FINAL = new Set([4401, 4403]);
// So many connections in a row that never opened mean that something on the way blocks sockets.
const BLOCKED_AFTER = 2;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "visibilitychange"];

export class Line extends EventTarget {
  constructor(address, hello) {
    super();
    this.address = address;
    this.hello = hello;
    this.failures = 0;
    this.alive = this.heard = Date.now();
    this.stopped = true;
    this.wake = () => this.awake();
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  start() {
    this.stopped = false;
    for (const type of SIGNS_OF_LIFE) document.addEventListener(type, this.wake, { passive: true });
    addEventListener("online", this.wake);
    this.connect();
  }

  stop() {
    this.stopped = true;
    for (const type of SIGNS_OF_LIFE) document.removeEventListener(type, this.wake);
    removeEventListener("online", this.wake);
    this.clear();
    this.socket?.close();
  }

  send(frame) {
    if (this.isOpen) this.socket.send(JSON.stringify(frame));
    return this.isOpen;
  }

  connect() {
    this.clear();
    let opened = false;
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => {
      opened = true;
      this.failures = 0;
      this.send(this.hello());
      this.pinging = setInterval(() => this.ping(), PING_EVERY);
      this.tell("open");
    });
    socket.addEventListener("message", (event) => this.received(socket, JSON.parse(event.data)));
    socket.addEventListener("close", (event) => { if (socket === this.socket) this.closed(event.code, opened); });
  }

  received(socket, frame) {
    if (socket !== this.socket) return;
    // Whatever comes proves that somebody is there.
    clearTimeout(this.missing);
    // Its answer comes after all that was missed.
    if (this.wasAway()) {
      this.dispatchEvent(new CustomEvent("away"));
      this.ping();
    }
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  // Something was heard: whether there was long silence before.
  wasAway() {
    const before = this.heard;
    this.heard = Date.now();
    return this.heard - before > AWAY_AFTER;
  }

  ping() {
    // Away is who has not touched anything for minutes: the server counts them.
    const idle = document.hidden || Date.now() - this.alive > PING_EVERY;
    this.send({ type: "ping", idle });
    clearTimeout(this.missing);
    this.missing = setTimeout(() => this.lost(), PONG_WITHIN);
  }

  // A laptop that slept has a socket that looks open and is dead: close it by ourselves instead of waiting for minutes.
  lost() {
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.closed(0, true);
  }

  awake() {
    if (document.hidden || this.stopped) return;
    const away = Date.now() - this.alive;
    this.alive = Date.now();
    if (!this.isOpen && this.socket?.readyState !== WebSocket.CONNECTING && away > 1_000) this.connect();
    else if (this.isOpen && away > PING_EVERY) this.ping();
  }

  closed(code, opened) {
    this.clear();
    if (this.stopped) return;
    if (FINAL.has(code)) {
      this.stop();
      this.tell("ended", { code });
      return;
    }
    this.failures += 1;
    this.tell(!opened && this.failures >= BLOCKED_AFTER ? "blocked" : "closed");
    const ceilings = { [RESTARTING]: 10_000, [FLOOD]: LONGEST_WAIT };
    const ceiling = ceilings[code] ?? Math.min(LONGEST_WAIT, 1_000 * 2 ** (this.failures - 1));
    this.retrying = setTimeout(() => this.connect(), (code === FLOOD ? 0.5 + Math.random() / 2 : Math.random()) * ceiling);
  }

  clear() {
    clearTimeout(this.retrying);
    clearTimeout(this.missing);
    clearInterval(this.pinging);
  }

  tell(state, more = {}) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, ...more } }));
  }
}
