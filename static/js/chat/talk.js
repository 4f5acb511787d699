// The second screen: one conversation, who helps in it, and what can be done about it at present.
import { visitorsFile } from "./fetched.js";
import { make, slot, words } from "./parts.js";
import { Upload } from "./upload.js";
import { ChatView } from "./view.js";

const LOOK_EVERY = 15_000;
const WAITING = new Set(["queued", "offered"]);

export class Talk {
  constructor(widget) {
    this.widget = widget;
    this.root = widget.root.querySelector('[data-screen="talk"]');
    this.panel = this.root.querySelector("[data-state-panel]");
    this.form = this.root.querySelector("[data-compose]");
    this.empty = this.root.querySelector("[data-log]");
    this.views = new Map();
    this.upload = new Upload({
      file: this.form.file, text: this.form.message, place: this.form, headers: () => widget.log.rest.headers(),
      sent: () => { this.form.message.value = ""; widget.log.catchUp(this.uploadingTo); },
    });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.form.message.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.form.message.addEventListener("input", () => {
      if (this.conversation && this.form.message.value) widget.log.typing(this.conversation);
    });
    widget.log.addEventListener("conversation", ({ detail }) => this.changed(detail));
    widget.log.addEventListener("polled", () => this.look());
    this.root.addEventListener("chatline", ({ detail }) => this.came(detail));
    this.panel.addEventListener("click", (event) => this.chosen(event));
    this.panel.addEventListener("submit", (event) => { event.preventDefault(); this.submitted(event.target); });
  }

  async show(conversation) {
    this.rest();
    this.conversation = conversation;
    this.widget.talked = true;
    const known = this.views.get(conversation);
    this.view = known ?? this.viewOf(conversation);
    this.root.querySelector('[role="log"]').replaceWith(this.view.root);
    this.widget.show("talk");
    if (!known) {
      const { results } = await this.widget.log.rest.newest(conversation);
      this.view.reset(results);
      this.widget.log.follow(conversation, results.at(-1)?.seq ?? 0);
    }
    this.view.follow();
    await this.look();
    this.widget.tellContext();
    if (this.widget.open) this.write();
  }

  // Ready to type, but for phones: there the keyboard would cover what is to be read.
  write() {
    const place = matchMedia("(hover: hover)").matches ? this.form.message : this.widget.root.querySelector("[data-who]");
    place.focus({ preventScroll: true });
  }

  rest() {
    clearTimeout(this.looking);
    if (this.conversation) this.upload.cancel();
    this.conversation = undefined;
    this.help = undefined;
    const who = this.widget.root.querySelector("[data-who]");
    const line = this.widget.root.querySelector("[data-line]");
    this.brand ??= who.textContent;
    this.brandLine ??= line.textContent;
    who.textContent = this.brand;
    line.textContent = this.brandLine;
    this.face(undefined, false);
  }

  viewOf(conversation) {
    const root = this.empty.cloneNode(false);
    const { log, visitor } = this.widget;
    const leads = visitorsFile(log, conversation);
    const view = new ChatView(root, log, { conversation, me: `visitor:${visitor.id}`, leads });
    const { card, bot } = view.draw;
    view.draw.card = (frame) => this.sold(card(frame), frame.data.card ?? frame.data);
    view.draw.bot = (frame) => this.advised(bot(frame), frame, view);
    this.views.set(conversation, view);
    return view;
  }

  // The shop's page puts it into its cart: we only say what was chosen.
  sold(line, card) {
    if (!card?.sku) return line;
    const button = make("cart");
    button.addEventListener("click", () => {
      const { sku, name, price, currency } = card;
      this.widget.shop.event("add-to-cart", { sku, name, price, currency, quantity: 1, conversation: this.help?.token });
      button.textContent = words("in-cart");
      button.disabled = true;
    });
    slot(line, "files").append(button);
    return line;
  }

  // What the bot shows of a product is the same card that a person shows.
  advised(line, frame, view) {
    if (!frame.data.card) return line;
    const shown = view.card(frame).querySelector(".msg__card");
    slot(line, "files").prepend(shown);
    return this.sold(line, frame.data.card);
  }

  came({ mine, author }) {
    if (!mine && author.kind !== "system") this.widget.arrived();
    this.look();
  }

  // The rows are the truth: whatever happened, it is asked how things stand now. One question at a time.
  async look() {
    const { conversation } = this;
    if (!conversation) return;
    clearTimeout(this.looking);
    try {
      const help = await this.widget.log.rest.call("GET", `conversations/${conversation}/help/`);
      if (conversation === this.conversation) this.stands(help);
    } catch { /* Asked again soon. */ }
    if (conversation === this.conversation && WAITING.has(this.help?.state)) {
      clearTimeout(this.looking);
      this.looking = setTimeout(() => this.look(), LOOK_EVERY);
    }
  }

  // Where somebody stands in the line comes along; whatever else has changed is asked for.
  changed({ conversation, state, place }) {
    const known = conversation === this.conversation && place && this.help?.state === state;
    if (known) this.stands({ ...this.help, place });
    else this.look();
  }

  stands(help) {
    const changed = help.state !== this.help?.state || help.helper?.id !== this.help?.helper?.id;
    this.help = help;
    this.head();
    this.draw();
    if (changed) this.widget.shop.event("conversation", { token: help.token, state: help.state });
    const { message } = this.form;
    message.dataset.open ??= message.placeholder;
    const over = help.state === "closed";
    message.placeholder = over ? message.dataset.closed : message.dataset.open;
    // A new question has no place for a file yet.
    this.form.querySelector("[data-attach]").hidden = over;
    if (over && !this.upload.running) this.upload.clear();
  }

