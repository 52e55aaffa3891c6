// Wagtail's screens, for those who listen to them: what lacks a name takes the one that stands beside it.
(() => {
  const nameOf = (piece) => {
    const heading = piece?.querySelector(":scope > .w-panel__header [data-panel-heading]");
    const kind = heading?.querySelector(".c-sf-block__type");
    // Without the beginning of its text, which would be read twice.
    if (kind) kind.id ||= `${heading.id}-kind`;
    return kind ?? heading;
  };

  const headingOf = (piece) =>
    piece?.querySelector(":scope > section > .w-panel__header [data-panel-heading]");

  const point = (element, attribute, target) => {
    if (element && target?.id && !element.hasAttribute(attribute)) element.setAttribute(attribute, target.id);
  };

  // The label of a field is that of its piece, where the field is all that the piece holds.
  const nameField = (field) => {
    if (field.labels?.length || field.hasAttribute("aria-label")) return;
    const place = field.closest("[data-contentpath]");
    const label = place?.querySelector(":scope > .w-field__label");
    if (label) label.id ||= `${label.htmlFor}-label`;
    point(field, "aria-labelledby", label ?? nameOf(field.closest("[data-panel]")));
    const hint = field.closest(".w-panel__content")?.querySelector(":scope > .piece-hint");
    if (!label) describeAlso(field, hint);
    if (field.isContentEditable) describeAlso(field, document.getElementById("toolbar-keys"));
  };

  const describeAlso = (field, hint) => {
    const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (hint && !ids.includes(hint.id)) field.setAttribute("aria-describedby", [hint.id, ...ids].join(" "));
  };

  // «Up», «Duplicate», «Delete»: of which piece. Pieces are moved by «Up» and «Down»: dragging is for the mouse alone.
  const nameControls = (child) => {
    const section = child.querySelector(":scope > section");
    // One region a piece would be thirty of them.
    section?.setAttribute("role", "group");
    const header = section?.querySelector(":scope > .w-panel__header");
    for (const button of header?.querySelectorAll("[data-streamfield-action]") ?? []) {
      point(button, "aria-describedby", headingOf(child));
      if (button.dataset.streamfieldAction !== "DRAG") continue;
      button.tabIndex = -1;
      button.setAttribute("aria-hidden", "true");
    }
    point(child.nextElementSibling?.querySelector(":scope > .c-sf-add-button"), "aria-describedby", headingOf(child));
  };

  // What is seen is said first: one may call a link or a button by the words that one reads on it.
  const sayWhatIsSeen = (element) => {
    const seen = element.innerText.trim();
    element.dataset.said ??= element.getAttribute("aria-label");
    const name = seen ? `${seen}, ${element.dataset.said}` : element.dataset.said;
    if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
  };

  // Two navigations are called «Actions»: the one above acts on what the title names.
  const nameActions = () => {
    const title = document.querySelector("main h1");
    const actions = document.getElementById("w-slim-header-buttons");
    if (!title || !actions) return;
    title.id ||= "spoken-title";
    point(actions, "aria-labelledby", title);
  };

  const mend = () => {
    document.querySelectorAll("[data-streamfield-child]").forEach(nameControls);
    document
      .querySelectorAll("[data-streamfield-child] :is(textarea, select, input:not([type=hidden])), .public-DraftEditor-content")
      .forEach(nameField);
    document
      .querySelectorAll(".sidebar-custom-branding[aria-label], [data-side-panel-toggle][aria-label], .Draftail-ToolbarButton[aria-label]")
      .forEach(sayWhatIsSeen);
    nameActions();
    // What scrolls is reached by the keyboard too.
    document.querySelector(".w-minimap__list")?.setAttribute("tabindex", "0");
  };

  let asked = false;
  const mendSoon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mend();
    });
  };
  new MutationObserver(mendSoon).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["hidden"],
  });
  mendSoon();
})();
