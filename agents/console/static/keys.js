// The keyboard: letters where nobody is typing, Escape everywhere.

import { el } from "./dom.js";

export const KEYS = [
  ["j  k", "next and previous alert"],
  ["Enter", "open it"],
  ["n  p", "next and previous new passage"],
  ["/", "search articles"],
  ["f", "filter alerts"],
  ["1  2  3  4", "alerts, sources, river, rejected"],
  ["Esc", "back"],
  ["?", "these keys"],
];

/** `acts` are functions by key. */
export function listen(acts) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input, select, textarea") || document.querySelector("dialog[open]");
    if (typing && event.key !== "Escape") return;
    const act = acts[event.key];
    if (!act) return;
    if (act(event) !== false) event.preventDefault();
  });
}

export function helpContents() {
  return [
    el("h2", { id: "help-title" }, "By keyboard"),
    el("dl", { class: "keys" }, KEYS.map(([keys, words]) => el("div", {}, el("dt", {}, keys.split("  ").map((key) => el("kbd", {}, key))), el("dd", {}, words)))),
    el("form", { method: "dialog" }, el("button", {}, "Close")),
  ];
}