  head() {
    const { state, helper, target } = this.help;
    const { root } = this.widget;
    const bot = state === "active" && !helper;
    root.querySelector("[data-who]").textContent = helper?.name ?? (bot ? words("assistant") : this.brand);
    const line = helper ? helper.owns || words(`line-${helper.group}`) : words(`line-${bot ? target : state === "offered" ? "queued" : state}`);
    root.querySelector("[data-line]").textContent = line;
    this.face(helper, bot);
  }

  face(helper, bot) {
    const shown = helper ? `member:${helper.id}` : bot ? "bot" : "brand";
    const place = this.widget.root.querySelector("[data-face]");
    this.brandFace ??= place.firstElementChild;
    if (place.dataset.shows === shown) return;
    place.dataset.shows = shown;
    if (helper?.avatar) {
      place.replaceChildren(Object.assign(new Image(98, 98), { src: helper.avatar, alt: "" }));
    } else if (helper) {
      const initials = this.brandFace.cloneNode(true);
      initials.textContent = helper.initials;
      place.replaceChildren(initials);
    } else {
      place.replaceChildren(bot ? make("face-bot") : this.brandFace);
    }
  }

  draw() {
    const { state, helper, target, place, told_by_mail: told, offered, may_rate: may } = this.help;
    const which = [may, state, this.view.last() < 2, helper?.id, target, place?.position, place?.minutes?.until, told, offered].join();
    // Not drawn anew while somebody types an address into it.
    if (which === this.drawn && this.panel.dataset.of === String(this.conversation)) return;
    this.drawn = which;
    this.panel.dataset.of = this.conversation;
    this.panel.replaceChildren(...this.parts());
    this.view.follow();
  }

  parts() {
    const { state, helper, target, place, told_by_mail: told } = this.help;
    if (state === "active") return helper || target !== "bot" ? [] : [this.quick()];
    if (state === "closed") return [...this.rating(), make("closed")];
    if (told) return [make("told")];
    if (state === "left_message") return [make("left")];
    return [this.waiting(place)];
  }

  // A person is one tap away from the first word on; an end is offered once there was an answer.
  quick() {
    const part = make("quick");
    part.querySelector("[data-enough]").hidden = this.view.last() < 2;
    return part;
  }

  rating() {
    if (!this.help.may_rate) return [];
    const part = make("rate");
    const { name = this.brand, group } = this.help.helper ?? {};
    slot(part, "question").textContent = words("rate-question", { name });
    slot(part, "word").textContent = words("rate-word", { name });
    slot(part, "read").textContent = words("rate-read", { name });
    part.querySelector("[data-word]").hidden = group !== "ambassadors";
    part.addEventListener("change", () => { part.querySelector("[data-more]").hidden = false; this.view.toEnd(); });
    return [part];
  }

  async rate(form) {
    const { stars, text, word, shop } = form.elements;
    const body = { stars: Number(stars.value), text: text.value, word: word.value, about: shop.checked ? "shop" : "person" };
    try {
      await this.widget.log.rest.call("POST", `conversations/${this.conversation}/rating/`, body);
      form.replaceWith(make("rated"));
    } catch (error) {
      text.setCustomValidity(error.message);
      form.reportValidity();
      text.addEventListener("input", () => text.setCustomValidity(""), { once: true });
    }
  }

  waiting(place) {
    const part = make("waiting");
    const { position, minutes } = place ?? {};
    const offered = this.help.state === "offered";
    slot(part, "place").textContent = offered || !position ? "" : position === 1 ? words("next") : words("place", { position });
    slot(part, "range").textContent = offered ? words("asked") : minutes ? words("range", minutes) : "";
    return part;
  }

  chosen(event) {
    if (event.target.closest("[data-person]")) this.deed("person/");
    if (event.target.closest("[data-enough]")) this.deed("close/");
    if (event.target.closest("[data-new]")) this.widget.home.show();
  }

  submitted(form) {
    return form.matches("[data-rate]") ? this.rate(form) : this.leave(form);
  }

  leave(form) {
    return this.deed("leave/", { email: form.elements.email.value }, form);
  }

  async deed(what, body = {}, form = undefined) {
    const { conversation } = this;
    try {
      await this.widget.log.rest.call("POST", `conversations/${conversation}/${what}`, body);
    } catch (error) {
      form?.elements.email?.setCustomValidity(error.message);
      form?.reportValidity();
      form?.elements.email?.addEventListener("input", ({ target }) => target.setCustomValidity(""), { once: true });
    }
    await this.look();
  }

  async send() {
    const { message } = this.form;
    const body = message.value.trim();
    if (this.upload.running) return;
    this.upload.error.hidden = true;
    if (this.upload.isWaiting && this.help?.state !== "closed") {
      this.uploadingTo = this.conversation;
      this.upload.send(`/api/v1/conversations/${this.conversation}/files/`);
      return;
    }
    if (!body) return;
    if (this.help?.state === "closed") {
      this.widget.home.form.question.value = body;
      message.value = "";
      await this.widget.home.show();
      return;
    }
    message.value = "";
    this.widget.log.send(this.conversation, body);
  }
}
