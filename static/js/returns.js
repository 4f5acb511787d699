// Whoever was signed out meanwhile ends at the sign-in page instead of posting. What they wrote waits in this tab and
// stands in its form again when they come back. Forms with drafts have copies of their own.
const PLACE = "unposted";
const WRITTEN = "textarea[name], select[name], input[name]:not([type=hidden], [type=password], [type=file])";

const addressOf = (form) => form.getAttribute("action") ?? "";
const isWritten = (form) => form.querySelector("textarea") && !form.querySelector("[data-draft]");

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

function write(kept) {
  try {
    if (kept) sessionStorage.setItem(PLACE, JSON.stringify(kept));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // Full or forbidden: then nothing waits.
  }
}

function remember(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || !isWritten(form)) return;
  const fields = [...form.querySelectorAll(WRITTEN)].map(({ name, value, checked }) => ({ name, value, checked }));
  write({ page: location.pathname, address: addressOf(form), member: document.body.dataset.member, fields });
}

function restore({ address, fields }) {
  const form = [...document.forms].find((one) => addressOf(one) === address && isWritten(one));
  if (!form) return;
  for (const [place, field] of form.querySelectorAll(WRITTEN).entries()) {
    const kept = fields[place];
    if (kept?.name !== field.name) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = kept.checked;
    else field.value = kept.value;
  }
  form.closest("details")?.setAttribute("open", "");
  form.querySelector("textarea").focus();
}

// Whoever was quicker than the script of the sign-in page has met it all the same.
const cameFromSignIn = () => document.referrer.startsWith(`${location.origin}/accounts/`);

function welcome(kept) {
  const { member } = document.body.dataset;
  if (!member) {
    write({ ...kept, met: true });
  } else if (!kept.met && !cameFromSignIn()) {
    write(null);
  } else if (kept.member === member && kept.page === location.pathname) {
    write(null);
    restore(kept);
  }
}

export function startReturns() {
  const kept = read();
  if (kept) welcome(kept);
  document.addEventListener("submit", remember);
}
