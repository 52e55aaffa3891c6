// The buttons of a rich text, which Wagtail leaves to the mouse: Alt + F10 leads to them, the arrows from one to
// the next, Escape back to the text. The bar that floats goes away as soon as one leaves the text: it is pinned first.
(() => {
  const BUTTON = ".Draftail-Toolbar .Draftail-ToolbarButton";
  const TEXT = ".public-DraftEditor-content";
  const PINNED_IN = 100; // milliseconds

  const buttonsOf = (editor) => [...editor.querySelectorAll(BUTTON)];

  const tellStates = (editor) => {
    for (const button of buttonsOf(editor)) {
      button.setAttribute("aria-pressed", button.classList.contains("Draftail-ToolbarButton--active"));
    }
  };

  const enter = (editor) => {
    document.dispatchEvent(new CustomEvent("draftail:toolbar", { detail: { toolbar: "sticky" } }));
    setTimeout(() => {
      const bar = editor.querySelector(".Draftail-Toolbar");
      bar?.setAttribute("role", "toolbar");
      bar?.setAttribute("aria-label", document.getElementById("toolbar-keys").dataset.name);
      tellStates(editor);
      buttonsOf(editor)[0]?.focus();
    }, PINNED_IN);
  };

  const press = (button, editor) => {
    button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
    setTimeout(() => tellStates(editor));
  };

  const step = (editor, button, by) => {
    const buttons = buttonsOf(editor);
    buttons.at((buttons.indexOf(button) + by) % buttons.length).focus();
  };

  const ON_A_BUTTON = {
    ArrowRight: (editor, button) => step(editor, button, 1),
    ArrowLeft: (editor, button) => step(editor, button, -1),
    Enter: (editor, button) => press(button, editor),
    " ": (editor, button) => press(button, editor),
    Escape: (editor) => editor.querySelector(TEXT).focus(),
  };

  const onKey = (event) => {
    const editor = event.target.closest("[data-draftail-editor]");
    if (!editor) return;
    const isText = event.target.matches(TEXT);
    const act = isText ? event.altKey && event.key === "F10" && enter : event.target.matches(BUTTON) && ON_A_BUTTON[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act(editor, event.target);
  };
  document.addEventListener("keydown", onKey, { capture: true });
})();
