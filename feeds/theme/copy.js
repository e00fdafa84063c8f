/* feedpub: let a button copy the address beside it. */
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const name = button.textContent;
  if (field.type === "url") field.value = new URL(field.value, document.baseURI).href;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where there is no clipboard: opened from a disk, or without https
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = name), 2000);
  });
}
