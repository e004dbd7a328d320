// The column of alerts: pages of older ones from below, new ones from above as they come.

import { el } from "./dom.js";
import { Filters } from "./filters.js";
import { KINDS, full, iso, moment } from "./words.js";
import { Line, ask } from "./wire.js";
import { Rows } from "./rows.js";

const PAGE = 200;
const AGAIN = 1500; // milliseconds until a worker that is still reading the topics is asked again
const CHANGES = 2; // shown in a row
const LINE = 30; // pixels: a headline higher than that has two lines, and leaves room for one of its gist
const SPEAK = 3000; // milliseconds between two announcements
const PAUSE = 250; // milliseconds in which alerts gather before the worker is asked which have the words

const find = (id) => document.getElementById(id);

export class Alerts {
  /** `open(alert)` shows one; `arrived(alert)` hears of each that comes live. */
  constructor({ open, arrived }) {
    Object.assign(this, { open, heard: arrived, items: [], known: new Map(), unread: new Set(), waiting: 0 });
    this.filters = new Filters(() => this.load());
    this.scroller = find("scroller");
    this.rows = new Rows(this.scroller, find("feed"), {
      draw: (alert) => this.draw(alert),
      fit: (row) => row.classList.toggle("tall", row.querySelector("h2").offsetHeight > LINE),
      more: () => this.more(),
    });
    this.line = new Line({
      alert: (alert) => this.take(alert),
      reset: () => this.load(),
      state: (state) => this.tell(state),
    });
    this.scroller.addEventListener("scroll", () => this.scroller.scrollTop < 8 && this.seen(), { passive: true });
    find("arrived").addEventListener("click", () => {
      this.scroller.scrollTop = 0;
      this.seen();
    });
  }

  /** What is asked of the alerts that are shown, by name. */
  get filter() {
    return this.filters.values;
  }

  async load() {
    this.loading = false;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const query = new URLSearchParams({ limit: PAGE, ...this.filter });
    const { page, position, caught_up: caughtUp } = await ask(`/api/alerts?${query}`);
    if (turn !== this.turn) return;
    this.items = page.alerts;
    this.known = new Map(page.alerts.map((each) => [each.id, each]));
    this.older = page.older;
    this.total = page.total;
    this.scroller.scrollTop = 0;
    this.show();
    find("feed").setAttribute("aria-busy", String(!caughtUp));
    if (caughtUp) this.line.open(position);
    else setTimeout(() => turn === this.turn && this.load(), AGAIN);
  }

  show() {
    this.rows.set(this.items, this.total);
    find("column").classList.toggle("empty", !this.items.length);
    find("column").dataset.empty = Object.keys(this.filter).length ? "None of these." : "Nothing has rung yet.";
  }

  async more() {
    if (this.loading || !this.older) return;
    this.loading = true;
    const turn = this.turn;
    try {
      const query = new URLSearchParams({ limit: PAGE, before: this.older, ...this.filter });
      const { page } = await ask(`/api/alerts?${query}`);
      if (turn !== this.turn) return;
      for (const each of page.alerts) {
        if (!this.known.has(each.id)) this.items.push(each);
        this.known.set(each.id, each);
      }
      this.older = page.older;
      this.rows.show();
    } finally {
      if (turn === this.turn) this.loading = false;
    }
  }

  /** One that came live: into its place, without moving what is being read. */
  take(alert) {
    this.heard(alert);
    for (const id of alert.recalls) {
      const recalled = this.known.get(id);
      if (recalled) {
        recalled.recalled = true;
        this.rows.redraw(recalled);
      }
    }
    const { kind, source, words, entity } = this.filter;
    if (this.known.has(alert.id) || (kind && kind !== alert.kind) || (source && source !== alert.source)) return;
    if (words || entity) this.look();
    else this.put(alert);
  }

  /** Only the worker knows which of those that came have the words: ask for the latest of them, once in a while. */
  look() {
    this.looking ??= setTimeout(async () => {
      this.looking = null;
      const turn = this.turn;
      const { page } = await ask(`/api/alerts?${new URLSearchParams({ limit: PAGE, ...this.filter })}`);
      if (turn !== this.turn) return;
      const missed = page.alerts.filter((each) => !this.known.has(each.id));
      if (missed.length === PAGE) this.load();
      else missed.reverse().forEach((each) => this.put(each));
    }, PAUSE);
  }

