// The open thread page follows the thread: counts and state at once, new answers when the reader asks for them.
// The composer stands outside of everything that is replaced, so a half-written answer survives.
function words(element, n) {
  const text = n === 1 ? element.dataset.one : element.dataset.many;
  return text ? text.replace("%(n)s", n) : String(n);
}

function mark(page, frame) {
  for (const count of page.querySelectorAll("[data-answer-count]")) count.textContent = words(count, frame.answers);
  for (const chip of page.querySelectorAll("[data-solved]")) chip.hidden = frame.state !== "solved";
}

function accept(page, frame) {
  const slot = page.querySelector("[data-accepted-slot]");
  const accepted = String(frame.accepted ?? "");
  if (!slot || slot.dataset.acceptedSlot === accepted) return;
  slot.dataset.acceptedSlot = accepted;
  slot.dispatchEvent(new CustomEvent("accepted"));
  if (accepted) page.querySelector(`[data-answers-shown] > #answer-${Number(accepted)}`)?.remove();
}

function announce(page, frame) {
  const bar = page.querySelector("[data-new-answers]");
  const list = page.querySelector("[data-answers-shown]");
  if (!bar || !list) return;
  const more = frame.answers - Number(list.dataset.answersShown);
  bar.hidden = more <= 0;
  if (more <= 0) return;
  bar.querySelector("[data-new-answers-text]").textContent = words(bar, more);
  list.querySelector("[data-none-yet]")?.remove();
}

export function refreshThread(frame) {
  for (const page of document.querySelectorAll(`[data-live-thread="${Number(frame.id)}"]`)) {
    // Frames may overtake each other: an older state never replaces a newer one. Version 0 is the state of now.
    if (frame.version && frame.version < Number(page.dataset.version ?? 0)) continue;
    page.dataset.version = frame.version || page.dataset.version || 0;
    mark(page, frame);
    accept(page, frame);
    announce(page, frame);
  }
}

export function startThread() {
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "answers") return;
    const bar = document.querySelector("[data-new-answers]");
    if (bar) bar.hidden = true;
    // The link that was pressed is gone: reading goes on at the first answer.
    document.querySelector("#answers .answer")?.focus();
  });
}
