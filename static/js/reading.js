// On the page of an article: its address and its citation are copied in one press.

for (const button of document.querySelectorAll("[data-text]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    button.closest("section").querySelector("[role=status]").textContent = button.dataset.copied;
  });
}
