// When a partial update fails: the server's own sentence where it sent one, otherwise ours. Nothing typed is lost.
import { notice } from "./news.js";

export function startFailures() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.getResponseHeader("HX-Retarget")) scrollTo({ top: 0, behavior: "smooth" });
    else notice("textFailed", "danger");
  });
  document.addEventListener("htmx:sendError", () => notice("textOffline", "danger"));
}
