// The river in figures: what came in, how long it took, how far the workers are behind.

import { el } from "./dom.js";
import { bars, lines } from "./charts.js";
import { count, many, moment, percent, span } from "./words.js";
import { ask } from "./wire.js";

const HIGH = 180;

export async function riverPage(width) {
  const river = await ask("/api/river");
  const [from, until] = [river.minutes[0].at, river.minutes.at(-1).at + 60];
  const size = { width: Math.max(280, Math.min(960, width)), height: HIGH };
  const hour = river.minutes.reduce((sum, each) => sum + each.alerts + each.repeats + each.others, 0);
  const rung = river.minutes.reduce((sum, each) => sum + each.alerts, 0);
  const timed = river.minutes.filter((each) => each.half !== null);
  const behind = river.lags.at(-1)?.[1] ?? {};
  const total = (lag) => Object.values(lag).reduce((sum, each) => sum + each, 0);
  return el(
    "section",
    { class: "page river", "aria-labelledby": "page-title" },
    el("h1", { id: "page-title" }, "The river"),
    el("p", { class: "lead" }, river.since === null ? "Nothing has come in yet." : `Counted since ${moment(river.since)}.`),
    el(
      "dl",
      { class: "tiles" },
      tile("articles", count(river.articles)),
      tile("alerts", count(river.alerts), true),
      tile("repeats", river.articles ? percent(river.repeats / river.articles) : "–"),
      tile("stories", count(river.stories)),
      tile("rejected", count(river.rejected)),
    ),
    figure(
      "Articles a minute",
      [key("rang", "rang"), key("repeats", "repeats"), key("others", "other")],
      bars(river.minutes, [["rang", (each) => each.alerts], ["repeats", (each) => each.repeats], ["others", (each) => each.others]], {
        ...size,
        label: `${many(hour, "article")} in the last hour, ${many(rung, "alert")}`,
      }),
    ),
    figure(
      "From arrival to verdict",
      [key("half", "half within"), key("most", "95 of 100 within")],
      lines([["most", timeline(river.minutes, "most")], ["half", timeline(river.minutes, "half")]], {
        ...size,
        from,
        until,
        unit: span,
        label: timed.length ? `Of the last minute with articles, half took ${span(timed.at(-1).half)} at most` : "No article in the last hour",
      }),
    ),
    figure(
      "Messages behind",
      Object.entries(behind).map(([topic, lag]) => el("span", {}, `${topic} ${count(lag)}`)),
      lines([["half", river.lags.filter(([at]) => at >= from).map(([at, lag]) => [at, total(lag)])]], {
        ...size,
        from,
        until,
        unit: count,
        label: `${count(total(behind))} messages not worked on yet`,
      }),
    ),
  );
}

function timeline(minutes, name) {
  return minutes.map((each) => [each.at + 30, each[name]]);
}

function tile(name, value, fresh = false) {
  return el("div", {}, el("dt", {}, name), el("dd", { class: fresh ? "fresh" : null }, value));
}

function key(name, words) {
  return el("span", {}, el("i", { class: name, "aria-hidden": "true" }), words);
}

function figure(title, keys, chart) {
  return el("figure", {}, el("figcaption", {}, el("h2", {}, title), el("p", { class: "keys" }, keys)), chart);
}
