// The map's page as all of its modules see it: its root, its words, what is said aloud, and how the server's HTML comes in.

export const root = document.getElementById("map");

/** Texts and addresses that the server gave the page for its script. */
export const given = document.getElementById("map-words").dataset;
export const mayEdit = "undo" in given;

// What the script puts on elements: the server's HTML does not have it, and must not take it away. `draggable` is what
// SortableJS switches off on a link that is pressed; with it gone the browser would drag the link by itself.
htmx.config.morphIgnore.push("tabindex", "draggable", "data-flag", "data-state", "data-selected", "data-ready", "open", "aria-expanded");

/** The text of that name in the person's language, its {places} filled with `values`. */
export function word(name, values = {}) {
  return given[name].replace(/\{(\w+)\}/g, (_, place) => values[place]);
}

/** Let a screen reader say `text` when it has time, or at once. The region is emptied before, so repeats are heard. */
export function say(text, { now = false } = {}) {
  const region = document.getElementById(now ? "alerts" : "announcements");
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/** Whether a click is no more than that. */
export const isPlain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** Whether single keys may act: the sheet of keys switches them off. */
export const singleKeys = () => localStorage.getItem("etappe-map-keys") !== "off";

/** How far an arrow key goes: one on, one back, or nowhere. */
export const step = (key) => ({ ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 })[key] ?? 0;

/** Let an arrow key walk among `elements`, round and round; true when it did. */
export function walkAmong(elements, { key, target }) {
  const all = elements.filter((one) => one.offsetParent && !one.disabled);
  const by = step(key);
  if (by) all.at((all.indexOf(target) + by) % all.length).focus();
  return by !== 0;
}

/** Raise an event of the map for its other modules. */
export function tell(name, detail = {}) {
  root.dispatchEvent(new CustomEvent(`map:${name}`, { detail }));
}

/** Listen to an event of the map. */
export function on(name, heard) {
  root.addEventListener(`map:${name}`, (event) => heard(event.detail));
}

/** Take in HTML of the server: its partials go where they say, the rest in place of `target`, if one is given.
    Focus stays on the same thing, even where that was drawn anew. */
export async function takeIn(text, target = null) {
  const focused = document.activeElement;
  const id = focused.closest("[id]")?.id;
  await htmx.swap({ text, sourceElement: root, target: target ?? root, swap: target ? "outerMorph" : "none" });
  tell("drawn");
  if (id && document.activeElement === document.body) refocus(document.getElementById(id));
}

function refocus(element) {
  const inside = element?.matches(".touchpoint") ? element.querySelector(".touchpoint-name") : element;
  inside?.focus({ preventScroll: true });
}

// Touchpoints and where they stand, as the page shows it.


const LIST = ":is(.phase-touchpoints > ol, .rows > tbody)";

export const lists = () => [...root.querySelectorAll(LIST)];
export const listOf = (phase) => root.querySelector(`#phase-${phase} ${LIST}`);
export const listAround = (element) => element?.closest(".phase")?.querySelector(LIST);
export const phaseOf = (list) => list.closest(".phase").dataset.phase;
export const phaseName = (list) => list.closest(".phase").querySelector("h2").textContent;
export const touchpoint = (placement) => document.getElementById(`placement-${placement}`);
export const touchpoints = () => [...root.querySelectorAll(`${LIST} > .touchpoint:not([data-out])`)];
export const nameOf = (card) => card.querySelector(".touchpoint-name").textContent;

/** The touchpoints of a phase in their order, without those that are being removed. */
export const standing = (list) => [...list.children].filter((card) => !card.hidden);

/** The last placement of a phase, "" where nothing stands. */
export const lastOf = (list) => standing(list).at(-1)?.dataset.placement ?? "";

/** Where a touchpoint stands: its list, the placement it follows ("" for the first), its position from 1, of how many. */
export function placeOf(card) {
  const list = card.parentElement;
  const all = standing(list);
  const index = all.indexOf(card);
  return { list, after: all[index - 1]?.dataset.placement ?? "", position: index + 1, of: all.length };
}

/** Put a touchpoint behind the placement `after` in `list`, first when empty, last when that is not there. Focus stays. */
export function put(card, list, after) {
  const neighbour = after && touchpoint(after);
  const next = neighbour?.parentElement === list ? neighbour.nextElementSibling : after ? null : list.firstElementChild;
  if (next === card || (card.parentElement === list && card.nextElementSibling === next)) return;
  const { activeElement: focused } = document;
  list.insertBefore(card, next);
  if (card.contains(focused)) focused.focus({ preventScroll: true });
  tell("reordered");
}

/** Put a state on a touchpoint, or take it off with "". `forget` takes it off by itself after so many milliseconds. */
export function mark(card, state, { forget = 0 } = {}) {
  if (!card) return;
  if (state) card.dataset.state = state;
  else delete card.dataset.state;
  if (forget) setTimeout(() => card.dataset.state === state && mark(card, ""), forget);
}

// Numbers run along the journey: each list goes on where the one before it ended, and whatever names a number follows.
function renumber() {
  let number = 1;
  const numbers = new Map();
  for (const list of lists()) {
    list.start = number;
    list.style.counterReset = `list-item ${number - 1}`; // Chromium does not count anew when `start` changes
    const all = standing(list);
    for (const card of all) numbers.set(card.id, number++);
    list.closest(".phase").querySelector(".count").firstChild.data = all.length;
  }
  for (const named of root.querySelectorAll("[data-station-of]")) {
    named.firstChild.data = numbers.get(named.dataset.stationOf) ?? named.textContent;
  }
}

export const numberOf = (card) => card.parentElement.start + placeOf(card).position - 1;

// One tab stop in each phase; arrow keys reach the rest. A grip is for the pointer: keys have M and the context menu key.
function rove() {
  for (const list of lists()) {
    const names = [...list.querySelectorAll("a.touchpoint-name")];
    const stop = names.find((name) => name.tabIndex === 0 && name.hasAttribute("tabindex")) ?? names[0];
    for (const name of names) name.tabIndex = name === stop ? 0 : -1;
    for (const grip of list.querySelectorAll(".touchpoint-grip, .touchpoint-talk")) grip.tabIndex = -1;
  }
}

/** Focus a touchpoint; it becomes the tab stop of its phase. */
export function focusOn(card) {
  for (const name of card.parentElement.querySelectorAll(".touchpoint-name")) name.tabIndex = -1;
  const name = card.querySelector(".touchpoint-name");
  name.tabIndex = 0;
  name.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

on("drawn", () => (renumber(), rove()));
on("reordered", renumber);
rove();
