/* feedpub: search the articles in the reader's own browser.

The index is in parts, the newest last. They are scripts, as a page that was opened from a disk may load nothing else,
and are loaded one after the other when a search begins. An article that changed is in two parts: the newer one counts. */
"use strict";

const form = document.querySelector("form[data-shards]");
const query = document.getElementById("query");
const status = document.getElementById("status");
const results = document.getElementById("results");
const MOST = 50; // results shown

const BETWEEN_WORDS = /[\n\r\p{Z}\p{P}]+/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "word" });

function tokenize(text) {
  if (!segmenter || !WITHOUT_SPACES.test(text)) return text.split(BETWEEN_WORDS);
  return Array.from(segmenter.segment(text), (part) => (part.isWordLike ? part.segment : "")).filter(Boolean);
}

const index = new MiniSearch({
  fields: ["title", "authors", "terms", "summary"],
  storeFields: ["title", "href", "date", "machine", "authors", "summary", "language", "direction"],
  tokenize,
  processTerm: (term) => term.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(),
  searchOptions: {
    boost: { title: 3, authors: 2, terms: 2 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    combineWith: "AND",
  },
});

// A policy for pages that are served with `require-trusted-types-for 'script'`: the parts' addresses are our own.
const policy = globalThis.trustedTypes?.createPolicy("feedpub-search", { createScriptURL: (url) => url });

let next = Number(form.dataset.shards);
let loading = false;

globalThis.feedpubShard = (number, articles) => {
  index.addAll(articles.filter((article) => !index.has(article.id)));
};

function load() {
  if (next < 1 || loading) return;
  loading = true;
  const url = `search/${String(next).padStart(4, "0")}.js`;
  const script = document.createElement("script");
  script.src = policy ? policy.createScriptURL(url) : url;
  script.onload = script.onerror = () => {
    loading = false;
    next -= 1;
    show();
    load();
  };
  document.head.append(script);
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}

function entry(article) {
  const own = { lang: article.language, dir: article.language && article.direction };
  const title = element("h2", "", own);
  title.append(article.href ? element("a", article.title, { href: article.href }) : article.title);
  const byline = element("p", "", { class: "byline" });
  byline.append(element("time", article.date, { datetime: article.machine }));
  if (article.authors) byline.append(` · ${article.authors}`);
  const story = document.createElement("article");
  story.append(title, byline);
  if (article.summary) story.append(element("p", article.summary, { class: "summary", ...own }));
  const item = document.createElement("li");
  item.append(story);
  return item;
}

function show() {
  const asked = query.value.trim();
  const found = asked ? index.search(asked) : [];
  results.replaceChildren(...found.slice(0, MOST).map(entry));
  const said = found.length ? form.dataset.found.replace("{count}", found.length) : form.dataset.nothing;
  status.textContent = !asked ? "" : next > 0 ? form.dataset.loading : said;
}

function search() {
  show();
  if (query.value.trim()) load();
}

let pause;
query.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
query.value = new URLSearchParams(location.search).get("q") ?? "";
search();
