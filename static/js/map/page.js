// The map's page as all of its modules see it: its root, its words, what is said aloud, and how the server's HTML comes in.

export const root = document.getElementById("map");

/** Texts and addresses that the server gave the page for its script. */
export const given = document.getElementById("map-words").dataset;
export const mayEdit = "undo" in given;

// What the script puts on elements: the server's HTML does not have it, and must not take it away.
htmx.config.morphIgnore.push("tabindex", "data-state", "open", "aria-expanded");

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
