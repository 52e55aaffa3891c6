// Suggestions while one types, as an editable combobox with a list (WAI-ARIA Authoring Practices).
// Without this script, or when no suggestion comes, the field is a plain one.

const DELAY = 150; // milliseconds
const SHORTEST = 2; // characters

for (const input of document.querySelectorAll("[data-suggest]")) combobox(input);

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer, request, active = -1;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.form.append(list, status);
  input.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }

  const options = () => [...list.children];

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(number) {
    active = number;
    options().forEach((option, place) => option.setAttribute("aria-selected", place === number));
    if (number < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[number].id);
    options()[number].scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionOf));
    activate(-1);
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", !list.hidden);
    const message = suggestions.length === 1 ? input.dataset.one : input.dataset.several.replace("#", suggestions.length);
    status.textContent = list.hidden ? "" : message;
  }

  function optionOf(suggestion, number) {
    const option = document.createElement("li");
    option.id = `suggestion-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = suggestion.label;
    option.dataset.url = suggestion.url;
    option.dataset.kind = suggestion.kind;
    return option;
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const asked = request;
    const query = new URLSearchParams({ q: input.value.trim(), language: document.documentElement.lang });
    try {
      const response = await fetch(`${input.dataset.suggest}?${query}`, { signal: asked.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      if (asked === request && document.activeElement === input) show(suggestions);
    } catch {
      // No suggestion then: the search itself works all the same.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, DELAY);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      // The first press closes the list, only the second one empties the field.
      event.preventDefault();
      close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !list.hidden) {
      event.preventDefault();
      // One step beyond either end is the field itself.
      const steps = options().length + 1;
      activate(((active + 1 + (event.key === "ArrowDown" ? 1 : steps - 1)) % steps) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.url);
    } else if (event.key === "ArrowDown" && input.value.trim().length >= SHORTEST) {
      ask();
    }
  });

  // A press on the list must not take the focus from the field before it is heard.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
}
