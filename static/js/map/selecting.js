// Several touchpoints at once: selected by key, click and menu, then moved, given an owner or a channel, or taken off
// the map as one. What is selected is known here and drawn onto whatever the server sends.

import { focusOn, given, listOf, lists, mark, on, phaseOf, put, root, say, standing, step, touchpoint, touchpoints, walkAmong, word } from "./page.js";
import { finish } from "./moving.js";
import { send } from "./sending.js";

const bar = document.getElementById("bulk-bar");
const dialog = document.getElementById("bulk-dialog");
const chosen = new Set(); // placements
let anchor = null; // the one from which Shift extends
let reach = []; // how far it has extended

const idOf = (card) => card.dataset.placement;

/** The selected touchpoints in the order of the map. */
export const selection = () => touchpoints().filter((card) => chosen.has(idOf(card)));
export const isSelected = (card) => chosen.has(idOf(card));

/** Select a touchpoint, or leave it out again. */
export function toggle(card) {
  const id = idOf(card);
  if (!chosen.delete(id)) chosen.add(id);
  [anchor, reach] = [id, []];
  told();
}

function extend(card) {
  const all = touchpoints();
  const from = all.indexOf(touchpoint(anchor) ?? card);
  const to = all.indexOf(card);
  anchor ??= idOf(card);
  for (const id of reach) chosen.delete(id);
  reach = all.slice(Math.min(from, to), Math.max(from, to) + 1).map(idOf);
  for (const id of reach) chosen.add(id);
  told();
}

/** Select nothing any more. */
export function clear() {
  const last = touchpoint(anchor) ?? selection()[0];
  const inBar = bar.contains(document.activeElement);
  chosen.clear();
  [anchor, reach] = [null, []];
  told();
  if (inBar && last) focusOn(last);
}

function told() {
  draw();
  say(word("selected", { count: chosen.size }));
}

function draw() {
  for (const card of touchpoints()) {
    const selected = isSelected(card);
    card.toggleAttribute("data-selected", selected);
    const box = card.querySelector("[name=placement]"); // the Table has one in each row
    if (box) box.checked = selected;
    card.querySelector(".touchpoint-name").setAttribute("aria-describedby", `health-${idOf(card)}${selected ? " map-selected" : ""}`);
  }
  bar.hidden = !chosen.size;
  bar.querySelector("[data-text]").textContent = word("selected", { count: chosen.size });
}

on("drawn", () => {
  if (!chosen.size) return;
  for (const id of chosen) if (!touchpoint(id)) chosen.delete(id);
  draw();
});

/** What a key does with the selection; true when it did something. */
export function keyOfSelection(event, card) {
  const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  const here = root.contains(target) || bar.contains(target) || target === document.body;
  if (key === "Escape" && chosen.size && here) clear();
  else if (bar.contains(target)) return walkAmong([...bar.querySelectorAll("button")], event);
  else if (!card || altKey) return false;
  else if (shiftKey && step(key) && !ctrlKey && !metaKey) {
    const all = touchpoints();
    const next = all[all.indexOf(card) + step(key)];
    anchor ??= idOf(card);
    if (next?.offsetParent) {
      focusOn(next);
      extend(next);
    }
  } else if ((ctrlKey || metaKey) && !shiftKey && key.toLowerCase() === "a") {
    for (const one of standing(card.parentElement)) chosen.add(idOf(one));
    [anchor, reach] = [idOf(card), []];
    told();
  } else return false;
  return true;
}

/** Let the keys reach what can be done with the selection. */
export const toBar = () => bar.querySelector("button").focus();

root.addEventListener("click", (event) => {
  const card = event.target.closest(".phase .touchpoint:has(.touchpoint-grip)");
  if (!card || event.altKey || !event.target.closest(".touchpoint-name")) return;
  const more = event.ctrlKey || event.metaKey || (event.pointerType === "touch" && chosen.size);
  if (!more && !event.shiftKey) return;
  event.preventDefault();
  if (event.shiftKey) extend(card);
  else toggle(card);
});

root.addEventListener("change", ({ target }) => target.matches(".touchpoint [name=placement]") && toggle(target.closest(".touchpoint")));

// The Table's plain form, done in place.
root.addEventListener("submit", (event) => {
  if (event.target.id !== "bulk") return;
  event.preventDefault();
  if (chosen.size) act(event.submitter.value);
  else say(word("selected", { count: 0 }));
});

// One request for all of them; `more` is what the verb needs, `show` lays it over the page until the answer is there.
function change(verb, more, show) {
  const ids = selection().map(idOf);
  const again = () => {
    for (const id of ids) if (touchpoint(id)) chosen.add(id);
    change(verb, more, show);
  };
  const shown = () => {
    show(ids);
    for (const id of ids) mark(touchpoint(id), "saving");
  };
  const seen = (id) => `${id}:${touchpoint(id)?.dataset.version ?? 1}:${touchpoint(id)?.dataset.edition ?? 1}`;
  shown();
  send({
    address: given.bulk,
    fields: () => [["verb", verb], ...ids.map((id) => ["placement", seen(id)]), ...Object.entries(more)],
    show: shown,
    answered: (answer) => finish(ids, answer, again),
  });
}

/** Let all that is selected follow `after` ("" for first) in `list`, in their order. */
export function moveSelected(list, after) {
  const stays = standing(list).map(idOf);
  const until = stays.slice(0, stays.indexOf(after) + 1);
  const behind = after && (until.reverse().find((id) => !chosen.has(id)) ?? "");
  const phase = phaseOf(list);
  change("move", { phase, after: behind }, (ids) => {
    let last = behind;
    for (const id of ids.filter(touchpoint)) {
      put(touchpoint(id), listOf(phase), last);
      last = id;
    }
  });
}

/** Take all that is selected off the map. */
export function removeSelected() {
  const all = touchpoints().filter((card) => card.offsetParent);
  const first = all.findIndex(isSelected);
  const next = all.slice(first).find((card) => !isSelected(card)) ?? all.slice(0, first).at(-1);
  change("archive", {}, (ids) => ids.filter(touchpoint).forEach((id) => (touchpoint(id).hidden = true)));
  chosen.clear();
  draw();
  if (next) focusOn(next);
}

/** Ask for what a verb needs: where to, who, or by what. */
export async function ask(verb) {
  const response = await fetch(`${given.bulk}?verb=${verb}`, { headers: { "HX-Request": "true" } });
  if (!response.ok) return;
  await htmx.swap({ text: await response.text(), sourceElement: dialog, target: dialog.querySelector("#bulk-fields"), swap: "outerMorph" });
  dialog.querySelector("h2").textContent = bar.querySelector(`[data-bulk=${verb}]`).textContent;
  dialog.showModal();
  const line = lists().indexOf(selection()[0]?.parentElement);
  (dialog.querySelectorAll("select")[verb === "move" ? line : 0] ?? dialog).focus();
}

const act = (verb) => (verb === "archive" ? removeSelected() : ask(verb));

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  const { verb, placement, csrfmiddlewaretoken, ...more } = Object.fromEntries(new FormData(event.target));
  dialog.close();
  if (verb === "move") moveSelected(listOf(more.phase), more.after);
  else change(verb, more, () => {});
});

bar.addEventListener("click", ({ target }) => {
  const verb = target.closest("[data-bulk]")?.dataset.bulk;
  if (verb === "clear") clear();
  else if (verb) act(verb);
});
