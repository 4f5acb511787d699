// A switch that takes effect at once: without a script its form has a button.
export function startSwitches() {
  for (const form of document.querySelectorAll("[data-switch]")) {
    form.querySelector("[data-switch-button]").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }
}
