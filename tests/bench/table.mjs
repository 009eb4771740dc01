// table.mjs - rows of a benchmark: what was measured, what must be reached, how far it is from it.

const width = (text) => [...text].reduce((sum, c) => sum + (c > "\u2e7f" ? 2 : 1), 0);
const pad = (text, size) => text + " ".repeat(Math.max(0, size - width(text)));
const left = (text, size) => " ".repeat(Math.max(0, size - width(text))) + text;

function rounded(value) {
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Over 1: better than asked. `most` bounds from above, `least` from below. */
const margin = (value, { most, least }) =>
  most !== undefined ? most / value : least !== undefined ? value / least : undefined;

export class Table {
  constructor() {
    this.short = [];
  }

  title(text) {
    console.log(`\n${pad(text, 58)}${left("measured", 12)}${left("must", 18)}  margin`);
  }

  /** `goal` is { most: 50 } or { least: 1000 }, or nothing. */
  row(name, value, unit, goal = {}) {
    const ratio = margin(value, goal);
    const must = goal.most !== undefined ? `≤ ${rounded(goal.most)}`
      : goal.least !== undefined ? `≥ ${rounded(goal.least)}` : "";
    console.log(`  ${pad(name, 56)}${left(rounded(value), 12)} ${pad(unit, 7)}${left(must, 10)}` +
      (ratio === undefined ? "" : left(`${ratio.toFixed(2)}x`, 8)));
    if (ratio < 1) this.short.push(name);
  }

  note(text) {
    console.log(`  ${text}`);
  }

  conclude() {
    console.log(this.short.length === 0 ? "\nEvery goal of the first working version is met."
      : `\nBelow its goal in this run: ${this.short.join("; ")}.`);
  }
}
