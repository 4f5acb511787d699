// Light or dark: a cookie, so that the server writes the choice into the page and nothing flashes.
const YEAR = 60 * 60 * 24 * 365;

function current() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function toggle() {
  const theme = current() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
}

export function startTheme() {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) toggle();
  });
}
