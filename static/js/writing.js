// The editor of an article: the hint of each piece beside it, the way from an advice to what it speaks of.
(() => {
  const TAB_OPENS_IN = 300; // milliseconds
  const panel = () => document.querySelector(".rereading");

  // Hints are shown, and never sent: they are no field of the form.
  const showHints = () => {
    const source = document.getElementById("piece-hints");
    if (!source) return;
    for (const [id, hint] of Object.entries(JSON.parse(source.textContent))) {
      const content = document.getElementById(`block-${id}-content`);
      if (!content || content.querySelector(":scope > .piece-hint")) continue;
      const line = document.createElement("p");
      line.className = "piece-hint";
      line.id = `piece-hint-${id}`;
      line.textContent = hint;
      content.prepend(line);
    }
  };

  const reveal = (target) => {
    const tab = target.closest("[role=tabpanel]");
    if (tab?.hidden) document.getElementById(tab.getAttribute("aria-labelledby"))?.click();
    for (let section = target; section; section = section.parentElement?.closest("[data-panel]")) {
      const toggle = section.querySelector(":scope > .w-panel__header [data-panel-toggle]");
      if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  const goTo = (target) => {
    reveal(target);
    const field = target.matches("input, textarea, select")
      ? target
      : target.querySelector("textarea, [contenteditable=true], input:not([type=hidden]), button");
    // A tab takes a moment to show what is in it.
    setTimeout(() => {
      (field ?? target).focus({ preventScroll: true });
      target.scrollIntoView({ block: "center" });
    }, TAB_OPENS_IN);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go-to]");
    const target = link && document.getElementById(link.dataset.goTo);
    if (!target) return;
    event.preventDefault();
    // On a phone the panel covers the text that it speaks of.
    if (window.innerWidth < 800) document.querySelector("[data-form-side-close-button]")?.click();
    goTo(target);
  });

  const countFindings = () => {
    const counter = document.querySelector(
      "[data-side-panel-toggle=rereading] [data-side-panel-toggle-counter]",
    );
    if (!counter || !panel()) return;
    const count = Number(panel().dataset.rereadingCount);
    counter.textContent = count;
    counter.hidden = count === 0;
  };

  // The title that a draft begins with gives way to the first letter typed.
  document.getElementById("id_title")?.addEventListener("focus", (event) => {
    if (panel()?.hasAttribute("data-untitled")) event.target.select();
  });

  document.addEventListener("w-autosave:success", () => {
    showHints();
    countFindings();
  });
  window.addEventListener("load", () => {
    showHints();
    const target = document.getElementById(location.hash.slice(1));
    if (target) goTo(target);
  });
})();