  put(alert) {
    let at = this.items.findIndex((each) => each.at <= alert.at);
    if (at < 0) at = this.items.length;
    this.items.splice(at, 0, alert);
    this.known.set(alert.id, alert);
    this.unread.add(alert.id);
    this.total += 1;
    this.rows.total = this.total;
    find("column").classList.remove("empty");
    if (this.scroller.scrollTop > 8) {
      this.scroller.scrollTop += this.rows.height;
      this.waiting += 1;
      find("arrived").textContent = `${this.waiting} new`;
      find("arrived").hidden = false;
    }
    this.rows.show();
    this.speak(alert);
  }

  speak(alert) {
    this.spoken = alert;
    this.speaking ??= setTimeout(() => {
      this.speaking = null;
      find("spoken").textContent = `${KINDS[this.spoken.kind]}: ${this.spoken.headline}`;
    }, SPEAK);
  }

  seen() {
    this.waiting = 0;
    find("arrived").hidden = true;
  }

  tell(state) {
    const line = find("line");
    line.dataset.state = state;
    line.textContent = state === "live" ? "live" : "line broken, calling again";
  }

  draw(alert) {
    const changed = alert.changes.slice(0, CHANGES).map((change, number) => [
      number > 0 && ", ",
      el("s", {}, change.was || change.old || "–"),
      el("span", { class: "arrow" }, " → "),
      el("b", {}, change.now || change.new),
    ]);
    const classes = ["row", alert.kind, this.unread.has(alert.id) && "unread", alert.recalled && "recalled"];
    return el(
      "article",
      {
        class: classes.filter(Boolean).join(" "),
        tabindex: alert === this.home ? 0 : -1,
        "aria-labelledby": `h-${alert.id}`,
        "aria-current": alert === this.selected && "true",
        "data-id": alert.id,
        onclick: () => this.choose(alert),
        onkeydown: (event) => event.key === "Enter" && event.target === event.currentTarget && this.choose(alert),
      },
      el(
        "p",
        { class: "meta" },
        el("span", { class: `kind ${alert.kind}` }, alert.recalled ? "Recalled" : KINDS[alert.kind]),
        el("span", { class: "source" }, alert.source ?? "unnamed source"),
        el("time", { datetime: iso(alert.at), title: full(alert.at) }, moment(alert.at)),
      ),
      el(
        "div",
        { class: "said" },
        el("h2", { id: `h-${alert.id}`, dir: "auto" }, alert.headline || alert.id),
        el("p", { class: "gist", dir: "auto" }, changed.length ? changed : alert.summary.find((each) => !each.startsWith(alert.headline))),
      ),
    );
  }

  /** The one that the tabulator leads to. */
  get home() {
    return this.items.includes(this.selected) ? this.selected : this.items[0];
  }

  choose(alert) {
    this.select(alert, false);
    this.open(alert);
  }

  /** Mark one as the one looked at. */
  select(alert, focus = true) {
    const before = this.selected;
    this.selected = alert;
    this.unread.delete(alert.id);
    const held = before && this.rows.drawn.get(before)?.contains(document.activeElement);
    if (before && before !== alert) this.rows.redraw(before);
    this.rows.redraw(alert);
    const number = this.items.indexOf(alert);
    const row = number >= 0 && this.rows.reveal(number);
    if (row && (focus || held)) row.focus({ preventScroll: true });
  }

  /** Mark the latest of a story, without moving the focus. */
  selectStory(story) {
    const alert = this.items.find((each) => each.story === story);
    if (alert && this.selected?.story !== story) this.select(alert, false);
  }

  /** The one after (or before) the one selected. */
  step(by) {
    const at = this.items.indexOf(this.selected);
    const next = this.items[at < 0 ? 0 : Math.min(this.items.length - 1, Math.max(0, at + by))];
    if (next) this.select(next);
  }
}
