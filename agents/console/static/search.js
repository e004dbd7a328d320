// Articles found by their words.

import { el } from "./dom.js";
import { KINDS, full, iso, many, moment } from "./words.js";
import { ask } from "./wire.js";

export async function searchPage(words) {
  const { hits } = await ask(`/api/search?q=${encodeURIComponent(words)}`);
  return el(
    "section",
    { class: "page", "aria-labelledby": "page-title" },
    el("h1", { id: "page-title" }, hits.length ? `${many(hits.length, "article")} with “${words}”` : `Nothing with “${words}”`),
    !hits.length && el("p", { class: "lead" }, "Articles must have every word, or one that begins so. Put words in quotation marks to find them in a row."),
    el("ol", { class: "hits" }, hits.map(hit)),
  );
}

function hit(each) {
  const headline = each.headline || each.article;
  return el(
    "li",
    {},
    el(
      "p",
      { class: "meta" },
      each.kind && el("span", { class: `kind ${each.kind}` }, KINDS[each.kind]),
      el("span", { class: "source" }, each.source ?? "unnamed source"),
      el("time", { datetime: iso(each.at), title: full(each.at) }, moment(each.at)),
    ),
    el(
      "h2",
      { dir: "auto" },
      each.story ? el("a", { href: `#/story/${encodeURIComponent(each.story)}/${encodeURIComponent(each.article)}` }, headline) : headline,
    ),
    el("p", { class: "words", dir: "auto" }, each.words.map((part, number) => (number % 2 ? el("b", {}, part) : part))),
  );
}
