// The page as a whole: which view is shown, and what keys and alerts do to it.

import { el } from "./dom.js";
import { Alerts } from "./alerts.js";
import { helpContents, listen } from "./keys.js";
import { rejectedPage } from "./rejected.js";
import { riverPage } from "./river.js";
import { searchPage } from "./search.js";
import { signInPage } from "./session.js";
import { sourcesPage } from "./sources.js";
import { storyPage } from "./story.js";
import { ask } from "./wire.js";

const REFRESH = 5000; // milliseconds between two looks at figures, or at a story that runs
const find = (id) => document.getElementById(id);
const main = find("main");
const broad = matchMedia("(min-width: 60rem)");

let session = { reads: true, writes: false, detail: "" };
let shown = { view: "", story: null, turn: 0 };
let followed = null; // the story that the first alert opened, where nobody has chosen one

const alerts = new Alerts({
  open: (alert) => go(`#/alert/${encodeURIComponent(alert.id)}`),
  arrived: (alert) => alert.story === shown.story && refresh(), // its verdict may come later: that is seen at the next look
});

function go(hash) {
  if (location.hash === hash) route();
  else location.hash = hash;
}

/** The alerts alone that have a value; where one pane is shown at a time it is their list. */
function only(name, value) {
  if (document.body.dataset.view !== "alerts" || !broad.matches) go("#/");
  alerts.filters.only(name, value);
}

/** Views by the first word of the address; each gives what the main pane shows. */
const VIEWS = {
  "": () => opening(),
  alert: async (id) => {
    const alert = alerts.known.get(id) ?? (await ask(`/api/alerts/${encodeURIComponent(id)}`));
    shown.story = alert.story;
    shown.target = `[data-alert="${CSS.escape(id)}"]`;
    return storyPage(alert.story, only);
  },
  story: (id, article) => {
    shown.story = id;
    shown.target = article && `[data-article="${CSS.escape(article)}"]`;
    return storyPage(id, only);
  },
  search: (words) => searchPage(words),
  sources: () => sourcesPage((name) => only("source", name)),
  river: () => riverPage(main.clientWidth - 2 * parseFloat(getComputedStyle(main).paddingLeft)),
  rejected: () => rejectedPage(session),
  session: () => signInPage(session, begin),
};

const TABS = { "": "alerts", alert: "alerts", story: "alerts" };

async function opening() {
  const first = broad.matches && (alerts.selected ?? alerts.items[0]);
  if (!first) return el("p", { class: "blank" }, broad.matches ? "What rings is shown here." : "");
  followed = first;
  shown.story = first.story;
  return storyPage(first.story, only);
}

function address() {
  const [, name = "", ...rest] = location.hash.split("/");
  return [name in VIEWS ? name : "", ...rest.map(decoded)];
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function route() {
  const [name, ...rest] = session.reads ? address() : ["session"];
  const turn = shown.turn + 1;
  shown = { view: name, story: null, target: null, turn };
  followed = null;
  document.body.dataset.view = TABS[name] ?? name;
  document.body.dataset.pane = name === "" ? "list" : "main";
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === (TABS[name] ?? name)) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  await draw(name, rest, turn);
  if (turn !== shown.turn) return;
  if (shown.story) alerts.selectStory(shown.story);
  main.scrollTop = 0;
  const target = shown.target && main.querySelector(shown.target);
  if (target && target !== main.querySelector(".telling")) target.scrollIntoView({ block: "start" });
  if (name !== "" && !broad.matches && turn > 1) main.focus({ preventScroll: true });
}

async function draw(name, rest, turn) {
  let page;
  try {
    page = await VIEWS[name](...rest);
  } catch (refused) {
    if (refused.status === undefined) throw refused;
    page = el("p", { class: "blank", role: "alert" }, refused.message);
  }
  if (turn !== shown.turn) return;
  page.dataset.page = name;
  main.replaceChildren(...(TABS[name] && name !== "" ? [back()] : []), page);
  const title = main.querySelector("h1")?.textContent;
  document.title = title && name !== "" ? `${title} – copytaster` : "copytaster";
}

function back() {
  return el("a", { class: "back", href: "#/" }, "← Alerts");
}

/** Draw what is shown anew, where it is: folds that are open stay open. A story is left alone unless it went on. */
async function refresh() {
  const { turn } = shown;
  if (document.hidden || shown.view === "session" || !getSelection().isCollapsed) return;
  const page = await (followed ? storyPage(followed.story, only) : VIEWS[address()[0]](...address().slice(1))).catch(() => null);
  const state = page?.dataset.state;
  if (!page || turn !== shown.turn || (state && state === main.querySelector(".story")?.dataset.state)) return;
  const open = [...main.querySelectorAll("details")].map((each) => each.open);
  const { scrollTop } = main;
  page.dataset.page = main.lastElementChild.dataset.page;
  main.lastElementChild.replaceWith(page);
  [...main.querySelectorAll("details")].forEach((each, number) => (each.open = open[number] ?? false));
  main.scrollTop = scrollTop;
}

setInterval(() => (shown.story || ["river", "sources"].includes(shown.view)) && (document.activeElement === main || !main.contains(document.activeElement)) && refresh(), REFRESH);

function passage(by) {
  const marks = [...main.querySelectorAll(".copy:not(.wholly) mark, .copy:not(.wholly) ins, .copy.wholly, .changes")];
  if (!marks.length) return;
  const at = marks.indexOf(main.querySelector(".looked"));
  const next = marks[(at + by + marks.length) % marks.length];
  marks[at]?.classList.remove("looked");
  next.classList.add("looked");
  next.scrollIntoView({ block: "center" });
}

function escape() {
  if (find("help").open) return false;
  const field = document.activeElement;
  if ([find("words"), find("filter")].includes(field)) {
    field.value = "";
    field.dispatchEvent(new Event("input"));
    field.blur();
    return true;
  }
  if (location.hash.length > 2) {
    go("#/");
    const selected = alerts.selected && alerts.items.includes(alerts.selected) && alerts.selected;
    if (selected) alerts.select(selected);
  }
  return true;
}

function filter() {
  const { view, pane } = document.body.dataset;
  const focus = () => find("filter").focus();
  if (view === "alerts" && (broad.matches || pane === "list")) return focus();
  addEventListener("hashchange", focus, { once: true });
  location.hash = "#/";
}

function help() {
  find("help").replaceChildren(...helpContents());
  find("help").showModal();
}

listen({
  j: () => alerts.step(1),
  k: () => alerts.step(-1),
  n: () => passage(1),
  p: () => passage(-1),
  "/": () => find("words").focus(),
  f: filter,
  "?": help,
  Escape: escape,
  1: () => go("#/"),
  2: () => go("#/sources"),
  3: () => go("#/river"),
  4: () => go("#/rejected"),
});
find("help-button").addEventListener("click", help);
find("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = find("words").value.trim();
  if (words) go(`#/search/${encodeURIComponent(words)}`);
});
addEventListener("hashchange", route);
addEventListener("locked", async () => {
  session = await ask("/api/session");
  if (!session.reads) route();
});

/** Ask who we are, then show what the address names. */
async function begin() {
  session = await ask("/api/session");
  document.body.classList.toggle("locked", !session.reads);
  if (session.reads) await alerts.load();
  if (address()[0] === "session" && session.reads) go("#/");
  else await route();
}

begin();
