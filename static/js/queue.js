// The moderation queue by keyboard: J and K walk, C, O, R press the case's own buttons, X ticks it.
export function startQueue() {
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const cases = [...queue.querySelectorAll("[data-case]")];
    const here = cases.indexOf(document.activeElement?.closest("[data-case]"));
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      const next = cases[key === "j" ? Math.min(here + 1, cases.length - 1) : Math.max(here - 1, 0)];
      next?.focus();
      next?.scrollIntoView({ block: "center" });
    } else if (key === "x" && here >= 0) {
      cases[here].querySelector("[data-tick]")?.click();
    } else if (here >= 0 && /^[cor]$/.test(key)) {
      cases[here].querySelector(`[data-key="${key}"]`)?.click();
    } else {
      return;
    }
    event.preventDefault();
  });
}
