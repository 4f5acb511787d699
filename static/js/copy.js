// Copying: a button puts its text on the clipboard and says so. Where there is no clipboard it stays hidden.
const SAID = 4000;

async function copy(button) {
  const words = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    select(button);
    return;
  }
  button.dataset.before ??= words.textContent;
  words.textContent = button.dataset.copied;
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => { words.textContent = button.dataset.before; }, SAID);
}

// Refused: mark the text instead, so that one key copies it.
function select(button) {
  const text = button.parentElement.querySelector("code");
  if (text) getSelection().selectAllChildren(text);
}

export function startCopy() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
