// For the scripts that mend what Wagtail shows: it goes on changing what it has written.

// Call `mend` before the screen is drawn, now and each time that something came, went, or changed one of `attributes`.
function mendAgain(mend, attributes) {
  let asked = false;
  const mendSoon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mend();
    });
  };
  watch(mendSoon, attributes);
  mendSoon();
}

// Call `mend` at once each time that something came, went, or changed one of `attributes`.
function watch(mend, attributes) {
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributeFilter: attributes });
}
