// How many conversations wait, beside the link to them and in the title, on every page and in every tab.
const SOON = 400;

let timer;

async function count(address) {
  const answer = await fetch(address, { redirect: "error" }).catch(() => null);
  if (!answer?.ok) return;
  const { unread } = await answer.json();
  for (const badge of document.querySelectorAll("[data-unread-messages]")) {
    badge.textContent = unread || "";
    badge.hidden = !unread;
  }
  document.title = `${unread ? `(${unread}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

export function startBadge() {
  const address = document.querySelector("[data-chat-unread]")?.dataset.chatUnread;
  if (!address) return;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => count(address), SOON);
  };
  const tabs = new BroadcastChannel("chat-count");
  tabs.addEventListener("message", again);
  // The live socket says it on every page, the log where it is open.
  document.addEventListener("chatnews", () => { again(); });
  document.addEventListener("chatread", () => { again(); tabs.postMessage(""); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  again();
}
