// The bell opens a menu with the newest lines instead of leading to their page; the server words them each time.
export function startBell() {
  const bell = document.querySelector("[data-bell]");
  const menu = bell && document.getElementById(bell.dataset.bell);
  if (!menu?.showPopover) return;
  bell.setAttribute("role", "button");
  bell.setAttribute("aria-haspopup", "dialog");
  bell.setAttribute("aria-expanded", "false");
  bell.addEventListener("click", (event) => {
    // Whoever wants a tab of its own gets the page.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    menu.togglePopover({ source: bell });
  });
  bell.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    menu.togglePopover({ source: bell });
  });
  menu.addEventListener("toggle", (event) => {
    bell.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") window.htmx.ajax("GET", menu.dataset.bellUrl, { target: menu, swap: "innerHTML" });
  });
}
