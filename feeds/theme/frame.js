/* feedpub: let the page around a frame choose how many headlines it shows, and how: embed.html#limit=5&look=card
   Tells that page how high the frame would like to be, and nothing else. */
"use strict";
(() => {
  const CHOICES = { look: ["list", "compact", "card"], scheme: ["light", "dark"] };
  const page = document.documentElement;
  const entries = document.querySelectorAll("li");

  const follow = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const limit = parseInt(asked.get("limit"), 10);
    entries.forEach((entry, place) => (entry.hidden = limit >= 1 && place >= limit));
    for (const [name, choices] of Object.entries(CHOICES)) {
      if (choices.includes(asked.get(name))) page.dataset[name] = asked.get(name);
      else delete page.dataset[name];
    }
  };

  addEventListener("hashchange", follow);
  follow();
  if (parent !== window) {
    new ResizeObserver(() => {
      parent.postMessage({ type: "feedpub-height", height: Math.ceil(page.getBoundingClientRect().height) }, "*");
    }).observe(page);
  }
})();
