// What is quicker with a script; everything works without.

// Colours and size of the text, as the reader chose them: kept in this browser, sent to nobody.
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
  offer();
})();

// A video is framed only once the visitor has pressed the button that names where it comes from.
for (const stage of document.querySelectorAll("[data-player]")) {
  const button = stage.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const player = document.createElement("iframe");
    player.src = stage.dataset.player;
    player.title = stage.dataset.title;
    player.allow = "fullscreen";
    player.referrerPolicy = "no-referrer";
    stage.classList.add("playing");
    stage.replaceChildren(player);
    player.focus();
  });
}

// «À retenir» is copied in one press.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const points = [...button.closest(".keep").querySelectorAll("li")].map((point) => `– ${point.textContent}`);
    await navigator.clipboard.writeText(points.join("\n"));
    button.textContent = button.dataset.copied;
  });
}

const loaded = (picture) =>
  picture.complete || new Promise((done) => { picture.onload = picture.onerror = done; });

// A page is printed once its pictures are there, those further down too, and the code that leads back.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map(loaded));
    window.print();
  });
}

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
