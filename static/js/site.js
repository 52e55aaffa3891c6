// What is quicker with a script; everything works without.

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

// A page is printed once the pictures further down are there, and the code that leads back.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const pictures = [...document.querySelectorAll("img[loading=lazy]")];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map(loaded));
    window.print();
  });
}
