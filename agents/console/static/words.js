// Times, counts and kinds in words.

const TIME = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat([], { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "medium" });
const COUNT = new Intl.NumberFormat();

export const KINDS = {
  new: "New",
  development: "Development",
  update: "Update",
  correction: "Correction",
  withdrawal: "Withdrawn",
  repeat: "Repeat",
  hold: "On hold",
  advisory: "Advisory",
  stale: "Stale",
  rejected: "Rejected",
};

export const RINGS = ["new", "development", "update", "correction", "withdrawal"];

export function count(number) {
  return COUNT.format(number);
}

export function many(number, one, several = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : several}`;
}

export function clock(seconds) {
  return TIME.format(seconds * 1000);
}

/** The time, with the day where that is not today. */
export function moment(seconds) {
  const at = new Date(seconds * 1000);
  return at.toDateString() === new Date().toDateString() ? TIME.format(at) : `${DAY.format(at)}, ${TIME.format(at)}`;
}

export function full(seconds) {
  return FULL.format(seconds * 1000);
}

export function iso(seconds) {
  return new Date(seconds * 1000).toISOString();
}

/** A length of time, in its largest unit: 45 s, 12 min, 3 h, 2 d. */
export function span(seconds) {
  if (seconds === 0) return "0";
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

export function percent(share) {
  return `${Math.round(share * 100)}%`;
}
