// Completing "@" and "#": a list below the text, chosen with the arrow keys, Enter or Tab, or the pointer; Escape closes
// it.
// A field that takes one person (`data-handle`) is completed as a whole, with and without "@".
import { replace } from "./insert.js";

const WAIT = 150;
const CALLS = [
  /(?:^|[^\p{L}\p{N}@./_-])(@[\p{L}\p{N}-]{0,30})$/u,
  /(?:^|[^\p{L}\p{N}@#&./-])(#[\p{L}\p{N}_-]{0,40})$/u,
];
const LONGEST = 50;
const WHOLE = /^@?([\p{L}\p{N}-][\p{L}\p{N} -]{0,29})$/u;
const FIELDS = "textarea, input[name=body], input[data-handle]";

const kind = (begun) => (begun.startsWith("#") ? "products" : "people");

class Completion {
  constructor(composer, area) {
    this.area = area;
    this.alone = "handle" in area.dataset;
    this.list = composer.querySelector("[data-completion]");
    this.status = composer.querySelector("[data-completion-status]");
    this.address = composer.dataset.mentions;
    this.list.id ||= `${area.id}_options`;
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    this.area.addEventListener("blur", () => this.close());
    // The text keeps the focus while the pointer chooses.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  // What is being typed, with its sign.
  begun() {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    if (this.alone) return WHOLE.test(value) ? `@${WHOLE.exec(value)[1]}` : undefined;
    if (start !== end) return undefined;
    const before = value.slice(Math.max(0, end - LONGEST), end);
    return CALLS.map((call) => call.exec(before)?.[1]).find(Boolean);
  }

  typed() {
    clearTimeout(this.timer);
    const begun = this.begun();
    if (begun === undefined || begun === this.refused) this.close();
    else this.timer = setTimeout(() => this.ask(begun), WAIT);
  }

  async ask(begun) {
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.address}&of=${kind(begun)}&q=${encodeURIComponent(begun.slice(1))}`, {
        signal: this.request.signal, redirect: "manual",
      });
      if (answer.ok) this.show(await answer.text(), begun);
    } catch {
      // Without an answer the member types the name out.
    }
  }

  show(html, begun) {
    if (this.begun() !== begun || document.activeElement !== this.area) return;
    this.list.innerHTML = html;
    const found = this.options().length;
    this.list.hidden = !found;
    this.list.setAttribute("aria-label", this.list.dataset[kind(begun)]);
    const words = this.status.dataset[`${kind(begun)}${found === 1 ? "One" : "Many"}`];
    this.status.textContent = found ? words.replace("%(n)s", found) : "";
    if (found) this.mark(this.options()[0]);
  }

  options() {
    return [...this.list.children];
  }

  mark(option) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
    this.area.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const options = this.options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(options[(at + step + options.length) % options.length]);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(options[at]);
    else if (event.key === "Escape") this.refuse();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(option) {
    const begun = this.begun();
    if (!option || begun === undefined) return;
    if (this.alone) this.take(option.dataset.name);
    else this.insert(begun, option.dataset.name);
    this.close();
  }

  take(name) {
    // What is chosen is not asked about once more.
    this.refused = `@${name}`;
    replace(this.area, 0, this.area.value.length, name);
  }

  insert(begun, name) {
    const end = this.area.selectionEnd;
    replace(this.area, end - begun.length + 1, end, `${name} `);
  }

  refuse() {
    this.refused = this.begun();
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    this.area.removeAttribute("aria-activedescendant");
  }
}

// A page has many places for a comment, and all but one are never used: each gets its list when somebody writes there.
function begin(area) {
  const composer = area.closest("[data-mentions]");
  if (!composer || area.hasAttribute("aria-autocomplete")) return;
  if (!composer.querySelector("[data-completion]")) {
    composer.append(document.querySelector("[data-completion-parts]").content.cloneNode(true));
  }
  new Completion(composer, area);
}

export function startCompletion() {
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(FIELDS)) begin(event.target);
  });
  // What has the focus from the start sends no event.
  if (document.activeElement?.matches(FIELDS)) begin(document.activeElement);
}
