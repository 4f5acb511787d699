// What this shop tells the chat, and what the chat may ask of it. docs/widget.md explains each line.
const { context, known, left } = document.body.dataset;
window.Kundenkreis ||= [];

// Log-out first: the chat forgets whoever was here before.
if (left !== undefined) Kundenkreis.push(["logout"]);

Kundenkreis.push(["setContext", JSON.parse(context)]);

// Asked for when the chat is opened, and signed on our server: nothing in this page could forge it.
if (known !== undefined) {
  Kundenkreis.push(["identify", async () => (await fetch("/identity/", { method: "POST" })).text()]);
}

// A product card in the chat was pressed: our own basket, our own rules.
Kundenkreis.push(["on", "add-to-cart", async ({ sku }) => {
  const answer = await fetch("/baskets/add/", { method: "POST", body: new URLSearchParams({ sku }) });
  if (!answer.ok) return;
  const now = await answer.json();
  const count = document.querySelector("[data-count]");
  count.textContent = now.count;
  count.hidden = false;
  Kundenkreis.setContext(now.context);
}]);

// The order will name the talk that led to it.
Kundenkreis.push(["on", "conversation", ({ token }) => {
  fetch("/conversation/", { method: "POST", keepalive: true, body: new URLSearchParams({ token }) }).catch(() => {});
}]);
