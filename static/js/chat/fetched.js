// Files of a talk for a visitor: fetched with the token in a header, since a token belongs in no address.
const kept = new Map();

const fetched = (log, { conversation, token }) => {
  if (!kept.has(token)) {
    const file = log.rest.file(conversation, token).then((held) => URL.createObjectURL(held));
    // Whatever went wrong, the next one tries again.
    file.catch(() => kept.delete(token));
    kept.set(token, file);
  }
  return kept.get(token);
};

// A picture comes by itself, everything else when it is asked for.
export const visitorsFile = (log, conversation) => (element, { token, name }) => {
  const image = element.querySelector("img");
  const of = { conversation, token };
  if (image) {
    fetched(log, of).then((address) => { element.href = address; image.src = address; }, () => {});
    return;
  }
  element.href = `#${token}`;
  element.addEventListener("click", async (event) => {
    event.preventDefault();
    const address = await fetched(log, of).catch(() => "");
    if (address) Object.assign(document.createElement("a"), { href: address, download: name }).click();
  });
};
