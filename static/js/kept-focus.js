// In the editor, a piece that moves or goes takes the focus with it, and so do the list of pieces and the window where
// one chooses a picture: the focus is put back where one was.
(() => {
  const GONE_IN = 600; // milliseconds

  const childrenOf = (container) => [...container.querySelectorAll(":scope > [data-streamfield-child]")];
  const isThere = (child) => child.querySelector(":scope > section")?.checkVisibility();

  const keepFocus = (button) => {
    const does = button.dataset.streamfieldAction;
    const child = button.closest("[data-streamfield-child]");
    const container = child.parentElement;
    const place = childrenOf(container).filter(isThere).indexOf(child);
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const left = childrenOf(container).filter((each) => isThere(each) && !each.hasAttribute("aria-hidden"));
      const next = left.includes(child) ? child : left[Math.min(place, left.length - 1)];
      const controls = next?.querySelector(":scope > section > .w-panel__header > [data-panel-controls]");
      // The same button again, but for «Delete»: one press too many would take the next piece away.
      const again = does !== "DELETE" && controls?.querySelector(`[data-streamfield-action=${does}]:enabled`);
      (again || controls?.querySelector(":enabled") || container.querySelector(".c-sf-add-button"))?.focus();
    }, GONE_IN);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-streamfield-action]");
    if (button && ["MOVE_UP", "MOVE_DOWN", "DELETE"].includes(button.dataset.streamfieldAction)) keepFocus(button);
  }, { capture: true });
  // A list or a menu that opens under a button, by Tippy.
  document.addEventListener("keydown", (event) => {
    const opener = event.key === "Escape" && event.target.closest("[data-tippy-root]")?._tippy.reference;
    if (!opener) return;
    setTimeout(() => document.activeElement === document.body && opener.focus(), GONE_IN);
  }, { capture: true });

  // The button that opened the window gives way to what was chosen, and to its own buttons.
  let chooser = null;
  document.addEventListener("click", (event) => {
    chooser = event.target.closest("main .chooser") ?? (event.target.closest("main") ? null : chooser);
  }, { capture: true });
  new MutationObserver((changes) => {
    const closed = changes.some(({ removedNodes }) => [...removedNodes].some((node) => node.matches?.(".modal")));
    if (!closed || !chooser) return;
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      [...chooser.querySelectorAll("button")].find((button) => button.checkVisibility())?.focus();
    }, GONE_IN);
  }).observe(document.body, { childList: true });
})();
