// The sources: how much each sends, how much of it repeats, and which has fallen silent.

import { el } from "./dom.js";
import { spark } from "./charts.js";
import { count, full, iso, many, percent, span } from "./words.js";
import { ask } from "./wire.js";

export async function sourcesPage(only) {
  const { sources } = await ask("/api/sources");
  const silent = sources.filter((each) => each.silent);
  return el(
    "section",
    { class: "page wide", "aria-labelledby": "page-title" },
    el("h1", { id: "page-title" }, many(sources.length, "source")),
    el(
      "p",
      { class: "lead" },
      silent.length
        ? [el("b", { class: "fresh" }, `${many(silent.length, "source")} silent: `), silent.map((each) => each.name ?? "unnamed").join(", ")]
        : "None is silent longer than five times its usual gap.",
    ),
    el(
      "table",
      { class: "sources" },
      el("caption", { class: "hidden" }, "Sources over the last day"),
      el("thead", {}, el("tr", {}, ["Source", "Last 24 hours", "Articles", "Repeats", "Alerts", "Last heard"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, sources.map((each) => row(each, only))),
    ),
  );
}

function row(each, only) {
  const name = each.name ?? "unnamed source";
  const day = each.hours.reduce((sum, hour) => sum + hour, 0);
  return el(
    "tr",
    { class: each.silent ? "silent" : null },
    el("th", { scope: "row" }, each.name ? el("button", { type: "button", class: "plain", onclick: () => only(each.name) }, name) : name),
    el("td", { class: "day" }, spark(each.hours, `${many(day, "article")} in the last 24 hours`)),
    el("td", { class: "figure", "data-label": each.articles === 1 ? "article" : "articles" }, count(each.articles)),
    el("td", { class: "figure", "data-label": "repeats" }, percent(each.repeats), meter(each.repeats)),
    el("td", { class: "figure", "data-label": each.alerts === 1 ? "alert" : "alerts" }, count(each.alerts)),
    el(
      "td",
      { class: "heard" },
      el("time", { datetime: iso(each.last), title: full(each.last) }, `${span(Math.max(0, Date.now() / 1000 - each.last))} ago`),
      el("span", {}, each.silent ? "silent" : each.gap === null ? "" : `every ${span(each.gap)}`),
    ),
  );
}

function meter(share) {
  const bar = el("span", { class: "meter", "aria-hidden": "true" }, el("i"));
  bar.firstChild.style.width = `${Math.round(share * 100)}%`;
  return bar;
}
