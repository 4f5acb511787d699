// Quoting: what is selected in a post, or all of it, goes into the answer with its author and the way back to it.
import { replace } from "./insert.js";

const MARKS = /([\\`*_[\]<>&!@#~|])/g;
const BLOCKS = "P,LI,H3,H4,PRE,TD,TH,TR,UL,OL";

// Lines as they are read: a quote in the quoted text stays where it was said.
function text(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/\s+/g, " ").replace(MARKS, "\\$1");
  if (node.nodeName === "BLOCKQUOTE" || node.nodeName === "IMG") return "";
  if (node.nodeName === "BR") return "\n";
  const inner = [...node.childNodes].map(text).join("");
  if (node.nodeName === "LI") return `\n- ${inner.trim()}\n`;
  return node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS) ? `\n\n${inner}\n\n` : inner;
}

function quote(post, fragment) {
  const { author, link, wrote } = post.dataset;
  const said = text(fragment).split("\n").map((line) => line.trim()).join("\n").replace(/\n{3,}/g, "\n\n").trim();
  if (!said) return;
  const name = `[${author.replace(MARKS, "\\$1")}](${link})`;
  const lines = [wrote.replace("%(name)s", name), "", ...said.split("\n")];
  const area = document.querySelector("#composer textarea");
  const before = area.value.trimEnd();
  const block = lines.map((line) => `> ${line}`.trimEnd()).join("\n");
  replace(area, before.length, area.value.length, `${before ? "\n\n" : ""}${block}\n\n`);
  area.scrollTop = area.scrollHeight;
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[data-quotable]");
  const end = range.endContainer.parentElement?.closest("[data-quotable]") ?? start;
  return start && start === end ? { post: start, range } : undefined;
}

function take(found) {
  quote(found.post, found.range.cloneContents());
  getSelection().removeAllRanges();
}

export function startQuotes() {
  const button = document.querySelector("[data-quote-selection]");
  if (!button) return;
  document.addEventListener("selectionchange", () => {
    const found = selected();
    button.hidden = !found;
    if (!found) return;
    const { left, bottom } = found.range.getBoundingClientRect();
    button.style.insetBlockStart = `${Math.min(bottom + 8, innerHeight - 60)}px`;
    button.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - 140))}px`;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => { const found = selected(); if (found) take(found); });
  document.addEventListener("click", (event) => {
    const action = event.target.closest("[data-quote]");
    if (!action) return;
    const post = action.closest("article").querySelector("[data-quotable]");
    if (!post) return;
    event.preventDefault();
    const found = selected();
    if (found?.post === post) take(found);
    else quote(post, post);
  });
}
