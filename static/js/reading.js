// On the page of an article: what is copied in one press, and the text read aloud.

for (const button of document.querySelectorAll("[data-text]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    button.closest("section").querySelector("[role=status]").textContent = button.dataset.copied;
  });
}

// Read aloud by a voice of the device itself: others send the text to whoever makes them speak.
(() => {
  const template = document.getElementById("aloud");
  const speech = window.speechSynthesis;
  if (!template || !speech) return;

  const PIECES = "h2, h3, p, li, dl > div, figcaption, caption, tr";
  const UNSPOKEN = "sup, button, [hidden], .unseen, [role=doc-backlink]";
  const panel = template.content.firstElementChild;
  const [play, end] = panel.querySelectorAll("button");
  const speed = panel.querySelector("select");
  const listen = play.textContent;
  let at = -1; // which piece is spoken, none where it is negative
  let isSpeaking = false;
  let turn = 0;

  const voice = () => {
    const language = document.documentElement.lang;
    const voices = speech.getVoices().filter((each) => each.localService && each.lang.startsWith(language));
    return voices.find((each) => each.default) ?? voices[0];
  };

  const wordsOf = (piece) => {
    const copy = piece.cloneNode(true);
    copy.querySelectorAll(UNSPOKEN).forEach((element) => element.remove());
    copy.querySelectorAll("td, th, dd, dt").forEach((cell) => cell.append(", "));
    copy.querySelectorAll("li > strong, p, br, li").forEach((line) => line.after(" "));
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  // The largest pieces: a step of a method is one, whatever it holds.
  const found = [...document.querySelectorAll("article h1, article .lede, .prose")].flatMap((part) =>
    part.matches(".prose")
      ? [...part.querySelectorAll(PIECES)].filter(
          (piece) => !piece.closest(".stage") && !piece.parentElement.closest(PIECES),
        )
      : [part],
  );
  const pieces = found.filter(wordsOf);

  const mark = () => {
    document.querySelector(".spoken")?.classList.remove("spoken");
    if (at < 0) return;
    pieces[at].classList.add("spoken");
    pieces[at].scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    play.textContent = isSpeaking ? play.dataset.pause : at < 0 ? listen : play.dataset.resume;
    end.hidden = at < 0;
    mark();
  };

  const fallSilent = () => {
    turn += 1;
    isSpeaking = false;
    speech.cancel();
  };

  const stop = () => {
    fallSilent();
    at = -1;
    show();
  };

  const speak = () => {
    fallSilent();
    const mine = turn;
    const words = new SpeechSynthesisUtterance(wordsOf(pieces[at]));
    words.voice = voice();
    words.lang = words.voice.lang;
    words.rate = Number(speed.value);
    words.onend = () => {
      if (mine !== turn) return;
      at += 1;
      at < pieces.length ? speak() : stop();
    };
    words.onerror = () => mine === turn && stop();
    isSpeaking = true;
    show();
    speech.speak(words);
  };

  play.addEventListener("click", () => {
    if (isSpeaking) {
      fallSilent(); // the piece is begun again: a browser may forget where it was
      show();
    } else {
      at = Math.max(at, 0);
      speak();
    }
  });
  end.addEventListener("click", () => {
    stop();
    play.focus();
  });
  speed.addEventListener("change", () => isSpeaking && speak());
  addEventListener("pagehide", stop);

  const offer = () => (voice() ? template.after(panel) : panel.remove());
  speech.addEventListener("voiceschanged", offer);
  offer();
})();
