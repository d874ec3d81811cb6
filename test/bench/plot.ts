/** Line charts with two logarithmic axes. A value that grows in proportion rises by one decade in each decade. */

export interface Series {
  readonly name: string;
  /** `[x, y]`, both above zero. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Chart {
  readonly title: string;
  /** What the horizontal axis shows. */
  readonly x: string;
  readonly series: readonly Series[];
}

const panel = { width: 400, height: 280, left: 52, right: 34, top: 58, bottom: 42 };
const colours = ["#0b62c4", "#d1480c", "#5f6b7a"];
const ink = "#1f2933";
const grid = "#d9dee5";

/** An SVG image of all charts, with `columns` charts in a row. */
export function svgOf(charts: readonly Chart[], columns = 2): string {
  const width = columns * panel.width;
  const height = Math.ceil(charts.length / columns) * panel.height;
  const panels = charts.map((chart, index) => {
    const [x, y] = [(index % columns) * panel.width, Math.floor(index / columns) * panel.height];
    return `<g transform="translate(${x} ${y})">${drawn(chart)}</g>`;
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`;
  return `${head}<rect width="${width}" height="${height}" fill="white"/>\n${panels.join("\n")}\n</svg>\n`;
}

function drawn({ title, x: label, series }: Chart): string {
  const points = series.flatMap((each) => each.points);
  const x = axis(
    points.map(([value]) => value),
    panel.left,
    panel.width - panel.right,
  );
  const y = axis(
    points.map(([, value]) => value),
    panel.height - panel.bottom,
    panel.top,
  );
  const [left, bottom] = [panel.left, panel.height - panel.bottom];
  return [
    text(panel.left, 20, title, { size: 13, weight: "bold" }),
    ...series.map(({ name }, index) => legend(name, index)),
    ...y.ticks.map((tick) => line(left, y.at(tick), panel.width - panel.right, y.at(tick), grid)),
    ...y.ticks.map((tick) => text(left - 6, y.at(tick) + 4, tickText(tick), { anchor: "end" })),
    ...x.ticks.map((tick) => line(x.at(tick), panel.top, x.at(tick), bottom, grid)),
    ...x.ticks.map((tick) => text(x.at(tick), bottom + 16, tickText(tick), { anchor: "middle" })),
    text((left + panel.width - panel.right) / 2, panel.height - 8, label, { anchor: "middle" }),
    ...series.map((each, index) => curve(each, index, x.at, y.at)),
  ].join("\n");
}

/** An axis from the whole decade below the values to the one above them. */
function axis(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const at = (value: number): number => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  return { ticks, at };
}

function curve({ points }: Series, index: number, x: (value: number) => number, y: (value: number) => number): string {
  const colour = colours[index % colours.length] ?? ink;
  const at = points.map(([one, other]) => `${round(x(one))},${round(y(other))}`);
  const dots = at.map((point) => {
    const [cx, cy] = point.split(",");
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
  });
  return `<polyline points="${at.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}`;
}

function legend(name: string, index: number): string {
  const x = panel.left + index * 112;
  const colour = colours[index % colours.length] ?? ink;
  return `<rect x="${x}" y="33" width="14" height="3" fill="${colour}"/>${text(x + 18, 39, name)}`;
}

interface Style {
  readonly size?: number;
  readonly weight?: string;
  readonly anchor?: string;
}

function text(x: number, y: number, words: string, { size = 11, weight = "normal", anchor = "start" }: Style = {}) {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const style = `font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${ink}"`;
  return `<text x="${round(x)}" y="${round(y)}" ${style}>${escaped}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`;
}

function tickText(value: number): string {
  return value >= 1 ? value.toLocaleString("en-US") : String(Number(value.toPrecision(1)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
