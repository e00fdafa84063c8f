/* feedpub: the newest headlines of a JSON Feed, on any page: <feedpub-feed src="https://…/feed.json" limit="5">
   Depends on nothing and stores nothing. Text from the feed only ever becomes text, never markup. */
"use strict";
(() => {
  const NAME = "feedpub-feed";
  const MOST = 50; // headlines
  const SOONEST = 5; // minutes between two looks at the feed
  const PATIENCE = 15_000; // milliseconds to wait for the feed
  const RIGHT_TO_LEFT = /^(ar|arc|arz|ckb|dv|fa|he|iw|ji|khw|ks|lrc|mzn|nqo|pnb|prs|ps|sd|skr|syr|ug|ur|yi)$/;
  const RIGHT_TO_LEFT_SCRIPT = /-(adlm|arab|aran|hebr|nkoo|rohg|syrc|thaa)\b/;
  const SCRIPT = /^[a-z]+-[a-z]{4}\b/;

  const STYLE = `
    :host { display: block; font-family: var(--feedpub-font, inherit); color: var(--feedpub-color, inherit) }
    :host([hidden]), [hidden] { display: none }
    :host([scheme]), :host([look="card"]) {
      background: var(--feedpub-background, Canvas); color: var(--feedpub-color, CanvasText) }
    :host([scheme="light"]) { color-scheme: light }
    :host([scheme="dark"]) { color-scheme: dark }
    :host([look="card"]) {
      padding: 1em 1.25em; border: 1px solid var(--feedpub-line, color-mix(in srgb, currentColor 20%, transparent));
      border-radius: var(--feedpub-radius, .75em) }
    section { --muted: var(--feedpub-muted, color-mix(in srgb, currentColor 75%, transparent)); line-height: 1.4 }
    section[aria-busy] { min-block-size: var(--expected) }
    a { color: var(--feedpub-link, inherit); text-decoration: none; overflow-wrap: anywhere }
    a:hover, a:focus-visible { text-decoration: underline; text-underline-offset: .15em }
    a:focus-visible { outline: 2px solid; outline-offset: 2px; border-radius: 2px }
    [role=heading] { font-size: 1.125em; font-weight: 700; margin-block-end: .5em }
    ul { list-style: ""; margin: 0; padding: 0; display: grid; gap: var(--feedpub-gap, .75em) }
    li { display: grid; align-content: start; min-inline-size: 0 }
    li + li { padding-block-start: var(--feedpub-gap, .75em);
      border-block-start: 1px solid var(--feedpub-line, color-mix(in srgb, currentColor 15%, transparent)) }
    li a { font-weight: 600 }
    p { margin: .15em 0; font-size: .9375em }
    time { justify-self: start; color: var(--muted); font-size: .8125em }
    :host([look="compact"]) ul { gap: .25em }
    :host([look="compact"]) li { grid-template-columns: 1fr auto; gap: 1em; align-items: baseline; padding: 0; border: 0 }
    :host([look="compact"]) li a { font-weight: inherit; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
    :host([look="compact"]) p { display: none }
    [role=status] { color: var(--muted); font-size: .8125em; margin: .75em 0 0 }
    [role=status]:empty { margin: 0 }
    [aria-busy] [role=status] {
      position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); margin: 0 }
  `;

  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);

  const latest = new Map(); // the last good feed of each address, while the page is open
  const asked = new Map(); // feeds that are on their way, so that two lists of one feed ask once

  const read = async (url, cache) => {
    const answer = await fetch(url, {
      cache,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const feed = answer.ok && (await answer.json());
    if (!feed || !Array.isArray(feed.items)) throw new TypeError(`${url} is no JSON Feed`);
    latest.set(url, feed);
    return feed;
  };

  /** A feed from the network, or else as the browser's own cache still has it. */
  const ask = (url) => {
    if (!asked.has(url)) {
      const answer = read(url, "default").catch(() => read(url, "force-cache"));
      asked.set(url, answer.finally(() => asked.delete(url)));
    }
    return asked.get(url);
  };

  const words = (value) => (typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "");

  /** An address that a link may have, or nothing: only the web's own schemes. */
  const address = (value, base) => {
    try {
      const url = new URL(words(value) || "about:blank", base);
      return /^https?:$/.test(url.protocol) ? url.href : "";
    } catch {
      return "";
    }
  };

  const direction = (language) => {
    const tag = language.toLowerCase();
    const isRight = SCRIPT.test(tag) ? RIGHT_TO_LEFT_SCRIPT.test(tag) : RIGHT_TO_LEFT.test(tag.split("-")[0]);
    return isRight ? "rtl" : "ltr";
  };

  /** A day as people of that language write it. Noon UTC stands for a day without a time: the same day everywhere. */
  const day = (moment, language) => {
    const isDay = moment.getTime() % 86_400_000 === 43_200_000;
    const form = { dateStyle: "long", timeZone: isDay ? "UTC" : undefined };
    try {
      return moment.toLocaleDateString(language || undefined, form);
    } catch {
      return moment.toLocaleDateString(undefined, form);
    }
  };

  const element = (name, part, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries({ part, ...attributes })) if (value) made.setAttribute(key, value);
    made.append(...children.filter(Boolean));
    return made;
  };

  const spoken = (language) => (language ? { lang: language, dir: direction(language) } : { dir: "auto" });

  class Headlines extends HTMLElement {
    static observedAttributes = ["src", "limit", "heading", "summaries", "target", "refresh"];

    #list = element("ul", "list", { hidden: "hidden" });
    #title = element("div", "title", { role: "heading", hidden: "hidden" });
    #status = element("p", "status", { role: "status" });
    #region = element("section", "feed", {}, this.#title, this.#list, document.createElement("slot"), this.#status);
    #timer = 0;
    #shown = "";
    #since = null; // when the list that is shown came

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      root.append(this.#region);
    }

    connectedCallback() {
      this.#look();
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      document.removeEventListener("visibilitychange", this.#look);
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      const feed = latest.get(this.#source);
      if (feed && name !== "refresh") this.#show(feed);
      if (name === "src" || name === "refresh") this.#look();
    }

    get #source() {
      return address(this.getAttribute("src"), document.baseURI);
    }

    get #limit() {
      return Math.min(Math.max(parseInt(this.getAttribute("limit"), 10) || 5, 1), MOST);
    }

    /** Look what is new, now or as soon as somebody can see it. */
    #look = async () => {
      clearTimeout(this.#timer);
      if (document.hidden && this.#shown) {
        document.addEventListener("visibilitychange", this.#look, { once: true });
        return;
      }
      const source = this.#source;
      if (latest.has(source)) this.#show(latest.get(source));
      this.#expect();
      try {
        const feed = await ask(source);
        if (source === this.#source) this.#show(feed);
      } catch {
        if (source === this.#source) this.#apologise();
      }
      const minutes = parseFloat(this.getAttribute("refresh"));
      if (minutes > 0 && this.isConnected) this.#timer = setTimeout(this.#look, Math.max(minutes, SOONEST) * 60_000);
    };

    #expect() {
      const rows = this.getAttribute("look") === "compact" ? 1.7 : this.hasAttribute("summaries") ? 7 : 3.9;
      this.#region.style.setProperty("--expected", `${this.#limit * rows + 2}em`);
      this.#region.setAttribute("aria-busy", "true");
      if (!this.#shown) this.#status.textContent = this.getAttribute("loading-text") ?? "Loading headlines";
    }

    #settle(message) {
      this.#region.removeAttribute("aria-busy");
      this.#status.textContent = message;
    }

    #apologise() {
      const since = this.#since?.toLocaleTimeString(undefined, { timeStyle: "short" });
      const text = this.getAttribute("error-text") ?? "The newest headlines can’t be loaded now";
      this.#settle(since ? `${text} (${since})` : text);
    }

    #show(feed) {
      this.#since = new Date();
      this.#settle("");
      const entries = feed.items.slice(0, this.#limit);
      const asked = Headlines.observedAttributes.map((name) => this.getAttribute(name));
      const told = JSON.stringify([asked, feed.title, entries]);
      if (told === this.#shown) return; // whoever reads or tabs through it is not disturbed
      this.#shown = told;
      const focused = this.shadowRoot.activeElement?.href;
      this.#name(feed);
      this.#list.replaceChildren(...entries.map((entry) => this.#item(Object(entry), words(feed.language))));
      this.#list.hidden = false;
      this.#region.querySelector("slot").hidden = true;
      if (focused) [...this.#region.querySelectorAll("a")].find((link) => link.href === focused)?.focus();
    }

    #name(feed) {
      const title = words(feed.title);
      for (const [key, value] of Object.entries(spoken(words(feed.language)))) this.#region.setAttribute(key, value);
      this.#region.setAttribute("aria-label", title);
      const level = this.getAttribute("heading") ?? "2";
      this.#title.hidden = !title || !/^[1-6]$/.test(level);
      this.#title.setAttribute("aria-level", level);
      this.#title.replaceChildren(this.#link(title, address(feed.home_page_url, this.#source), "home"));
    }

    #item(entry, language) {
      const own = words(entry.language);
      const moment = new Date(words(entry.date_published) || NaN);
      const summary = this.hasAttribute("summaries") && words(entry.summary);
      const title = words(entry.title) || words(entry.summary) || words(entry.content_text).slice(0, 100) || "…";
      return element(
        "li",
        "item",
        own && own !== language ? spoken(own) : {},
        this.#link(title, address(entry.url ?? entry.external_url, this.#source), "link"),
        summary && element("p", "summary", { dir: "auto" }, summary),
        !isNaN(moment) && element("time", "date", { datetime: moment.toISOString() }, day(moment, own || language)),
      );
    }

    #link(text, href, part) {
      const target = this.getAttribute("target");
      return href
        ? element("a", part, { href, rel: "noopener", target, dir: "auto" }, text)
        : element("span", part, { dir: "auto" }, text);
    }
  }

  customElements.get(NAME) ?? customElements.define(NAME, Headlines);
})();
