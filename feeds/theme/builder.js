/* feedpub: make the line of HTML that shows a feed's headlines on another page, and show what it does. */
"use strict";
(() => {
  const builder = document.getElementById("embed");
  const line = document.getElementById("embed-line");
  const preview = builder.querySelector(".preview");
  const note = preview.querySelector(".note");
  const isFromDisk = location.protocol === "file:";
  const MOST_IN_FRAME = 10;
  const ESCAPES = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

  const absolute = (url) => new URL(url, document.baseURI).href;
  const escaped = (text) => text.replace(/[&"<>]/g, (character) => ESCAPES[character]);

  /** An element as HTML, and as a part of this page. An attribute that is undefined is left out. */
  const said = (attributes) => Object.entries(attributes).filter(([, value]) => value !== undefined);
  const written = (name, attributes, inner = "") => {
    const all = said(attributes).map(([key, value]) => (value === "" ? ` ${key}` : ` ${key}="${escaped(value)}"`));
    return `<${name}${all.join("")}>${inner}</${name}>`;
  };
  const built = (name, attributes) => {
    const made = document.createElement(name);
    for (const [key, value] of said(attributes)) made.setAttribute(key, value);
    return made;
  };

  const chosen = () => {
    const value = (name) => builder.querySelector(`[name=${name}]`).value;
    const option = builder.querySelector("[name=feed]").selectedOptions[0];
    return {
      folder: option.value,
      title: option.textContent,
      page: option.dataset.page,
      way: value("way"),
      limit: Math.min(Math.max(parseInt(value("limit"), 10) || 5, 1), 50),
      look: value("look"),
      scheme: value("scheme") || undefined,
    };
  };

  const element = ({ limit, look, scheme }, src) => ({
    src,
    limit: String(limit),
    look: ["compact", "card"].includes(look) ? look : undefined,
    summaries: look === "summaries" ? "" : undefined,
    scheme,
  });

  const frame = ({ title, limit, look, scheme }, folder) => {
    const asked = new URLSearchParams({ limit: Math.min(limit, MOST_IN_FRAME) });
    if (["compact", "card"].includes(look)) asked.set("look", look);
    if (scheme) asked.set("scheme", scheme);
    return {
      src: `${folder}embed.html#${asked}`,
      title,
      width: "100%",
      height: String(80 + Math.min(limit, MOST_IN_FRAME) * (look === "compact" ? 30 : 75)),
      loading: "lazy",
      sandbox: "allow-scripts allow-popups allow-top-navigation-by-user-activation",
    };
  };

  const show = () => {
    const choice = chosen();
    const isFrame = choice.way === "frame";
    const link = written("a", { href: absolute(choice.folder) }, escaped(choice.title));
    const script = {
      src: absolute(builder.dataset.script),
      integrity: builder.dataset.integrity,
      crossorigin: "anonymous",
      async: "",
    };
    line.value = isFrame
      ? written("iframe", frame(choice, absolute(choice.folder)))
      : written("feedpub-feed", element(choice, absolute(`${choice.folder}feed.json`)), link) + written("script", script);

    const own = choice.page.replace(/[^/]*\.html$/, ""); // the preview is of this copy, wherever it lies
    const sample =
      isFrame || isFromDisk
        ? built("iframe", { ...frame(choice, own), loading: "eager", ...(isFromDisk && { sandbox: undefined }) })
        : built("feedpub-feed", { ...element(choice, `${own}feed.json`), heading: "3" });
    note.hidden = isFrame || !isFromDisk;
    preview.replaceChildren(note, sample);
  };

  addEventListener("message", ({ data, source }) => {
    const sample = preview.querySelector("iframe");
    if (sample?.contentWindow === source && data?.type === "feedpub-height") sample.height = Math.min(data.height + 4, 2000);
  });
  builder.addEventListener("input", show);
  show();
})();
