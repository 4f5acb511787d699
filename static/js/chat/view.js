// One conversation on the screen: what comes out of the log becomes lines in a role="log", made from <template>
// elements of the page (templates/chat/templates.html), which hold all words.
import { person } from "./log.js";
import { clock, day, fill, price, size } from "./words.js";

// Lines this close together of one person stand as one run: name and time once.
const RUN = 5 * 60_000;
const NEAR = 80;
// How long one's own line can be deleted.
const YOUNG = 24 * 60 * 60_000;

// Members get a file by its address; their cookie says who asks.
const byAddress = (element, { token }) => {
  element.href = `/messages/files/${token}/`;
  const image = element.querySelector("img");
  if (image) image.src = element.href;
};

export class ChatView {
  // `root` is the role="log" element, which scrolls. `me` is "member:5" or "visitor:7". `readers` says how far each of
  // the others has read. `silent` tells nobody what was read. `report` gives the address where a line is reported, if
  // that is possible, `remove` where one's own is deleted; `leads` brings an attachment's line to where its readers fetch it.
  constructor(root, log, {
    conversation, me, readers = {}, named = false, silent = false, report, remove, leads = byAddress,
  }) {
    Object.assign(this, { root, log, conversation, me, named, silent, report, remove, leads });
    this.readers = new Map(Object.entries(readers));
    // A screen or a widget may draw a kind of message by itself: view.draw.card = (frame, view) => element.
    this.draw = {
      text: (frame) => this.bubble(frame), bot: (frame) => this.bot(frame), system: (frame) => this.event(frame),
      card: (frame) => this.card(frame), shop: (frame) => this.card(frame),
    };
    this.bind();
  }

