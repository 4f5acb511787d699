// The editor of a rule: adds and removes rows in place, and keeps the outline's indents and choices of groups right.
const GROUPS = new Set(["all", "any", "none"]);

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const numberOf = (row) => Number(/-(\d+)-/.exec(row.querySelector("[name]").name)[1]);
const rowsOf = (part) => [...part.querySelectorAll("[data-list] > [data-row]")];

function add(part) {
  const total = part.querySelector('[name$="-TOTAL_FORMS"]');
  const most = part.querySelector('[name$="-MAX_NUM_FORMS"]');
  if (Number(total.value) >= Number(most.value)) return;
  const number = total.value;
  total.value = Number(number) + 1;
  const added = part.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const element of added.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace("__prefix__", number));
    }
  }
  const label = added.querySelector("[data-number]");
  if (label) label.textContent = Number(number) + 1;
  part.querySelector("[data-list]").append(added);
  ready(added);
  outline(part);
  added.querySelector("select, input").focus();
}

function remove(row) {
  const part = row.closest("[data-rows]");
  const empty = field(row, "kind") ?? field(row, "much");
  const gone = [row];
  if (field(row, "inside")) {
    const held = (above) => rowsOf(part).filter((other) => field(other, "inside").value === String(numberOf(above)));
    for (const above of gone) gone.push(...held(above).filter((other) => !gone.includes(other)));
  }
  for (const each of gone) {
    (field(each, "kind") ?? empty).value = "";
    each.hidden = true;
  }
  outline(part);
  part.dispatchEvent(new Event("rows", { bubbles: true }));
}

function outline(part) {
  if (part.dataset.rows !== "conditions") return;
  const rows = rowsOf(part);
  const groups = rows.filter((row) => GROUPS.has(field(row, "kind").value));
  const byNumber = new Map(rows.map((row) => [String(numberOf(row)), row]));
  for (const row of rows) {
    const inside = field(row, "inside");
    const sample = inside.options[0];
    for (const group of groups) {
      const value = String(numberOf(group));
      if (group !== row && ![...inside.options].some((option) => option.value === value)) {
        const kind = field(group, "kind");
        inside.add(new Option(`${numberOf(group) + 1} · ${kind.selectedOptions[0].text}`, value));
      }
    }
    for (const option of inside.options) {
      const group = byNumber.get(option.value);
      option.hidden = option !== sample && !option.selected && (!group || group === row || !groups.includes(group));
      if (group && groups.includes(group)) option.text = `${numberOf(group) + 1} · ${field(group, "kind").selectedOptions[0].text}`;
    }
    let depth = 0;
    for (let above = byNumber.get(inside.value); above && depth < 4; above = byNumber.get(field(above, "inside").value)) depth += 1;
    row.dataset.depth = depth;
  }
  arrange(part, rows, byNumber);
}

// Rows stand below the group that they belong to; where they stand means nothing to the server.
function arrange(part, rows, byNumber) {
  const ordered = [];
  const walk = (value) => {
    for (const row of rows) {
      const inside = field(row, "inside").value;
      if (ordered.includes(row) || (byNumber.has(inside) ? inside : "") !== value) continue;
      ordered.push(row);
      walk(String(numberOf(row)));
    }
  };
  walk("");
  ordered.push(...rows.filter((row) => !ordered.includes(row)));
  if (ordered.every((row, place) => row === rows[place])) return;
  const focused = document.activeElement;
  part.querySelector("[data-list]").append(...ordered);
  focused?.focus();
}

function ready(row) {
  const button = row.querySelector("[data-remove]");
  button.hidden = false;
  button.addEventListener("click", () => remove(row));
}

for (const form of document.querySelectorAll("[data-rule-editor]")) {
  for (const part of form.querySelectorAll("[data-rows]")) {
    rowsOf(part).forEach(ready);
    outline(part);
    part.addEventListener("change", () => outline(part));
    part.querySelector("[data-add]").addEventListener("click", (event) => {
      event.preventDefault();
      add(part);
    });
  }
}
