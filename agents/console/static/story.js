// A story's page: every telling with what was new in it, and who else carried it.

import { el, folded, outward } from "./dom.js";
import { spine } from "./charts.js";
import { KINDS, clock, full, iso, many, moment, percent } from "./words.js";
import { ask } from "./wire.js";

const CHANGES = 6; // shown at once
const CARRIERS = 6;
const OPENING = 6; // paragraphs of copy that is all new
const RUN = 3; // paragraphs told before, from where they fold away

export async function storyPage(id) {
  const story = await ask(`/api/stories/${encodeURIComponent(id)}`);
  const facts = [
    many(story.articles, "article"),
    many(story.sources, "source"),
    story.repeats && many(story.repeats, "repeat"),
  ].filter(Boolean);
  return el(
    "article",
    { class: "story", "aria-labelledby": "story-title", "data-state": `${story.articles} ${story.last}` },
    el(
      "header",
      {},
      el("p", { class: "kicker" }, facts.join(" · ")),
      el("h1", { id: "story-title", dir: "auto" }, story.headline || "A story without a headline"),
      el(
        "p",
        { class: "running" },
        "First told ",
        when(story.first),
        story.last > story.first && [", last ", when(story.last)],
      ),
      story.articles > 1 && spine(story),
    ),
    el("ol", { class: "tellings" }, story.tellings.map((each) => telling(each, story.headline))),
  );
}

function when(at) {
  return el("time", { datetime: iso(at), title: full(at) }, moment(at));
}

function telling(each, title) {
  const fresh = each.paragraphs.flat().filter((piece) => piece.kind !== "seen");
  const wholly = each.kind === "new" || fresh.length === each.paragraphs.flat().length;
  return el(
    "li",
    { class: `telling ${each.kind}${each.recalled ? " recalled" : ""}`, "data-alert": each.alert, "data-article": each.article },
    el("div", { class: "when" }, el("time", { datetime: iso(each.at), title: full(each.at) }, clock(each.at))),
    el(
      "div",
      { class: "told" },
      el(
        "p",
        { class: "meta" },
        el("span", { class: `kind ${each.kind}` }, KINDS[each.kind]),
        el("span", { class: "source" }, each.source ?? "unnamed source"),
        each.byline && el("span", {}, each.byline),
        each.url && outward(each.url, "Read at the source", { class: "out" }),
      ),
      el("h2", { dir: "auto", class: each.headline === title ? "hidden" : null }, each.headline || each.article),
      each.recalled && el("p", { class: "banner" }, "Withdrawn by its source. Do not use."),
      changes(each.changes),
      each.recalled ? folded("Show what was withdrawn", copy(each.paragraphs, wholly)) : copy(each.paragraphs, wholly),
      each.named.length > 0 &&
        el("p", { class: "named" }, el("span", {}, "First named "), each.named.slice(0, 8).join(", ")),
      carriers(each.carriers),
    ),
  );
}

/** Figures, names and quotes: what they were, and what they are. */
function changes(list) {
  if (!list.length) return null;
  const row = (change) =>
    el(
      "div",
      { class: `change ${change.kind}` },
      el("dt", {}, change.kind),
      el(
        "dd",
        { dir: "auto" },
        el("del", {}, change.was || change.old || "not told"),
        el("span", { class: "arrow" }, " → "),
        el("ins", {}, change.now || change.new),
      ),
    );
  const rest = list.slice(CHANGES);
  return [
    el("dl", { class: "changes" }, list.slice(0, CHANGES).map(row)),
    rest.length > 0 && folded(many(rest.length, "more change"), el("dl", { class: "changes" }, rest.map(row))),
  ];
}

function copy(paragraphs, wholly) {
  if (!paragraphs.length) return null;
  const drawn = paragraphs.map((pieces) => el("p", { dir: "auto", class: old(pieces) ? "old" : null }, pieces.map(piece)));
  const body = el("div", { class: `copy${wholly ? " wholly" : ""}` });
  if (wholly) {
    body.append(...drawn.slice(0, OPENING));
    const rest = drawn.slice(OPENING);
    if (rest.length) body.append(folded(many(rest.length, "more paragraph"), ...rest));
    return body;
  }
  for (let at = 0; at < drawn.length; ) {
    let end = at;
    while (end < drawn.length && old(paragraphs[end])) end += 1;
    if (end - at >= RUN) body.append(folded(`${many(end - at, "paragraph")} told before`, ...drawn.slice(at, end)));
    else body.append(...drawn.slice(at, end));
    if (end < drawn.length) body.append(drawn[end]);
    at = end + 1;
  }
  return body;
}

function old(pieces) {
  return pieces.every((each) => each.kind === "seen");
}

function piece(each) {
  if (each.kind === "seen") return el("span", { class: "seen" }, each.text);
  if (each.kind === "new") return el("mark", {}, each.text);
  return [each.old && el("del", {}, each.old), each.old && " ", el("ins", {}, each.text)];
}

function carriers(list) {
  if (!list.length) return null;
  const line = (each) =>
    el(
      "li",
      {},
      outward(each.url, each.source ?? "unnamed source") ?? (each.source ?? "unnamed source"),
      " ",
      el("time", { datetime: iso(each.at), title: full(each.at) }, clock(each.at)),
      each.share < 0.995 && el("span", { class: "share" }, ` ${percent(each.share)} of it known`),
    );
  const rest = list.slice(CARRIERS);
  return el(
    "div",
    { class: "carriers" },
    el("p", {}, "Also carried by"),
    el("ul", {}, list.slice(0, CARRIERS).map(line)),
    rest.length > 0 && folded(`${rest.length} more`, el("ul", {}, rest.map(line))),
  );
}
