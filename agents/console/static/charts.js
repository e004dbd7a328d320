// Small drawings in SVG: bars, lines and a story's spine. Colours come from the style sheet, by class.

import { svg } from "./dom.js";
import { clock, count, many } from "./words.js";

const EDGE = { left: 40, right: 8, top: 10, bottom: 22 };

/** A round number not below the highest value, whose half is round too, for the scale. */
function top(highest) {
  if (highest <= 0) return 2;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const steps = unit === 1 ? [2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10];
  return steps.map((each) => each * unit).find((each) => each >= highest);
}

/** An empty chart with a scale and times beneath; gives the places of values in it. */
function frame(width, height, { highest, from, until, label, unit }) {
  const inner = { width: width - EDGE.left - EDGE.right, height: height - EDGE.top - EDGE.bottom };
  const limit = top(highest);
  const x = (at) => EDGE.left + ((at - from) / (until - from || 1)) * inner.width;
  const y = (value) => EDGE.top + inner.height * (1 - value / limit);
  const chart = svg("svg", { class: "chart", role: "img", "aria-label": label, width, height, viewBox: `0 0 ${width} ${height}` });
  for (const value of [0, limit / 2, limit]) {
    chart.append(
      svg("line", { class: "grid", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
      svg("text", { class: "scale", x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, unit(value)),
    );
  }
  const times = width < 420 ? 2 : 4;
  for (let part = 0; part <= times; part += 1) {
    const at = from + ((until - from) * part) / times;
    const anchor = part === 0 ? "start" : part === times ? "end" : "middle";
    chart.append(svg("text", { class: "scale", x: x(at), y: height - 6, "text-anchor": anchor }, clock(at)));
  }
  return { chart, x, y, inner };
}

/** Stacked bars, one for each minute; `layers` are [class, value of a minute], from the bottom up. */
export function bars(minutes, layers, { width, height, label }) {
  const sum = (minute) => layers.reduce((total, [, value]) => total + value(minute), 0);
  const highest = Math.max(0, ...minutes.map(sum));
  const [from, until] = [minutes[0].at, minutes.at(-1).at + 60];
  const { chart, x, y } = frame(width, height, { highest: Math.max(2, highest), from, until, label, unit: count });
  const wide = Math.max(1, x(from + 60) - x(from) - 1.5);
  for (const minute of minutes) {
    let below = 0;
    for (const [name, value] of layers) {
      const high = y(below) - y(below + value(minute));
      if (high > 0) {
        chart.append(svg("rect", { class: name, x: x(minute.at), y: y(below) - high, width: wide, height: high, rx: 1 }));
      }
      below += value(minute);
    }
  }
  return chart;
}

/** Lines; `series` are [class, points [time, value or null]]; a gap stays a gap, a lone point is a dot. */
export function lines(series, { width, height, label, unit, from, until }) {
  const values = series.flatMap(([, points]) => points.map(([, value]) => value ?? 0));
  const { chart, x, y } = frame(width, height, { highest: Math.max(0, ...values), from, until, label, unit });
  for (const [name, points] of series) {
    let path = "";
    let pen = false;
    points.forEach(([at, value], number) => {
      if (value === null) {
        pen = false;
        return;
      }
      const alone = !pen && (points[number + 1]?.[1] ?? null) === null;
      if (alone) chart.append(svg("circle", { class: name, cx: x(at), cy: y(value), r: 2.5 }));
      path += `${pen ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = true;
    });
    chart.append(svg("path", { class: name, d: path }));
  }
  return chart;
}

/** Bars of a day's hours, without scale. */
export function spark(hours, label) {
  const [wide, high] = [120, 24];
  const most = Math.max(1, ...hours);
  const step = wide / hours.length;
  const chart = svg("svg", { class: "spark", role: "img", "aria-label": label, viewBox: `0 0 ${wide} ${high}`, width: wide, height: high });
  hours.forEach((value, number) => {
    const tall = value ? Math.max(2, (value / most) * high) : 1;
    const name = value ? "some" : "none";
    chart.append(svg("rect", { class: name, x: number * step, y: high - tall, width: step - 1, height: tall }));
  });
  return chart;
}

/** When a story was told (full) and told again (hollow), along its time. */
export function spine(story) {
  const [wide, high, edge] = [640, 34, 8];
  const length = story.last - story.first || 1;
  const x = (at) => edge + ((at - story.first) / length) * (wide - 2 * edge);
  const label = `${many(story.tellings.length, "telling")} and ${many(story.repeats, "repeat")} from ${clock(story.first)} to ${clock(story.last)}`;
  const chart = svg("svg", { class: "spine", role: "img", "aria-label": label, viewBox: `0 0 ${wide} ${high}` });
  chart.append(svg("line", { class: "grid", x1: edge, x2: wide - edge, y1: high / 2, y2: high / 2 }));
  for (const telling of story.tellings) {
    for (const carrier of telling.carriers) chart.append(svg("circle", { class: "again", cx: x(carrier.at), cy: high / 2, r: 4 }));
  }
  for (const telling of story.tellings) {
    chart.append(svg("circle", { class: telling.alert ? "rang" : "again", cx: x(telling.at), cy: high / 2, r: telling.alert ? 7 : 4 }));
  }
  return chart;
}
