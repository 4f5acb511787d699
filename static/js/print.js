// A button that prints the page; without this module there is none, and the browser's own menu does it.
export function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
