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
  const official = String(frame.official ?? "");
  if (!slot || (slot.dataset.acceptedSlot === accepted && slot.dataset.officialSlot === official)) return;
  Object.assign(slot.dataset, { acceptedSlot: accepted, officialSlot: official });
  slot.dispatchEvent(new CustomEvent("accepted"));
  for (const pk of [accepted, official].filter(Boolean)) {
    page.querySelector(`:is([data-answers-shown], [data-news]) > #answer-${Number(pk)}`)?.remove();
  }
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

// What is new comes below what stands there: nothing that is being read moves, and the composer keeps its text.
async function showNews(link) {
  const news = document.querySelector("[data-news]");
  const before = news.childElementCount;
  const address = `${link.dataset.showNews}?after=${Number(link.dataset.after)}`;
  await window.htmx.ajax("GET", address, { target: news, swap: "beforeend" });
  const told = [...news.querySelectorAll("[data-answers]")].at(-1);
  if (!told || news.childElementCount === before) return;
  link.dataset.after = told.dataset.newest || link.dataset.after;
  document.querySelector("[data-answers-shown]").dataset.answersShown = told.dataset.answers;
  link.closest("[data-new-answers]").hidden = true;
  // The button that was pressed is gone: reading goes on at the first new answer.
  [...news.children].slice(before).find((element) => element.matches(".answer"))?.focus();
}

export function startThread() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show-news]");
    if (!link) return;
    event.preventDefault();
    showNews(link);
  });
}
