// Pictures in a text: chosen, pasted or dropped. While one is sent, a place holder keeps its place.
import { exchange, replace, token } from "./insert.js";
import { notice, signedOut } from "./news.js";

const MOST = 10 * 1024 * 1024;
let number = 0;

export function choosePicture(area) {
  area.closest("[data-composer]").querySelector("[data-picture-file]").click();
}

function refuse(text) {
  const told = notice("textFailed", "danger");
  if (text) told.textContent = text;
}

async function send(composer, file) {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch(composer.dataset.upload, {
    method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token(composer.closest("form")) },
  });
  if (answer.type === "opaqueredirect") {
    signedOut();
    return undefined;
  }
  const told = await answer.json();
  if (!answer.ok) refuse(told.message);
  return answer.ok ? told.source : undefined;
}

async function add(composer, file) {
  const area = composer.querySelector("textarea");
  const words = composer.querySelector("[data-picture-words]").dataset;
  if (file.size > MOST) {
    refuse(words.tooLarge);
    return;
  }
  number += 1;
  const holder = `![${words.sending} ${number}]()`;
  const { selectionEnd: end, value } = area;
  const before = end && value[end - 1] !== "\n" ? "\n\n" : "";
  replace(area, end, end, `${before}${holder}\n`);
  let source;
  try {
    source = await send(composer, file);
  } catch {
    notice("textOffline", "danger");
  }
  const at = exchange(area, holder, source ? `![${words.describe}](${source})` : "");
  // The words for those who do not see it are the member's: they stand there to be typed over.
  if (source && at !== -1 && document.activeElement === area) area.setSelectionRange(at + 2, at + 2 + words.describe.length);
}

async function addAll(composer, files) {
  for (const file of files) await add(composer, file);
}

const pictures = (list) => [...(list?.files ?? [])].filter((file) => file.type.startsWith("image/"));

export function startPictures() {
  document.addEventListener("change", (event) => {
    const input = event.target.closest("[data-picture-file]");
    if (!input) return;
    addAll(input.closest("[data-composer]"), [...input.files]).then(() => { input.value = ""; });
  });
  document.addEventListener("paste", (event) => {
    const composer = event.target.closest("[data-composer]");
    const files = composer ? pictures(event.clipboardData) : [];
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    addAll(composer, files);
  });
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, (event) => {
      const composer = event.target.closest?.("[data-composer]");
      if (!composer || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (type === "drop") addAll(composer, pictures(event.dataTransfer));
    });
  }
}
