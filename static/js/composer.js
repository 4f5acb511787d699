// Markdown toolbar: wraps the selection or marks its lines. The preview is fetched by htmx; undo keeps working.
import { replace } from "./insert.js";
import { choosePicture } from "./pictures.js";

const WRAPS = { bold: "**", italic: "*", code: "`" };
const LINES = { list: () => "- ", ordered: (index) => `${index + 1}. `, quote: () => "> " };

function wrap(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const wrapped = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
  if (wrapped) {
    replace(area, start - mark.length, end + mark.length, chosen, 0, chosen.length);
  } else {
    replace(area, start, end, mark + chosen + mark, mark.length, mark.length + chosen.length);
  }
}

function prefix(area, marker) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", area.selectionEnd);
  const end = stop === -1 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  const text = lines.map((line, index) => marker(index) + line).join("\n");
  replace(area, start, end, text, text.length, text.length);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  const text = isAddress ? `[](${chosen})` : `[${chosen}](https://)`;
  const at = isAddress ? 1 : chosen.length + 3;
  replace(area, start, end, text, at, isAddress ? at : text.length - 1);
}

// The sign of a product opens its completion; chosen words are looked for, written like an address.
function product(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const gap = start && !/\s/.test(value[start - 1]) ? " " : "";
  replace(area, start, end, `${gap}#${value.slice(start, end).trim().replace(/\s+/g, "-")}`);
}

function apply(area, action) {
  if (action in WRAPS) wrap(area, WRAPS[action]);
  else if (action in LINES) prefix(area, LINES[action]);
  else if (action === "link") link(area);
  else if (action === "product") product(area);
  else if (action === "picture") choosePicture(area);
}

// One tab stop for the whole toolbar; arrows move inside it (the ARIA toolbar pattern).
function rove(toolbar) {
  const buttons = [...toolbar.querySelectorAll("[data-md]")];
  buttons.forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at === -1) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
}

export function startComposer() {
  for (const toolbar of document.querySelectorAll("[data-composer] [role=toolbar]")) {
    toolbar.hidden = false;
    rove(toolbar);
  }
  for (const modes of document.querySelectorAll("[data-composer] [data-modes]")) modes.hidden = false;
  for (const hint of document.querySelectorAll("[data-needs-script]")) hint.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-md]");
    if (button) apply(button.closest("[data-composer]").querySelector("textarea"), button.dataset.md);
  });
  document.addEventListener("keydown", (event) => {
    const area = event.target.closest("[data-composer] textarea");
    if (!area || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const action = { b: "bold", i: "italic", k: "link" }[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      apply(area, action);
    }
  });
}
