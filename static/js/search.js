// The search page with htmx: what the attributes alone do not say.

const results = document.querySelector("#results");

// The address stays short: no parameter for an empty field.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.request.body.get("q")) ctx.request.body.delete("q");
});

document.addEventListener("htmx:after:swap", () => {
  // A box that was ticked by hand no longer follows its attribute.
  for (const box of results.querySelectorAll("[type=checkbox]")) box.checked = box.hasAttribute("checked");
  results.querySelectorAll(".finder").forEach(find);
  // What had the focus may be gone, as the chip of a filter taken out.
  if (document.activeElement === document.body) document.querySelector("#found").focus({ preventScroll: true });
});

// A long list is narrowed while one types.
results.addEventListener("input", ({ target }) => {
  if (target.matches(".finder")) find(target);
});
results.addEventListener("keydown", (event) => {
  if (event.target.matches(".finder") && event.key === "Enter") event.preventDefault();
});

function find(finder) {
  const wanted = plain(finder.value);
  for (const label of finder.closest("fieldset").querySelectorAll("label")) {
    label.hidden = !plain(label.textContent).includes(wanted) && !label.control.checked;
  }
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
