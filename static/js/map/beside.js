// What goes along with a touchpoint that moves, before the server has drawn it: its station on the line, its cells in the
// lanes. The line is reckoned as journeys/curve.py does; areas, quotes and the named gap wait for the server.

import { lists, on, root, standing } from "./page.js";

const HEIGHT = 184;
const MARGIN = 26;
const SURENESS = ["emotion", "satisfaction", "assumption"];
const SVG = "http://www.w3.org/2000/svg";

/** How far down (pixels) a feeling of -2 to +2 is drawn, and the feeling that is drawn so far down. */
export const heightOf = (feeling) => MARGIN + ((2 - feeling) / 4) * (HEIGHT - 2 * MARGIN);
export const feelingAt = (y) => Math.max(-2, Math.min(2, 2 - ((y - MARGIN) / (HEIGHT - 2 * MARGIN)) * 4));
export const stationOf = (card) => document.getElementById(card.id.replace("placement", "station"));

/** Draw the line through the stations as they and their touchpoints stand now. */
export function redraw() {
  const curve = document.getElementById("curve");
  const lines = curve?.querySelector(".curve-drawing > svg");
  if (!curve?.querySelector(".curve-station")) return;
  const points = places(curve, lines.viewBox.baseVal.width);
  curve.dataset.moving = "";
  lines.querySelector(".curve-expected").setAttribute("d", segments(points, "expected").map(({ d }) => d).join(""));
  for (const line of lines.querySelectorAll(".curve-line")) line.remove();
  for (const { source, d } of segments(points, "perceived")) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", "curve-line");
    path.dataset.source = source;
    path.setAttribute("d", d);
    lines.append(path);
  }
}

function places(curve, width) {
  const { left, width: shown } = curve.getBoundingClientRect();
  const points = [];
  for (const list of lists()) {
    const phase = list.closest(".phase").getBoundingClientRect();
    const all = standing(list);
    all.forEach((card, index) => {
      const station = stationOf(card);
      if (!station) return;
      const x = (phase.left - left + ((index + 0.5) / all.length) * phase.width) / shown;
      station.setAttribute("x", `${x * 100}%`);
      const { perceived, expected, source } = station.dataset;
      points.push({ x: x * width, perceived: perceived && heightOf(perceived), expected: expected && heightOf(expected), source });
    });
  }
  return points;
}

function segments(points, what) {
  const known = points.map((point) => point[what] !== "" && { x: point.x, y: point[what], source: point.source });
  const drawn = [];
  for (let index = 0; index + 1 < known.length; index++) {
    const [one, other] = [known[index], known[index + 1]];
    if (!one || !other) continue;
    const third = (other.x - one.x) / 3;
    const first = one.y + slope(known, index) * third;
    const second = other.y - slope(known, index + 1) * third;
    const surest = Math.max(SURENESS.indexOf(one.source), SURENESS.indexOf(other.source));
    drawn.push({ source: SURENESS[surest], d: `M${one.x} ${one.y}C${one.x + third} ${first} ${other.x - third} ${second} ${other.x} ${other.y}` });
  }
  return drawn;
}

// Steffen's rule: never beyond the values on either side.
function slope(known, index) {
  const [before, here, after] = [known[index - 1], known[index], known[index + 1]];
  const left = before && (here.y - before.y) / (here.x - before.x);
  const right = after && (after.y - here.y) / (after.x - here.x);
  if (!before || !after) return (before ? left : right) || 0;
  if (left * right <= 0) return 0;
  const mean = (left * (after.x - here.x) + right * (here.x - before.x)) / (after.x - before.x);
  const steepest = 2 * Math.min(Math.abs(left), Math.abs(right));
  return Math.max(-steepest, Math.min(steepest, mean));
}

// Cells follow their touchpoints, also into another phase.
function follow() {
  if (!root.querySelector(".cells")) return;
  for (const list of lists()) {
    const order = standing(list).map((card) => card.id);
    for (const lane of list.closest(".phase").querySelectorAll(".cells")) {
      if (order.join() === [...lane.children].map((cell) => cell.dataset.of).join()) continue;
      const cells = order.map((id) => root.querySelector(`[data-lane="${lane.dataset.lane}"] > [data-of="${id}"]`));
      lane.append(...cells.filter(Boolean));
    }
  }
}

// Stations are read in the order of the journey.
function line() {
  const all = [...root.querySelectorAll(".curve-station")];
  const order = lists().flatMap((list) => standing(list).map(stationOf)).filter(Boolean);
  if (order.some((station, index) => station !== all[index])) all[0].parentElement.append(...order);
}

on("reordered", () => (follow(), line(), redraw()));
