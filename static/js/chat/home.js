// The first screen: what was asked before, and the way to ask.
import { make, slot, words } from "./parts.js";

export class Home {
  constructor(widget) {
    this.widget = widget;
    this.root = widget.root.querySelector('[data-screen="home"]');
    this.form = this.root.querySelector("[data-ask]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.ask(); });
    this.form.question.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover)").matches) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    // Agreed to on one page of the shop, it holds on the next; taken back, it is taken back at once.
    const share = this.root.querySelector("[data-share]");
    share.checked = widget.visitor.keeping.value.shares === true;
    share.addEventListener("change", () => {
      widget.visitor.keeping.keep({ shares: share.checked });
      widget.tellContext();
    });
    this.form.elements.name.value = widget.visitor.keeping.value.name ?? "";
  }

  // Whoever was in the middle of a talk goes on with it.
  async begin() {
    this.context();
    const earlier = await this.earlier();
    const [newest] = earlier;
    // What came while the shop's visitor was on another page, or gone.
    if (!this.widget.open) this.widget.count(earlier.reduce((sum, { unread }) => sum + unread, 0));
    if (newest && newest.state !== "closed") await this.widget.talk.show(newest.id);
    else this.widget.show("home");
  }

  async show() {
    this.widget.talk.rest();
    this.widget.show("home");
    await this.earlier().catch(() => {});
  }

  async earlier() {
    const { results } = await this.widget.log.rest.call("GET", "conversations/");
    this.widget.talked ||= results.length > 0;
    const list = this.root.querySelector("[data-list]");
    list.replaceChildren(...results.map((conversation) => this.row(conversation)));
    this.root.querySelector("[data-earlier]").hidden = !results.length;
    return results;
  }

  row(conversation) {
    const row = make("row");
    const helper = conversation.with?.find?.((one) => one.kind === "member");
    slot(row, "who").textContent = helper?.name || words("row-bot");
    slot(row, "what").textContent = conversation.last?.body?.slice(0, 90) || conversation.last?.attachments?.[0]?.name || words(`row-${conversation.state}`);
    const unread = slot(row, "unread");
    unread.hidden = !conversation.unread;
    unread.textContent = conversation.unread ?? "";
    row.querySelector("button").addEventListener("click", () => this.widget.talk.show(conversation.id));
    return row;
  }

  context() {
    const { cart, product_name: name } = this.widget.context;
    this.root.querySelector("[data-share-line]").hidden = !cart?.length;
    this.root.querySelector("[data-about]").hidden = !name;
    this.root.querySelector("[data-about-name]").textContent = name ?? "";
  }

  async ask() {
    const question = this.form.question.value.trim();
    const button = this.form.querySelector("button");
    if (!question || button.disabled) return;
    button.disabled = true;
    this.complain("");
    try {
      const called = this.form.elements.name.value.trim();
      if (called !== (this.widget.visitor.keeping.value.name ?? "")) await this.widget.visitor.called(called);
      const conversation = await this.begun(question);
      this.form.question.value = "";
      await this.widget.talk.show(conversation.id);
    } catch (error) {
      this.complain(error.message || words("lost"));
    } finally {
      button.disabled = false;
    }
  }

  // One key for one question, however often it is sent.
  begun(question) {
    if (this.asked?.question !== question) this.asked = { question, client_id: crypto.randomUUID() };
    const { phase = "before" } = this.widget.context;
    const { page_url: page, page_title, ...context } = this.widget.page();
    const language = document.documentElement.lang;
    return this.widget.log.rest.call("POST", "conversations/", { phase, page, page_title, language, ...context, ...this.asked });
  }

  complain(words) {
    const problem = this.root.querySelector("[data-problem]");
    problem.hidden = !words;
    problem.textContent = words;
  }
}
