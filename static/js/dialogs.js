// Dialogs that a button opens, for browsers that do not know invoker commands yet, and the buttons that close.
export function startDialogs() {
  const invokers = "command" in HTMLButtonElement.prototype;
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener && !invokers) document.getElementById(opener.dataset.open)?.showModal();
    const closer = event.target.closest("[data-dismiss]");
    if (closer) closer.closest(".toast, .notice")?.remove();
  });
}
