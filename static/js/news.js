// Showing what the server has already worded and escaped: small gains as a toast, an earned pin as a dialog.
const STAYS = 9_000;
const dialogs = [];
const toasts = [];

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function toast(element) {
  document.querySelector("[data-toasts]").append(element);
  let timer = setTimeout(() => element.remove(), STAYS);
  // Whoever reads or tabs into it gets the time they need.
  const hold = () => clearTimeout(timer);
  const release = () => { timer = setTimeout(() => element.remove(), STAYS); };
  for (const start of ["pointerenter", "focusin"]) element.addEventListener(start, hold);
  for (const end of ["pointerleave", "focusout"]) element.addEventListener(end, release);
}

function open() {
  const element = dialogs[0];
  if (!element) {
    // What arrived behind the dialog was out of sight: it is told now.
    for (const waiting of toasts.splice(0)) toast(waiting);
    return;
  }
  document.body.append(element);
  element.addEventListener("close", () => {
    element.remove();
    dialogs.shift();
    open();
  });
  element.showModal();
}

export function show(frame) {
  if (frame.effect === "none" || !frame.html) return;
  const element = parse(frame.html);
  if (!element) return;
  if (frame.effect === "dialog" && element instanceof HTMLDialogElement) {
    if (dialogs.push(element) === 1) open();
  } else if (dialogs.length) {
    toasts.push(element);
  } else {
    toast(element);
  }
}

// The words stand in the page, in the reader's language; each notice shows once.
export function notice(text, tone) {
  const region = document.querySelector("[data-notices]");
  region.querySelector(`[data-notice="${text}"]`)?.remove();
  const element = document.createElement("p");
  element.className = "notice";
  element.dataset.tone = tone;
  element.dataset.notice = text;
  element.append(region.dataset[text]);
  region.append(element);
  return element;
}

export function signedOut() {
  const { urlSignIn, textSignIn } = document.querySelector("[data-notices]").dataset;
  const link = document.createElement("a");
  link.href = `${urlSignIn}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = textSignIn;
  notice("textSignedOut", "crema").append(" ", link);
}
