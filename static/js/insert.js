// Putting text into a text area as if it was typed.
// execCommand is the only way to insert text that the browser's own undo knows about.
export function replace(area, start, end, text, selectFrom = text.length, selectTo = selectFrom) {
  area.focus();
  area.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    area.setRangeText(text, start, end);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + selectFrom, start + selectTo);
}

// Text that comes while the member writes elsewhere: the caret stays where it is.
export function exchange(area, wanted, text) {
  const at = area.value.indexOf(wanted);
  if (at === -1) return -1;
  area.setRangeText(text, at, at + wanted.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return at;
}

export function token(form) {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}
