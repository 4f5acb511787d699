// The application in the shop's frame: one visitor, their conversations, and the page around it as far as it says.
import { Home } from "./chat/home.js";
import { Keeping } from "./chat/keeping.js";
import { ChatLog } from "./chat/log.js";
import { Shop } from "./chat/shop.js";
import { Talk } from "./chat/talk.js";
import { Visitor } from "./chat/visitor.js";

class Widget {
  constructor(root) {
    this.root = root;
    this.shop = new Shop(root.dataset.origins.split(" ").filter(Boolean));
    this.shop.addEventListener("hello", ({ detail }) => this.start(detail));
    this.shop.addEventListener("opened", () => this.opened());
    this.shop.addEventListener("closed", () => { this.open = false; });
    this.shop.addEventListener("context", ({ detail }) => this.moved(detail.context));
    this.shop.addEventListener("identifies", () => this.visitor?.identify());
    this.shop.addEventListener("logout", () => this.leave());
    root.querySelector("[data-close]").addEventListener("click", () => this.shop.say("close"));
    root.querySelector("[data-back]").addEventListener("click", () => this.home.show());
    root.querySelector("[data-restart]").addEventListener("click", () => location.reload());
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.shop.say("close"); });
    if (window.parent === window) this.alone();
  }

  // Without a shop around it: by the link of an e-mail, whose token stands in the page once. The address loses it.
  alone() {
    const { token, visitor, key } = this.root.dataset;
    delete this.root.dataset.token;
    if (token) history.replaceState(null, "", `/widget/?${new URLSearchParams({ key, lang: document.documentElement.lang })}`);
    this.root.querySelector("[data-close]").hidden = true;
    this.start({ open: true, given: token && { token, id: Number(visitor) } });
  }

  async start({ kept, given, context = {}, open = false, identifies = false, leave = false }) {
    if (this.visitor) return;
    this.context = context;
    this.open = open;
    this.unread = 0;
    const keeping = new Keeping((value) => this.shop.say("keep", { kept: value }), kept);
    if (given) keeping.keep(given);
    this.visitor = new Visitor({ key: this.root.dataset.key, keeping, shop: this.shop, identifies });
    if (leave) {
      await this.leave();
      return;
    }
    this.log = new ChatLog({ token: () => this.visitor.token, outbox: keeping.outbox() });
    this.log.addEventListener("state", ({ detail }) => this.line(detail));
    this.home = new Home(this);
    this.talk = new Talk(this);
    await this.run();
    this.shop.say("ready");
  }

  async run() {
    try {
      await this.visitor.begin();
      this.log.start();
      this.tellContext();
      await this.home.begin();
    } catch (error) {
      this.show("fault");
      this.shop.event("error", { code: error.code ?? "unreachable", detail: String(error.message ?? error) });
    }
  }

  // One screen at a time; what it is called moves the focus for who cannot see it.
  show(name, { focus = this.open } = {}) {
    for (const screen of this.root.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
    this.root.dataset.at = name;
    this.root.querySelector("[data-back]").hidden = name !== "talk";
    if (focus) this.root.querySelector("[data-who]").focus({ preventScroll: true });
  }

  opened() {
    this.open = true;
    this.count(0);
    if (this.root.dataset.at === "talk") this.talk.write();
    else this.root.querySelector("[data-who]").focus({ preventScroll: true });
    this.talk?.view?.seen();
  }

  count(unread) {
    this.unread = unread;
    this.shop.say("unread", { count: unread });
  }

  arrived() {
    if (!this.open) this.count(this.unread + 1);
  }

  moved(context) {
    this.context = context;
    this.home?.context();
    this.tellContext();
  }

  // Told to the server only once somebody asked, or where they agreed in the shop that it may be: before that it is
  // nobody's business where a visitor reads.
  tellContext() {
    const { consent = false, phase = "before" } = this.context;
    if (!this.visitor?.token || !(this.talked || consent)) return;
    this.log.rest.call("PUT", "widget/context/", { ...this.page(), phase, consent: consent === true }).catch(() => {});
  }

  page() {
    const { page_url, page_title, product, cart, cart_value, cart_currency } = this.context;
    const shared = this.root.querySelector("[data-share]").checked;
    return JSON.parse(JSON.stringify({ page_url, page_title, product, cart, cart_value, cart_currency, cart_shared: shared }));
  }

  line({ state, code }) {
    this.root.querySelector("[data-offline]").hidden = !["closed", "connecting"].includes(state) || this.log.line.failures < 2;
    // The session is over: somebody signed out elsewhere. Whoever still is here begins anew.
    if (state === "ended" && code === 4401) this.visitor.forget();
  }

  async leave() {
    this.log?.stop();
    await this.visitor?.end();
    this.shop.say("ended");
  }
}

const root = document.querySelector("[data-widget]");
if (root) new Widget(root);
