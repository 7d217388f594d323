// Saying by hand how customers feel at a touchpoint: drag its station up or down, or press the arrow keys on it. What
// customers said themselves is locked.

import { on, root, singleKeys, step, touchpoint } from "./page.js";
import { feelingAt, heightOf, redraw } from "./beside.js";
import { hold } from "./following.js";
import { write } from "./writing.js";

const PAUSE = 700; // after the last key
const stations = () => [...root.querySelectorAll(".curve-station")];
const isOpen = (station) => station?.matches("[role=slider]:not([aria-readonly])");
const said = ({ dataset: { perceived } }) => perceived && Number(perceived).toFixed(1);
let held = null; // {id, from, value, top, timer}: what is being set, whatever is drawn meanwhile

function show({ id, value }) {
  const station = document.getElementById(id);
  if (!station || value === undefined) return;
  Object.assign(station.dataset, { perceived: value, source: "assumption" });
  station.setAttribute("y", heightOf(value));
  station.setAttribute("aria-valuenow", value);
  station.setAttribute("aria-valuetext", value.replace("-", "−"));
  redraw();
}
on("drawn", () => held && show(held));

function take(station) {
  save();
  held = { id: station.id, from: said(station) };
  hold(true);
}

function set(feeling) {
  held.value = (Math.round(feeling * 10) / 10).toFixed(1);
  show(held);
}

function save() {
  if (!held) return;
  const now = held;
  const { id, from, value } = now;
  clearTimeout(now.timer);
  held = null;
  const card = touchpoint(document.getElementById(id)?.dataset.of.replace("placement-", ""));
  if (card && value !== undefined && value !== from) {
    write(card, { field: "assumed_emotion", was: from, text: value, show: () => show(now) });
  }
  hold(false);
}
addEventListener("pagehide", save);
root.addEventListener("focusout", () => held?.timer && save()); // whoever goes elsewhere has said it

root.addEventListener("pointerdown", (event) => {
  const station = event.target.closest(".curve-station");
  if (!isOpen(station) || event.button) return;
  station.setPointerCapture(event.pointerId);
  station.dataset.state = "held";
  take(station);
  held.top = root.querySelector("#curve").getBoundingClientRect().top;
});
root.addEventListener("pointermove", ({ clientY }) => {
  if (held && !held.timer) set(feelingAt(clientY - held.top));
});
for (const end of ["pointerup", "pointercancel"]) {
  root.addEventListener(end, () => {
    if (!held || held.timer) return;
    delete document.getElementById(held.id)?.dataset.state;
    save();
  });
}

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
  if (held?.id !== station.id) take(station);
  clearTimeout(held.timer);
  set(Math.max(-2, Math.min(2, Number(held.value ?? held.from ?? 0) + by)));
  held.timer = setTimeout(save, PAUSE);
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
