// What was typed in the editor and could not be saved (logged out, no network, no right any more) is kept in this
// browser, for the person who typed it, and offered again: on the form it comes from, and on the first page.
(() => {
  const PREFIX = "kept-text:";
  const SENT = "kept-text-sent"; // in this tab: the key of what was just sent
  const KEEP_DAYS = 30;
  const NOT_TEXT = /^(csrfmiddlewaretoken|next|action-.*|comments-.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;

  const person = document.querySelector("meta[name=person]")?.content;
  const form = document.querySelector("form[data-edit-form]");
  const path = () => new URL(form.action, location.href).pathname;
  const keyOf = (address) => `${PREFIX}${person}:${address}`;

  const keep = () => {
    const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const title = form.elements.namedItem("title")?.value ?? document.title;
    const kept = { entries, title, path: path(), time: Date.now() };
    try {
      localStorage.setItem(keyOf(path()), JSON.stringify(kept));
    } catch {
      // The browser has no room, or keeps nothing: the form itself still holds the text.
    }
  };

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const wordsOf = (value) => {
    try {
      const content = JSON.parse(value);
      return content.blocks ? content.blocks.map((block) => block.text).join("\n") : "";
    } catch {
      return value;
    }
  };

  const textOf = (kept) =>
    kept.entries
      .filter(([name]) => !NOT_TEXT.test(name) && !/-(order|deleted|type|id|count|level)$/.test(name))
      .map(([, value]) => wordsOf(value))
      .filter((words) => words.trim())
      .join("\n\n");

  // Sent as it was: the server saves it as a new version, whatever the form holds by now.
  const restore = (kept) => {
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = kept.path;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const entries = kept.entries.filter(([name]) => name !== "csrfmiddlewaretoken" && !name.startsWith("action-"));
    for (const [name, value] of [...entries, ["csrfmiddlewaretoken", token ?? window.wagtailConfig?.CSRF_TOKEN]]) {
      const field = document.createElement("textarea");
      [field.name, field.value] = [name, value];
      sent.append(field);
    }
    sent.hidden = true;
    document.body.append(sent);
    sessionStorage.setItem(SENT, keyOf(kept.path));
    leaveFreely();
    sent.submit();
  };

  const leaveFreely = () =>
    document.addEventListener("w-unsaved:confirm", (event) => event.preventDefault(), { once: true });

  const show = (id) => {
    const notice = document.getElementById(id).content.firstElementChild.cloneNode(true);
    const place = form ?? document.querySelector("main .messages")?.nextElementSibling ?? document.querySelector("main");
    form ? place.prepend(notice) : place.before(notice);
    return notice;
  };

  const offer = (key, kept) => {
    const notice = show("kept-text-offer");
    notice.querySelector("[data-title]").textContent = kept.title || kept.path;
    notice.querySelector("[data-time]").textContent = new Date(kept.time).toLocaleString(document.documentElement.lang);
    notice.querySelector("[data-restore]").addEventListener("click", () => restore(kept));
    notice.querySelector("[data-copy]").addEventListener("click", () => navigator.clipboard.writeText(textOf(kept)));
    notice.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(key);
      notice.remove();
    });
  };

  // What was sent from this tab was saved if the page that follows says so.
  const settleWhatWasSent = () => {
    const key = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (key && document.querySelector(".messages .success")) localStorage.removeItem(key);
  };

  const offerWhatIsKept = () => {
    const oldest = Date.now() - KEEP_DAYS * 24 * 3600 * 1000;
    const isFirstPage = document.querySelector(".welcome") !== null;
    // A form that comes back with its errors holds the text already.
    if (form?.dataset.wUnsavedForceValue === "true") return;
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const kept = read(key);
      if (!kept || kept.time < oldest) localStorage.removeItem(key);
      else if (key.startsWith(keyOf("")) && (isFirstPage || (form && kept.path === path()))) offer(key, kept);
    }
  };

  const isLoggedOut = async () => {
    try {
      const response = await fetch(path(), { method: "HEAD", redirect: "manual" });
      return response.type === "opaqueredirect";
    } catch {
      return false;
    }
  };

  let isTold = false;
  const tellIfLoggedOut = async () => {
    if (isTold || !(await isLoggedOut())) return;
    isTold = true;
    const link = show("kept-text-session").querySelector("a");
    link.href += `?next=${encodeURIComponent(path())}`;
    link.addEventListener("click", () => {
      keep();
      leaveFreely();
    });
  };

  if (!person) return;
  settleWhatWasSent();
  offerWhatIsKept();
  if (!form) return;
  let saved = keyOf(path());
  form.addEventListener("submit", () => {
    keep();
    sessionStorage.setItem(SENT, keyOf(path()));
  });
  document.addEventListener("w-autosave:error", (event) => {
    keep();
    if (event.detail.type === "server_error") tellIfLoggedOut();
  });
  // A first save turns the address of a new text into its own.
  document.addEventListener("w-autosave:success", () => {
    localStorage.removeItem(saved);
    saved = keyOf(path());
    localStorage.removeItem(saved);
  });
})();
