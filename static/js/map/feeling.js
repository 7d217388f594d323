// Saying by hand how customers feel at a touchpoint: drag its station up or down, or press the arrow keys on it. What
// customers said themselves is locked.

import { on, root, singleKeys, step, touchpoint } from "./page.js";
import { feelingAt, heightOf, redraw } from "./beside.js";
import { write } from "./writing.js";

const PAUSE = 700; // after the last key
const stations = () => [...root.querySelectorAll(".curve-station")];
const isOpen = (station) => station?.matches("[role=slider]:not([aria-readonly])");
const said = ({ dataset: { perceived } }) => perceived && Number(perceived).toFixed(1);
let held = null; // {station, from, timer}

function set(station, feeling) {
  const value = (Math.round(feeling * 10) / 10).toFixed(1);
  Object.assign(station.dataset, { perceived: value, source: "assumption" });
  station.setAttribute("y", heightOf(value));
  station.setAttribute("aria-valuenow", value);
  station.setAttribute("aria-valuetext", value.replace("-", "−"));
  redraw();
}

function save({ station, from }) {
  const { of, perceived } = station.dataset;
  if (perceived !== from) write(touchpoint(of.replace("placement-", "")), { field: "assumed_emotion", was: from, text: perceived });
}

root.addEventListener("pointerdown", (event) => {
  const station = event.target.closest(".curve-station");
  if (!isOpen(station) || event.button) return;
  station.setPointerCapture(event.pointerId);
  station.dataset.state = "held";
  held = { station, from: said(station), top: root.querySelector("#curve").getBoundingClientRect().top };
});
root.addEventListener("pointermove", ({ clientY }) => {
  if (held && !held.timer) set(held.station, feelingAt(clientY - held.top));
});
root.addEventListener("pointerup", () => {
  if (!held || held.timer) return;
  delete held.station.dataset.state;
  save(held);
  held = null;
});

root.addEventListener("keydown", (event) => {
  const station = event.target.closest?.(".curve-station");
  if (!station || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (key === "ArrowLeft" || key === "ArrowRight") stations()[stations().indexOf(station) + step(key)]?.focus();
  else if (isOpen(station) && singleKeys() && step(key)) nudge(station, -step(key) * (event.shiftKey ? 0.5 : 0.1));
  else return;
  event.preventDefault();
});

function nudge(station, by) {
  if (held?.station !== station) held = { station, from: said(station) };
  clearTimeout(held.timer);
  set(station, Math.max(-2, Math.min(2, Number(station.dataset.perceived || 0) + by)));
  const now = held;
  held.timer = setTimeout(() => {
    if (held === now) held = null;
    save(now);
  }, PAUSE);
}

// One tab stop for the line; arrows reach the rest.
function rove() {
  const all = stations();
  const stop = all.find((station) => station === document.activeElement) ?? all[0];
  for (const station of all) if (station.role === "slider") station.setAttribute("tabindex", station === stop ? 0 : -1);
}
root.addEventListener("focusin", ({ target }) => target.matches(".curve-station") && rove());
on("drawn", rove);
rove();
