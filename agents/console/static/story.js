// A story's page: every telling with what was new in it, and who else carried it.

import { el, folded, outward } from "./dom.js";
import { spine } from "./charts.js";
import { KINDS, clock, full, iso, many, moment, percent } from "./words.js";
import { ask } from "./wire.js";

const CHANGES = 6; // shown at once
const CARRIERS = 6;
const OPENING = 6; // paragraphs of copy that is all new
const RUN = 3; // paragraphs told before, from where they fold away
const NAMES = 8;
const LONG = 160; // letters of a headline that is no display line

/** `only(name, value)` shows the alerts of a source, or that name an entity. */
export async function storyPage(id, only) {
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
      el("h1", { id: "story-title", dir: "auto", class: story.headline.length > LONG ? "long" : null }, story.headline || "A story without a headline"),
      el(
        "p",
        { class: "running" },
        "First told ",
        when(story.first),
        story.last > story.first && [", last ", when(story.last)],
      ),
      story.articles > 1 && spine(story),
    ),
    el("ol", { class: "tellings" }, story.tellings.map((each) => telling(each, story, only))),
  );
}

function when(at) {
  return el("time", { datetime: iso(at), title: full(at) }, moment(at));
}

function telling(each, story, only) {
  const drawn = () => copy(each.paragraphs, wholly, (firsts) => toldBy(story, firsts));
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
        each.source
          ? el("button", { type: "button", class: "plain source", title: "Its alerts alone", onclick: () => only("source", each.source) }, each.source)
          : el("span", { class: "source" }, "unnamed source"),
        each.byline && el("span", {}, each.byline),
        each.url && outward(each.url, "Read at the source", { class: "out" }),
      ),
      el("h2", { dir: "auto", class: each.headline === story.headline ? "hidden" : null }, each.headline || each.article),
      each.recalled && el("p", { class: "banner" }, "Withdrawn by its source. Do not use."),
      changes(each.changes),
      each.recalled ? folded("Show what was withdrawn", drawn()) : drawn(),
      each.named.length > 0 && el("p", { class: "named" }, el("span", {}, "First named "), names(each.named, only)),
      carriers(each.carriers),
    ),
  );
}

function names(named, only) {
  const name = (each) => el("button", { type: "button", class: "plain", title: "Alerts that name it", onclick: () => only("entity", each) }, each);
  return named.slice(0, NAMES).map((each, number) => [number > 0 && ", ", name(each)]);
}

/** Who told passages first, the earliest first, each a way there; null where none of them is kept any more. */
function toldBy(story, firsts) {
  const found = firsts.filter((each) => story.tellers[each]).sort((one, other) => story.tellers[one].at - story.tellers[other].at);
  if (!found.length) return null;
  const way = (first, number) => {
    const { source, at, story: home } = story.tellers[first];
    const href = `#/story/${encodeURIComponent(home ?? story.id)}/${encodeURIComponent(first)}`;
    const named = number > 0 && story.tellers[found[number - 1]].source === source;
    return [number > 0 && ", ", el("a", { href }, !named && `${source ?? "an unnamed source"} `, when(at))];
  };
  return el("p", { class: "tellers" }, "First told by ", found.map(way));
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

/** `toldBy(firsts)` draws who told passages first. */
function copy(paragraphs, wholly, toldBy) {
  if (!paragraphs.length) return null;
  const body = el("div", { class: `copy${wholly ? " wholly" : ""}` });
  const drawn = paragraphs.map((pieces) => el("p", { dir: "auto", class: old(pieces) ? "old" : null }, pieces.map(piece)));
  if (wholly) {
    body.append(...drawn.slice(0, OPENING));
    const rest = drawn.slice(OPENING);
    if (rest.length) body.append(folded(many(rest.length, "more paragraph"), ...rest));
    return body;
  }
  let said = "";
  for (const [from, until] of runs(paragraphs)) {
    const lot = drawn.slice(from, until);
    const folds = until - from >= RUN;
    const firsts = tellers(paragraphs.slice(from, until).flat());
    const told = (folds || firsts.join() !== said) && toldBy(firsts);
    if (folds) body.append(folded(`${many(until - from, "paragraph")} told before`, ...lot), told || "");
    else body.append(...lot, told || "");
    if (firsts.length) said = firsts.join();
  }
  return body;
}

/** Stretches of paragraphs, [from, until]: each that holds something new by itself, those told before together. */
function runs(paragraphs) {
  const found = [];
  paragraphs.forEach((pieces, at) => {
    const last = found.at(-1);
    if (last && old(pieces) && old(paragraphs[last[0]])) last[1] = at + 1;
    else found.push([at, at + 1]);
  });
  return found;
}

/** The articles that told pieces first, each once. */
function tellers(pieces) {
  return [...new Set(pieces.map((each) => each.first).filter(Boolean))];
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
