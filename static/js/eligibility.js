// Counts who may apply for a product test while its rule is being written.
const NAMES = ["audience", "least_level", "least_days", "least_answers", "owns"];

function follow(shown) {
  const form = document.querySelector("#producttest_form");
  if (!form) return;
  let asked = 0;
  const count = async () => {
    const mine = ++asked;
    const query = new URLSearchParams([...new FormData(form)].filter(([name]) => NAMES.includes(name)));
    const answer = await fetch(`${shown.dataset.eligible}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    shown.textContent = (await answer.json()).words;
  };
  form.addEventListener("change", (event) => {
    if (NAMES.includes(event.target.name)) count();
  });
}

document.querySelectorAll("[data-eligible]").forEach(follow);
