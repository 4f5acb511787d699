// The board of applications: a card is dragged into another column, alone or with all that are chosen, and the dialog
// asks for the reason. Whoever uses no mouse chooses cards and uses the form above; it ends at the same page.
const board = document.querySelector("[data-board]");
const dialog = document.querySelector("[data-move-dialog]");

const cards = () => [...board.querySelectorAll("[data-card]")];
const nameOf = (card) => card.querySelector(".board__name").textContent.trim();
const leads = (card, state) => card.dataset.ways.split(" ").includes(state);

function dragged(card) {
  const chosen = cards().filter((other) => other.querySelector("input:checked"));
  return chosen.includes(card) ? chosen : [card];
}

function ask(moved, column) {
  dialog.querySelector("[name=to]").value = column.dataset.column;
  dialog.querySelector("[data-move-who]").textContent = moved.map(nameOf).join(", ");
  dialog.querySelector("[data-move-where]").textContent = column.querySelector("h2").firstChild.textContent.trim();
  dialog.querySelector("[data-move-ids]").replaceChildren(...moved.map((card) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "id", value: card.dataset.card });
    return field;
  }));
  dialog.showModal();
  dialog.querySelector("textarea").focus();
}

function start() {
  let moved = [];
  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card) return;
    moved = dragged(card);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", moved.map(nameOf).join(", "));
    for (const column of board.querySelectorAll("[data-column]")) {
      column.toggleAttribute("data-takes", moved.every((one) => leads(one, column.dataset.column)));
    }
  });
  board.addEventListener("dragend", () => {
    moved = [];
    for (const column of board.querySelectorAll("[data-takes]")) column.removeAttribute("data-takes");
  });
  for (const column of board.querySelectorAll("[data-column]")) {
    column.addEventListener("dragover", (event) => {
      if (column.hasAttribute("data-takes")) event.preventDefault();
    });
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      if (moved.length && column.hasAttribute("data-takes")) ask(moved, column);
    });
  }
  dialog.querySelector("[data-move-cancel]").addEventListener("click", () => dialog.close());
}

if (board && dialog) start();
