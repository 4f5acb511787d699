// Deleting one's own message: asked once more in a dialog, and gone for everybody by the frame that the server sends.
// Without this script the link leads to a page that asks the same.
import { person } from "./log.js";

export function startTakingBack(root, log, conversation) {
  const dialog = document.querySelector("#delete-message");
  const form = dialog.querySelector("form");
  const button = form.querySelector("[data-lost]");
  const refused = form.querySelector("[data-refused]");
  let line;

  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-chat-delete]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    line = link.closest("[data-seq]");
    form.action = link.href;
    refused.hidden = true;
    dialog.showModal();
  });
  form.querySelector("[data-keep]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers, redirect: "error" }).catch(() => null);
    button.disabled = false;
    if (!answer?.ok) {
      const told = answer && await answer.json().catch(() => null);
      refused.textContent = told?.message ?? button.dataset.lost;
      refused.hidden = false;
      return;
    }
    dialog.close();
    // Where sockets are blocked no frame comes.
    const [kind, id] = line.dataset.who.split(":");
    const gone = { type: "message", conversation, seq: Number(line.dataset.seq), at: line.dataset.at, deleted: true, author: { kind, id: Number(id) } };
    if (person(gone.author) === line.dataset.who) log.tell("changed", gone);
  });
}
