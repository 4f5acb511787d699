// What a page asks the server while somebody types: `data-ask-from` says from how many characters on. Shorter texts ask
// nothing and clear what was shown. Such fields also ask on "load", for what was typed before the page was ready.
export function startTyping() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLElement) || !field.dataset.askFrom) return;
    if (field.value.trim().length >= Number(field.dataset.askFrom)) return;
    event.preventDefault();
    event.detail.target.replaceChildren();
  });
}
