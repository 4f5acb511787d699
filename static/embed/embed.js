/* Puts the block of one product where the script stands:
   <script src="https://community.example/embed.js" data-product="SKU" async></script>
   No cookie, no inline style or script: a shadow tree with the community's style sheet. */
(() => {
  const script = document.currentScript;
  const { product, target, language = document.documentElement.lang.slice(0, 2) } = script.dataset;
  const base = new URL(".", script.src);

  const show = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const block = parsed.querySelector("section.kk");
    const data = block?.querySelector('script[type="application/ld+json"]');
    if (!block) return;
    if (data) {
      // Search engines read the page's own tree, not the shadow one.
      const copy = document.createElement("script");
      copy.type = data.type;
      copy.textContent = data.textContent;
      document.head.append(copy);
      data.remove();
    }
    const host = document.createElement("div");
    host.dataset.kundenkreis = product;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("embed.css", base);
    host.attachShadow({ mode: "open" }).append(style, document.adoptNode(block));
    host.hidden = true;
    style.onload = style.onerror = () => { host.hidden = false; };
    const place = target && document.querySelector(target);
    if (place) place.append(host);
    else script.after(host);
  };

  const address = new URL(`embed/products/${encodeURIComponent(product)}/block/`, base);
  if (["de", "en"].includes(language)) address.searchParams.set("lang", language);
  fetch(address, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.text().then(show) : console.warn(`Kundenkreis: no block for ${product}.`)))
    .catch(() => console.warn("Kundenkreis: the block could not be fetched. Is this shop named in the community's admin?"));
})();
