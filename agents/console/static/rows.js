// A list of any length of which only the rows in sight are in the document. All rows are of one height.

const BEYOND = 6; // rows kept above and below what is in sight

export class Rows {
  /** `draw(item)` makes a row, `fit(row)` sees to its size; `more()` is called when the end comes near. */
  constructor(scroller, feed, { draw, fit, more }) {
    Object.assign(this, { scroller, feed, draw, fit, more, items: [], drawn: new Map(), height: 0, total: 0 });
    scroller.addEventListener("scroll", () => this.show(), { passive: true });
    new ResizeObserver(() => this.measure()).observe(scroller);
  }

  measure() {
    const probe = document.createElement("article");
    probe.className = "row probe";
    this.feed.append(probe);
    this.height = probe.offsetHeight;
    probe.remove();
    for (const row of this.drawn.values()) this.fit(row);
    this.show();
  }

  get first() {
    return Math.max(0, Math.floor(this.scroller.scrollTop / (this.height || 1)));
  }

  get inSight() {
    return Math.ceil(this.scroller.clientHeight / (this.height || 1));
  }

  /** Draw everything in sight anew. */
  set(items, total) {
    this.items = items;
    this.total = total;
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    this.show();
  }

  show() {
    if (!this.height) return;
    this.feed.style.height = `${this.items.length * this.height}px`;
    const from = Math.max(0, this.first - BEYOND);
    const until = Math.min(this.items.length, this.first + this.inSight + BEYOND);
    const wanted = new Set(this.items.slice(from, until));
    for (const [item, row] of this.drawn) {
      if (!wanted.has(item) && !row.contains(document.activeElement)) {
        row.remove();
        this.drawn.delete(item);
      }
    }
    let before = null;
    for (let number = from; number < until; number += 1) before = this.place(number, before);
    if (this.items.length && until === this.items.length) this.more();
  }

  /** Put a row where it belongs, in the document too: a screen reader follows that order. */
  place(number, before) {
    const item = this.items[number];
    let row = this.drawn.get(item);
    if (!row) {
      row = this.draw(item);
      this.drawn.set(item, row);
    }
    if (!row.isConnected) {
      before ? before.after(row) : this.feed.prepend(row);
      this.fit(row);
    }
    row.style.transform = `translateY(${number * this.height}px)`;
    row.setAttribute("aria-posinset", number + 1);
    row.setAttribute("aria-setsize", this.total);
    return row;
  }

  redraw(item) {
    this.drawn.get(item)?.remove();
    this.drawn.delete(item);
    this.show();
  }

  /** Bring a row in sight, and give it. */
  reveal(number) {
    const top = number * this.height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.scroller.scrollTop = top + this.height - clientHeight;
    this.show();
    return this.drawn.get(this.items[number]);
  }
}