  bind() {
    const mine = (type, act) => this.log.addEventListener(type, (event) => {
      if (event.detail.conversation === this.conversation) act(event.detail);
    });
    mine("message", (frame) => this.add(frame));
    mine("changed", (frame) => this.replace(frame));
    mine("sending", (item) => this.sending(item));
    mine("stored", (item) => this.stored(item));
    mine("failed", (item) => this.failed(item));
    mine("typing", (frame) => this.typing(frame));
    mine("read", (frame) => this.hasRead(frame));
    mine("place", ({ seq }) => this.readElsewhere(seq));
    mine("resync", ({ messages }) => this.reset(messages));
    this.log.addEventListener("caughtup", () => this.seen());
    this.root.addEventListener("click", (event) => {
      const pending = event.target.closest("[data-chat-retry]")?.closest("[data-client]");
      if (pending) this.log.retry(pending.dataset.client);
    });
    // The browser scrolls before it paints: what was at the end stays at the end when a phone's keyboard comes.
    new ResizeObserver(() => { if (this.stuck) this.follow(); }).observe(this.root);
    // A picture gets its height when it comes, and pushes the end away.
    this.root.addEventListener("load", () => { if (this.stuck) this.follow(); }, true);
    this.root.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const type of ["visibilitychange", "focusin"]) document.addEventListener(type, () => this.seen());
    addEventListener("focus", () => this.seen());
    for (const element of this.root.querySelectorAll("time[datetime]")) this.localise(element);
    this.runs();
    this.marks();
    this.stuck = true;
    // The page itself has read these; what stood under its "New" stays there.
    this.opened = this.last();
  }

  // At the first line that was not read, or at the end.
  begin() {
    this.follow();
    this.seen();
  }

  // To the end, but not past the first line that was not read.
  follow() {
    this.toEnd();
    const first = this.firstUnread();
    if (first && first.getBoundingClientRect().top < this.root.getBoundingClientRect().top) first.scrollIntoView({ block: "start" });
    this.stuck = this.isAtEnd();
  }

  // The line that says "New", until what stands below it was read.
  firstUnread() {
    const divider = this.root.querySelector("[data-first-unread]");
    return Number(divider?.nextElementSibling?.dataset.seq) > (this.toldRead ?? 0) ? divider : null;
  }

  // It stands above the first line that came while nobody looked.
  divide(line, isNew) {
    if (this.firstUnread()) return;
    this.root.querySelector("[data-first-unread]")?.remove();
    if (isNew && Number(line.dataset.seq) > (this.toldRead ?? 0)) line.before(this.make("new"));
  }

  // In another tab or on the phone: "New" goes on to the first line that was read nowhere.
  readElsewhere(seq) {
    if (seq <= Math.max(this.opened, this.toldRead ?? 0)) return;
    this.toldRead = seq;
    const divider = this.root.querySelector("[data-first-unread]");
    if (!divider) return;
    const there = this.isAtMark(divider);
    divider.remove();
    const lines = [...this.root.querySelectorAll("[data-seq]")];
    lines.find((line) => Number(line.dataset.seq) > seq && line.dataset.who !== this.me)?.before(divider);
    if (there) this.follow();
  }

  // Whether somebody looks at the mark, or at the end, and not at something else.
  isAtMark(mark) {
    const { top, bottom } = this.root.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    return this.stuck || (at.bottom > top && at.top < bottom);
  }

  // Who scrolls up leaves the end; what grows below them does not make them leave it.
  scrolled() {
    const up = this.root.scrollTop < (this.top ?? 0) - 1;
    this.top = this.root.scrollTop;
    if (up || this.isAtEnd()) this.stuck = this.isAtEnd();
    this.seen();
  }

  isAtEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  last() {
    return Number([...this.root.querySelectorAll("[data-seq]")].at(-1)?.dataset.seq ?? 0);
  }

  isLookedAt() {
    return !document.hidden && document.hasFocus() && !this.log.isCatchingUp;
  }

  // Read is what stood on a screen that somebody looked at, to its end.
  seen() {
    if (this.silent || !this.isLookedAt() || !this.isAtEnd()) return;
    const last = this.last();
    if (last <= (this.toldRead ?? 0)) return;
    this.toldRead = last;
    this.log.read(this.conversation, last);
    this.root.dispatchEvent(new CustomEvent("chatread", { bubbles: true, detail: { conversation: this.conversation, seq: last } }));
  }

  add(frame) {
    if (this.root.querySelector(`[data-seq="${frame.seq}"]`)) return;
    const own = frame.client_id && this.pending(frame.client_id);
    const line = this.line(frame);
    const follows = this.stuck || own;
    if (own) own.replaceWith(line);
    else this.put(line);
    const mine = person(frame.author) === this.me;
    this.divide(line, !mine && !this.isLookedAt());
    this.runs();
    this.marks();
    if (follows) this.follow();
    this.seen();
    const arrived = { ...frame, mine, seen: this.isAtEnd() };
    this.root.dispatchEvent(new CustomEvent("chatline", { bubbles: true, detail: arrived }));
  }

  // What is still on its way, and who is typing, stays at the end.
  put(line) {
    const end = this.root.querySelector("[data-client]:not([data-seq]), [data-typist]");
    const at = line.dataset.at;
    const before = [...this.root.querySelectorAll("[data-at]")].findLast((element) => element.dataset.seq);
    if (at && (!before || day(before.dataset.at) !== day(at))) {
      const separator = this.make("day");
      separator.textContent = day(at);
      this.root.insertBefore(separator, end);
    }
    this.root.insertBefore(line, end);
  }

  replace(frame) {
    this.root.querySelector(`[data-seq="${frame.seq}"]`)?.replaceWith(this.line(frame));
    this.runs();
    this.marks();
  }

  reset(messages) {
    const waiting = [...this.root.querySelectorAll("[data-client]:not([data-seq])")];
    const before = this.last();
    this.root.replaceChildren(...waiting);
    for (const frame of messages) this.put(this.line(frame));
    const read = Math.max(before, this.toldRead ?? 0);
    const first = before && messages.find(({ seq, author }) => seq > read && person(author) !== this.me);
    if (first) this.divide(this.root.querySelector(`[data-seq="${first.seq}"]`), true);
    this.runs();
    this.marks();
    this.follow();
    this.seen();
  }

  line(frame) {
    const line = frame.deleted ? this.bubble(frame, "gone") : (this.draw[frame.kind] ?? this.draw.text)(frame, this);
    Object.assign(line.dataset, { seq: frame.seq, at: frame.at, who: person(frame.author) });
    if (frame.client_id) line.dataset.client = frame.client_id;
    if (person(frame.author) === this.me) {
      line.classList.add("msg--me");
      line.dataset.state = "stored";
      // Who wrote it knows it: a screen reader does not say it again.
      line.setAttribute("aria-live", "off");
    }
    return line;
  }

  bubble(frame, template = "message") {
    const line = this.make(template);
    const mine = person(frame.author) === this.me;
    const author = this.slot(line, "author");
    if (this.named && !mine && frame.author.name && author) {
      author.textContent = frame.author.name;
      author.hidden = false;
    }
    const time = this.slot(line, "time");
    time.dateTime = frame.at;
    this.localise(time);
    if (template === "message") {
      const flag = this.slot(line, "flag");
      flag.hidden = mine || !this.report || !frame.author.id;
      if (!flag.hidden) flag.href = this.report(frame.seq);
      const away = this.slot(line, "delete");
      away.hidden = !mine || !this.remove || Date.now() - new Date(frame.at) > YOUNG;
      if (!away.hidden) away.href = this.remove(frame.seq);
      // The server has rendered and cleaned it; the policy of the page runs nothing that stands in it.
      this.slot(line, "text").innerHTML = frame.html;
      this.slot(line, "files").append(...(frame.attachments ?? []).map((file) => this.file(file)));
    }
    return line;
  }

  bot(frame) {
    const line = this.bubble(frame);
    line.classList.add("msg--bot");
    line.prepend(this.make("bot"));
    return line;
  }

  event(frame) {
    const line = this.make("event");
    const words = document.querySelector(`template[data-chat-event="${CSS.escape(frame.data.event ?? "")}"]`);
    line.textContent = words ? fill(words.content.textContent, frame.data) : "";
    return line;
  }

  card(frame) {
    const line = this.bubble(frame);
    const card = this.make("card");
    const { name, summary, url, picture, price: amount, currency } = frame.data.card ?? frame.data;
    if (/^https?:/.test(url ?? "")) card.href = url;
    this.slot(card, "name").textContent = name ?? "";
    this.slot(card, "summary").textContent = summary ?? "";
    this.slot(card, "price").textContent = amount ? price(amount, currency) : "";
    const image = this.slot(card, "image");
    if (picture) image.src = picture;
    else image.parentElement.remove();
    this.slot(line, "files").prepend(card);
    return line;
  }

  file(file) {
    const isPicture = file.content_type.startsWith("image/");
    const element = this.make(isPicture ? "picture" : "file");
    if (isPicture) {
      Object.assign(this.slot(element, "image"), { alt: file.name, width: file.width, height: file.height });
    } else {
      this.slot(element, "name").textContent = file.name;
      this.slot(element, "size").textContent = size(file.size);
    }
    this.leads(element, file);
    return element;
  }

  sending(item) {
    const there = this.pending(item.client_id);
    if (there) {
      if (!there.dataset.seq) there.dataset.state = "sending";
      return;
    }
    const line = this.make("message");
    Object.assign(line.dataset, { client: item.client_id, who: this.me, state: "sending", at: item.at });
    line.classList.add("msg--me");
    line.setAttribute("aria-live", "off");
    const text = this.slot(line, "text");
    text.dataset.plain = "";
    text.textContent = item.body;
    this.slot(line, "time").textContent = "";
    this.root.insertBefore(line, this.root.querySelector("[data-typist]"));
    this.runs();
    this.stuck = true;
    this.toEnd();
  }

  stored(item) {
    const line = this.pending(item.client_id);
    if (!line || line.dataset.seq) return;
    line.dataset.state = "stored";
    const time = this.slot(line, "time");
    time.dateTime = item.at ?? new Date().toISOString();
    this.localise(time);
  }

  failed(item) {
    const line = this.pending(item.client_id);
    if (!line || line.dataset.seq) return;
    line.dataset.state = "failed";
    if (item.detail) this.slot(line, "why").textContent = item.detail;
  }

  typing({ who, by, active }) {
    this.root.querySelector(`[data-typist="${CSS.escape(who)}"]`)?.remove();
    if (!active || who === this.me) return;
    const line = this.make("typing");
    line.dataset.typist = who;
    const dots = line.querySelector(".typing");
    dots.setAttribute("aria-label", fill(dots.dataset.words, { name: by?.name ?? "" }));
    this.root.append(line);
    if (this.stuck) this.follow();
  }

  hasRead({ by, seq }) {
    const who = person(by);
    if (who === this.me) {
      this.readElsewhere(seq);
      return;
    }
    this.readers.set(who, Math.max(seq, this.readers.get(who) ?? 0));
    this.marks();
  }

  // Two checks where everybody else has read it.
  marks() {
    const least = this.readers.size ? Math.min(...this.readers.values()) : 0;
    for (const line of this.root.querySelectorAll('[data-seq][data-state="stored"]')) {
      if (Number(line.dataset.seq) <= least) line.dataset.state = "read";
    }
  }

  runs() {
    let before;
    for (const line of this.root.children) {
      const together = before?.dataset.who && before.dataset.who === line.dataset.who
        && Math.abs(new Date(line.dataset.at) - new Date(before.dataset.at)) < RUN;
      line.toggleAttribute("data-run", Boolean(together));
      before?.toggleAttribute("data-goes-on", Boolean(together));
      before = line;
    }
    before?.removeAttribute("data-goes-on");
  }

  pending(id) {
    return this.root.querySelector(`[data-client="${CSS.escape(id)}"]`);
  }

  localise(element) {
    element.textContent = clock(element.dateTime);
  }

  slot(element, name) {
    return element.matches(`[data-slot="${name}"]`) ? element : element.querySelector(`[data-slot="${name}"]`);
  }

  make(name) {
    const template = document.querySelector(`template[data-chat-template="${name}"]`);
    return template.content.firstElementChild.cloneNode(true);
  }
}
