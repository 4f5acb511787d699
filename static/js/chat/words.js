// Times, sizes and prices as the page's language writes them; there are no words of our own here.
const language = () => ({ en: "en-GB" })[document.documentElement.lang] || document.documentElement.lang || undefined;

// A page of a member is in the time zone of their settings, any other in the browser's.
const zone = () => document.querySelector("[data-zone]")?.dataset.zone;

const written = (at, parts) => new Intl.DateTimeFormat(language(), { ...parts, timeZone: zone() }).format(new Date(at));

export const clock = (at) => written(at, { hour: "2-digit", minute: "2-digit" });

export const day = (at) => written(at, { weekday: "short", day: "numeric", month: "long" });

export function size(bytes) {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kilobyte"] : [bytes / 1024 / 1024, "megabyte"];
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: 1 }).format(Math.max(value, 0.1));
}

export const price = (amount, currency) => new Intl.NumberFormat(language(), { style: "currency", currency: currency || "EUR" }).format(Number(amount));

// "%(name)s is typing" with the facts that are known; whatever is missing stays empty.
export const fill = (words, facts) => words.replace(/%\((\w+)\)s/g, (_match, name) => String(facts[name] ?? ""));
