/* The chat of a community on a shop's page:
   <script src="https://community.example/widget.js?key=KEY" async></script>
   A button, and a frame with the application once it is pressed. Until then nothing is stored and nothing is fetched.
   window.Kundenkreis: identify, setContext, open, close, logout, on, off. docs/widget.md says how a shop uses them. */
(() => {
  const told = __KUNDENKREIS__;
  const script = document.currentScript;
  const early = Array.isArray(window.Kundenkreis) ? window.Kundenkreis : [];
  if (!script || window.Kundenkreis?.open) return;
  const base = new URL(".", script.src);
  const { language: wanted = document.documentElement.lang.slice(0, 2), theme = "" } = script.dataset;
  const language = told.texts[wanted] ? wanted : told.language;
  const texts = told.texts[language];
  const MEMORY = "kundenkreis";
  const handlers = new Map();
  let context = {};
  let identity;
  let frame;
  let port;
  let isOpen = false;
  let left = Promise.resolve();

  // Written with the first click and never before: whether the chat is open, and for browsers that keep nothing inside
  // a foreign frame, what the frame must know again on the next page.
  const memory = {
    read() {
      try { return JSON.parse(sessionStorage.getItem(MEMORY)) ?? {}; } catch { return {}; }
    },
    write(more) {
      try { sessionStorage.setItem(MEMORY, JSON.stringify({ ...memory.read(), ...more })); } catch { /* Then not. */ }
    },
    clear() {
      try { sessionStorage.removeItem(MEMORY); } catch { /* Nothing was kept. */ }
    },
  };

  const host = document.createElement("div");
  host.dataset.kundenkreisWidget = "";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; --brand: ${told.brand || "oklch(0.41 0.085 170)"};
      --accent: light-dark(oklch(from var(--brand) min(l, 0.46) c h), oklch(from var(--brand) 0.83 min(c, 0.11) h));
      --on-accent: light-dark(#fff, oklch(from var(--brand) 0.2 0.03 h));
      --line: light-dark(oklch(0.905 0.008 84), oklch(0.325 0.011 84)); }
    :host([data-theme="light"]) { color-scheme: light; }
    :host([data-theme="dark"]) { color-scheme: dark; }
    button { all: unset; position: fixed; inset: auto 1.5rem 1.5rem auto; z-index: 2147483001; display: grid;
      place-items: center; inline-size: 3.75rem; block-size: 3.75rem; border-radius: 50%; background: var(--accent);
      color: var(--on-accent); box-shadow: 0 2px 6px rgb(0 0 0 / 0.08), 0 12px 32px -8px rgb(0 0 0 / 0.32); cursor: pointer; }
    button:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 3px; }
    svg { inline-size: 1.6rem; block-size: 1.6rem; fill: none; stroke: currentColor; stroke-width: 1.6;
      stroke-linecap: round; stroke-linejoin: round; }
    button[aria-expanded="true"] .talk, button[aria-expanded="false"] .x, b[hidden] { display: none; }
    b { position: absolute; inset: -0.2rem -0.2rem auto auto; min-inline-size: 1.35rem; block-size: 1.35rem;
      padding-inline: 0.3rem; box-sizing: border-box; border-radius: 1rem; background: light-dark(#2a2420, #fff);
      color: light-dark(#fff, #2a2420); font: 600 0.8rem/1.35rem system-ui, sans-serif; text-align: center; }
    section { position: fixed; inset: auto 1.5rem 6rem auto; z-index: 2147483000; inline-size: min(24rem, calc(100vw - 3rem));
      block-size: min(42rem, calc(100dvh - 7.5rem)); border-radius: 1.4rem; overflow: clip;
      box-shadow: 0 2px 6px rgb(0 0 0 / 0.08), 0 24px 64px -16px rgb(0 0 0 / 0.32), 0 0 0 1px var(--line); }
    section[hidden] { display: none; }
    iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; }
    @media (max-width: 39.99rem) {
      section { inset: 3.5rem 0 0; inline-size: auto; block-size: auto; border-end-start-radius: 0; border-end-end-radius: 0; }
      button[aria-expanded="true"] { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      section:not([hidden]) { animation: rise 200ms cubic-bezier(0.2, 0.8, 0.2, 1); }
      @keyframes rise { from { opacity: 0; transform: translateY(0.75rem); } }
    }
    @media print { :host { display: none; } }`);
  root.adoptedStyleSheets = [sheet];
  if (theme) host.dataset.theme = theme;

  const make = (name, attributes, ...children) => {
    const svg = ["svg", "path"].includes(name);
    const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const shape = (name, d) => make("svg", { class: name, viewBox: "0 0 24 24", "aria-hidden": "true" }, make("path", { d }));
  const count = make("b", { hidden: "" });
  const button = make(
    "button", { type: "button", "aria-expanded": "false", "aria-controls": "chat", "aria-label": texts.open },
    shape("talk", "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z"),
    shape("x", "M6 6l12 12M18 6L6 18"), count,
  );
  const panel = make("section", { id: "chat", "aria-label": texts.title, hidden: "" });
  root.append(panel, button);

  const emit = (name, detail = {}) => {
    for (const handler of handlers.get(name) ?? []) {
      try { handler(detail); } catch (error) { reportError(error); }
    }
    dispatchEvent(new CustomEvent(`kundenkreis:${name}`, { detail }));
  };

  const page = () => ({ page_url: location.href.split("#")[0].slice(0, 500), page_title: document.title.slice(0, 200) });
  const say = (type, more = {}) => port?.postMessage({ type, ...more });
  const where = () => say("context", { context: { ...page(), ...context } });

  const labelled = (unread) => {
    count.hidden = !unread || isOpen;
    count.textContent = unread > 9 ? "9+" : String(unread);
    button.setAttribute("aria-label", isOpen ? texts.close : unread ? `${texts.open}. ${texts.unread}` : texts.open);
  };

  const answers = {
    ready: () => { emit("ready"); if (isOpen) say("opened"); },
    close: () => api.close(),
    unread: ({ count: unread }) => { labelled(unread); emit("unread", { count: unread }); },
    keep: ({ kept }) => memory.write({ kept }),
    event: ({ name, detail }) => emit(name, detail),
    // Asked for when it is needed: an identity is good once, and only for minutes.
    async identify() {
      const given = identity;
      if (typeof given === "string") identity = undefined;
      try {
        const token = typeof given === "function" ? await given() : given;
        say("identity", { token: token || "" });
      } catch (error) {
        say("identity", { token: "" });
        emit("error", { code: "identity_failed", detail: String(error) });
      }
    },
  };

  const load = () => {
    const address = new URL("widget/", base);
    address.search = new URLSearchParams({ key: told.key, lang: language, ...(theme ? { theme } : {}) });
    const made = make("iframe", { title: texts.title, src: address, allow: "clipboard-write" });
    const { kept } = memory.read();
    made.addEventListener("load", () => {
      const channel = new MessageChannel();
      port?.close();
      port = channel.port1;
      port.onmessage = ({ data }) => answers[data.type]?.(data);
      const hello = {
        type: "kundenkreis", kept, open: isOpen, identifies: Boolean(identity), leave: made !== frame,
        context: { ...page(), ...context },
      };
      // The address says to whom: a frame that was led elsewhere hears nothing.
      made.contentWindow.postMessage(hello, base.origin, [channel.port2]);
    });
    panel.append(made);
    frame = made;
  };

  const api = {
    open() {
      if (isOpen) return;
      isOpen = true;
      panel.hidden = false;
      button.setAttribute("aria-expanded", "true");
      labelled(0);
      memory.write({ open: true });
      if (frame) say("opened");
      // Who has just left is gone first.
      else left.then(() => { if (!frame) load(); });
      frame?.focus();
      emit("open");
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
      labelled(0);
      memory.write({ open: false });
      say("closed");
      button.focus();
      emit("close");
    },
    // A token, or a function that fetches one: it is asked when the chat is opened, and again when the last one is old.
    identify(given) {
      identity = given;
      say("identifies");
    },
    setContext(more) {
      context = { ...context, ...more };
      if (frame) where();
    },
    // The shop's log-out: nothing stays here, and the session is over on the server as well. On the page after it the
    // frame is not there; it comes once more, without a screen, to forget what it kept.
    logout() {
      identity = undefined;
      context = {};
      api.close();
      if (!frame) load();
      const gone = frame;
      frame = undefined;
      memory.clear();
      left = new Promise((resolve) => {
        answers.ended = () => { gone.remove(); resolve(); };
        setTimeout(answers.ended, 5000);
      });
      say("logout");
    },
    on(name, handler) {
      if (!handlers.has(name)) handlers.set(name, new Set());
      handlers.get(name).add(handler);
    },
    off(name, handler) {
      handlers.get(name)?.delete(handler);
    },
    push(...calls) {
      for (const [name, ...values] of calls) api[name]?.(...values);
    },
  };
  window.Kundenkreis = api;

  button.addEventListener("click", () => (isOpen ? api.close() : api.open()));
  // Beside the body, which pages that navigate by themselves replace.
  document.documentElement.append(host);
  new MutationObserver(() => { if (!host.isConnected) document.documentElement.append(host); })
    .observe(document.documentElement, { childList: true });
  const moved = () => { if (frame) setTimeout(where, 300); };
  if (window.navigation) navigation.addEventListener("navigatesuccess", moved);
  else addEventListener("popstate", moved);

  api.push(...early);
  const before = memory.read();
  // Opened on an earlier page of this visit: it goes on, and shows whether somebody answered.
  if (before.open) api.open();
  else if ("open" in before) load();
})();
