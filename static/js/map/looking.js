// Looking around: arrow keys walk along the journey, Tab goes from phase to phase, and on a phone, where one phase is
// shown at a time, its tab shows it. Tabs are links, so they work without this; here they leave no trail in the history.

import { focusOn, mark, on, root, step, touchpoint, touchpoints } from "./page.js";

function next(card, key) {
  const by = step(key);
  const all = touchpoints();
  const here = all.filter((one) => one.parentElement === card.parentElement);
  if (!by) return { Home: here[0], End: here.at(-1) }[key];
  return all[all.indexOf(card) + by];
}

root.addEventListener("keydown", (event) => {
  const card = event.target.closest(".phase .touchpoint");
  if (!card || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const there = next(card, event.key);
  if (!there?.offsetParent) return; // the end of the journey, or a phase that a phone does not show
  event.preventDefault();
  focusOn(there);
});

// Where focus comes by pointer, the tab stop follows.
root.addEventListener("focusin", ({ target }) => {
  if (target.matches(".phase .touchpoint-name") && target.tabIndex !== 0) focusOn(target.closest(".touchpoint"));
});

/** Show the phase that a tab stands for. */
export function showPhase(tab) {
  const { scrollY } = window;
  location.replace(tab.hash);
  window.scrollTo(0, Math.min(scrollY, root.querySelector(".map-body").offsetTop)); // instead of jumping there
  nameTab();
}

function nameTab() {
  const shown = root.querySelector(".phase:is(:target, :has(:target))") ?? root.querySelector(".phase");
  for (const tab of root.querySelectorAll(".phase-tabs a")) tab.ariaCurrent = tab.hash === `#${shown.id}` ? "true" : null;
}

function showTouchpoint(link) {
  const card = touchpoint(link.hash.replace("#placement-", ""));
  location.replace(link.hash); // on a phone, its phase
  card.scrollIntoView({ block: "center", inline: "center" });
  focusOn(card);
  mark(card, "changed", { forget: 3_000 });
}

document.addEventListener("etappe:jump", ({ detail: hash }) => showTouchpoint({ hash }));
root.addEventListener("click", (event) => {
  const link = event.target.closest(".phase-tabs a, .map-first");
  if (!link) return;
  event.preventDefault();
  if (link.matches(".map-first")) showTouchpoint(link);
  else showPhase(link);
});
on("drawn", nameTab);
nameTab();

// The minimap of the Timeline: a window over what is seen of the line, to be dragged along it.
let dragged = false;
const parts = () => ({ map: root.querySelector("#minimap"), window: root.querySelector(".minimap-window"), scroll: root.querySelector(".map-scroll") });

function frame() {
  const { map, window, scroll } = parts();
  if (!map?.clientWidth || !window) return; // not there, or on a phone
  const labels = root.querySelector(".map-labels").offsetWidth;
  const scale = map.clientWidth / (scroll.scrollWidth - labels);
  window.setAttribute("x", scroll.scrollLeft * scale);
  window.setAttribute("width", Math.min(map.clientWidth, (scroll.clientWidth - labels) * scale));
}

function scrub({ clientX }) {
  const { map, window, scroll } = parts();
  const { left, width } = map.getBoundingClientRect();
  const seen = window.getBoundingClientRect().width;
  scroll.scrollLeft = ((clientX - left - seen / 2) / width) * (scroll.scrollWidth - root.querySelector(".map-labels").offsetWidth);
}

root.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".minimap") || event.target.closest("a") || event.button) return;
  dragged = true;
  event.preventDefault();
  scrub(event);
});
document.addEventListener("pointermove", (event) => dragged && scrub(event));
document.addEventListener("pointerup", () => (dragged = false));
root.addEventListener("scroll", frame, { capture: true, passive: true });
addEventListener("resize", frame);
on("drawn", frame);
frame();
