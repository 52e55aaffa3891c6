// Colours and size of the text, as the reader chose them: kept in this browser, sent to nobody.
// Loaded as soon as may be, so that the page seldom appears in other colours first.
(() => {
  const KEYS = { theme: "maillage.theme", "text-size": "maillage.text-size" };
  const CHOICES = { theme: ["light", "dark"], "text-size": ["large", "larger"] };
  const root = document.documentElement;

  const kept = (name) => {
    try {
      return localStorage.getItem(KEYS[name]);
    } catch {
      return null; // this browser keeps nothing
    }
  };

  const keep = (name, value) => {
    try {
      value ? localStorage.setItem(KEYS[name], value) : localStorage.removeItem(KEYS[name]);
    } catch {
      // Chosen for this page at least.
    }
  };

  const apply = (name, value) => {
    CHOICES[name].includes(value) ? root.setAttribute(`data-${name}`, value) : root.removeAttribute(`data-${name}`);
    for (const button of document.querySelectorAll(`[data-choice="${name}"] button`)) {
      const pressed = button.value === (root.getAttribute(`data-${name}`) ?? "");
      button.setAttribute("aria-pressed", pressed);
    }
  };

  const applyKept = () => Object.keys(CHOICES).forEach((name) => apply(name, kept(name)));

  const showControls = ({ currentTarget: details }) => {
    const template = details.querySelector("template");
    template.replaceWith(template.content);
    for (const group of details.querySelectorAll("[data-choice]")) {
      group.addEventListener("click", ({ target }) => {
        if (target.tagName !== "BUTTON") return;
        keep(group.dataset.choice, target.value);
        apply(group.dataset.choice, target.value);
      });
    }
    applyKept();
  };

  const offer = () => {
    const details = document.querySelector(".comfort");
    if (!details) return;
    details.hidden = false;
    details.addEventListener("toggle", showControls, { once: true });
  };

  applyKept();
  addEventListener("storage", applyKept); // chosen in another tab
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", offer);
  else offer();
})();
