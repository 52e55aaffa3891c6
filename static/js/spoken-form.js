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

  // Boxes that answer one question are a group, which the title of their panel names; so does its title a window.
  const nameChoices = (choices) => {
    if (!choices.querySelector(":scope > div > label > [type=checkbox], :scope > div > label > [type=radio]")) return;
    choices.setAttribute("role", choices.querySelector("[type=radio]") ? "radiogroup" : "group");
    point(choices, "aria-labelledby", nameOf(choices.closest("[data-panel]")));
  };

  const nameWindow = (dialog) => {
    const title = dialog.querySelector("h1");
    if (title) title.id ||= "window-title";
    point(dialog, "aria-labelledby", title);
    dialog.setAttribute("aria-modal", "true");
  };

  // Who has the same article open: the bubble says it, to who sees it. Wagtail's tooltips (Tippy) take
  // the bubble out of the button when they begin, which may be before or after this.
  const nameOther = (button) => {
    const bubble = button.querySelector("[data-w-tooltip-target=content]") ?? button._tippy?.props.content;
    if (bubble) button.setAttribute("aria-label", bubble.textContent.replace(/\s+/g, " ").trim());
  };
  const nameOthers = () =>
    document.querySelectorAll("button.w-editing-sessions__session:not([aria-label])").forEach(nameOther);

  // Two navigations are called «Actions»: the one above acts on what the title of the screen names.
  const nameActions = (actions) => {
    const title = document.querySelector("h1, #header-title");
    if (title) title.id ||= "screen-title";
    if (title) actions.setAttribute("aria-labelledby", `${actions.id} ${title.id}`);
  };

  // An article may be in another language than the screen: its title says which, and so does each of its texts.
  const sayLanguage = (language) => {
    document
      .querySelectorAll("[data-panel] :is(textarea, input[type=text]), .public-DraftEditor-content, .c-sf-block__title")
      .forEach((text) => text.setAttribute("lang", language));
    const told = [...document.querySelectorAll(".c-sf-block__title")].map((text) => text.textContent);
    for (const item of document.querySelectorAll(".w-minimap-item__text")) {
      if (told.includes(item.textContent)) item.setAttribute("lang", language);
      else item.removeAttribute("lang");
    }
  };

  // A page chosen in a window keeps the language that its title had there.
  const languages = {};
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest(".choose-page");
      if (link) languages[link.dataset.adminTitle] = link.querySelector("[lang]")?.lang;
    },
    true,
  );
  const sayLanguageOfChosen = (title) => {
    if (title.childElementCount) return;
    const language = languages[title.textContent];
    if (language) title.setAttribute("lang", language);
    else title.removeAttribute("lang");
  };

  const mend = () => {
    document.querySelectorAll("[data-streamfield-child]").forEach(nameControls);
    document
      .querySelectorAll("[data-panel] :is(textarea, select, input:not([type=hidden])), .public-DraftEditor-content")
      .forEach(nameField);
    document
      .querySelectorAll(".sidebar-custom-branding[aria-label], [data-side-panel-toggle][aria-label], .Draftail-ToolbarButton[aria-label]")
      .forEach(sayWhatIsSeen);
    document.querySelectorAll("[data-panel] [data-field-input] > div[id]").forEach(nameChoices);
    document.querySelectorAll(".modal[role=dialog]").forEach(nameWindow);
    document.querySelectorAll("#w-slim-header-buttons[aria-label]").forEach(nameActions);
    document.querySelectorAll("[data-chooser-title]").forEach(sayLanguageOfChosen);
    const language = document.querySelector("[data-panel] [name=title][lang]")?.lang;
    if (language && language !== document.documentElement.lang) sayLanguage(language);
    // What scrolls is reached by the keyboard too.
    document.querySelector(".w-minimap__list")?.setAttribute("tabindex", "0");
  };

  mendAgain(mend, ["hidden"]);
  // They come and go by themselves, while one may be reading: at once.
  watch(nameOthers, ["hidden"]);
})();
