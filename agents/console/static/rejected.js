// What could not be used, with the reason; each message can be put back where it came from.

import { el, folded } from "./dom.js";
import { count, full, iso, many, moment } from "./words.js";
import { ask } from "./wire.js";

export async function rejectedPage(session) {
  const { rejected } = await ask("/api/rejected");
  const waiting = rejected.filter((each) => each.redriven === null).length;
  return el(
    "section",
    { class: "page", "aria-labelledby": "page-title" },
    el("h1", { id: "page-title" }, rejected.length ? `${many(rejected.length, "message")} rejected` : "Nothing was rejected"),
    el("p", { class: "lead" }, rejected.length ? `${count(waiting)} not put back yet. Mend the cause first: what is put back is read once more.` : "Every message could be read."),
    !session.writes && rejected.length > 0 && el("p", { class: "lead" }, "To put messages back, sign in with the writing token. ", el("a", { href: "#/session" }, "Sign in")),
    el("ol", { class: "rejections" }, rejected.map((each) => rejection(each, session))),
  );
}

function rejection(each, session) {
  const state = el("p", { class: "state", role: "status" });
  const button = el("button", { type: "button", onclick: () => putBack(each, button, state) }, "Put back");
  if (each.redriven !== null) state.append(`Put back ${moment(each.redriven)}`);
  return el(
    "li",
    {},
    el(
      "div",
      {},
      el("h2", { dir: "auto" }, each.reason),
      el(
        "p",
        { class: "meta" },
        el("span", { class: "source" }, each.article ?? "no id"),
        el("span", {}, each.origin),
        el("time", { datetime: iso(each.at), title: full(each.at) }, moment(each.at)),
      ),
      folded(`${count(each.size)} bytes`, el("pre", { tabindex: 0 }, each.begins)),
    ),
    el("div", { class: "act" }, state, each.redriven === null && session.writes && button),
  );
}

async function putBack(each, button, state) {
  button.disabled = true;
  state.textContent = "…";
  try {
    await ask(`/api/rejected/${encodeURIComponent(each.id)}/redrive`, { method: "POST" });
    state.textContent = "Put back just now";
    button.remove();
  } catch (refused) {
    state.textContent = refused.message;
    button.disabled = false;
  }
}
