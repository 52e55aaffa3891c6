// What Wagtail's scripts write and HTML does not allow, mended where it stands: the templates are by portal/mended_templates.py.
(() => {
  const drop = (attribute, selector) =>
    document.querySelectorAll(selector).forEach((element) => element.removeAttribute(attribute));

  // React keeps what is inside and never takes these away by themselves: they may be of another kind.
  const asSpan = (block) => {
    const span = document.createElement("span");
    for (const { name, value } of block.attributes) span.setAttribute(name, value);
    span.append(...block.childNodes);
    block.replaceWith(span);
  };

  // Two copies of Tippy, Wagtail's and Draftail's, number their bubbles from one each.
  const numberApart = () => {
    const taken = new Set();
    for (const bubble of document.querySelectorAll("[data-tippy-root]")) {
      const id = bubble.id;
      if (taken.has(id)) bubble.id = `${id}-of-text`;
      const told = bubble._tippy?.reference.getAttribute("aria-describedby");
      if (told === id) bubble._tippy.reference.setAttribute("aria-describedby", bubble.id);
      taken.add(bubble.id);
    }
  };

  const mend = () => {
    // static/css/admin.css hides the sign of an error where there is none.
    drop("hidden", "svg.w-field__errors-icon[hidden]");
    drop("required", "input[type=hidden][required]");
    drop("unselectable", "ul[unselectable]");
    drop("aria-expanded", ".Draftail-Tooltip__target[aria-expanded]");
    drop("aria-invalid", "input[type=hidden][aria-invalid]");
    drop("aria-describedby", "input[type=hidden][aria-describedby]");
    document.querySelectorAll(".w-minimap-item__errors").forEach((count) => count.setAttribute("role", "img"));
    drop("aria-activedescendant", "[aria-activedescendant='']");
    document.querySelectorAll("[disabled=true]").forEach((button) => button.setAttribute("disabled", ""));
    // Where something is always chosen, nothing is required.
    for (const select of document.querySelectorAll("select[required]:not([multiple])"))
      if (select.options[0]?.value) select.required = false;
    document.querySelectorAll(".sidebar-footer button div").forEach(asSpan);
    numberApart();
    // Those of a rich text, which last as long as the screen.
    document.head.append(...document.querySelectorAll(".Draftail-Editor style"));
  };

  mendAgain(mend, ["hidden", "required", "aria-expanded", "aria-activedescendant", "aria-invalid", "disabled"]);
})();
