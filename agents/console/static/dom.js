// Makes elements. Copy is written by strangers: it is only ever set as text, and its links only lead to web pages.

// Control characters, and those that turn the direction of what stands beside them.
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const SVG = "http://www.w3.org/2000/svg";

export function text(words) {
  return document.createTextNode(String(words ?? "").replace(UNSHOWN, ""));
}

/** An element with attributes (`on...` are listeners; null and false are left out) and children: elements or text. */
export function el(name, attributes = {}, ...children) {
  return dressed(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, name), attributes, children);
}

function dressed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value).replace(UNSHOWN, ""));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : text(child));
  }
  return element;
}

/** A link to a page of the web, or the words alone where the address is none. */
export function outward(address, words, attributes = {}) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return words ? el("span", attributes, words) : null;
  }
  if (!["http:", "https:"].includes(url.protocol)) return words ? el("span", attributes, words) : null;
  return el("a", { ...attributes, href: url.href, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** What folds away under a line. */
export function folded(line, ...children) {
  return el("details", {}, el("summary", {}, line), ...children);
}
