// Similar questions while a title is typed: too short a title asks nothing and clears what was shown.
export function startSimilar() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.similar) return;
    if (input.value.trim().length >= Number(input.dataset.similar)) return;
    event.preventDefault();
    event.detail.target.replaceChildren();
  });
}
