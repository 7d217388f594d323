// What keys do to the focused touchpoint. Single keys hold only while focus is on one, and can be switched off in the
// sheet of keys.

import { root } from "./page.js";
import { addAfter } from "./adding.js";
import { isTyping } from "./history.js";
import { openMenu, openMove } from "./menu.js";
import { rename, renamePhase } from "./renaming.js";
import { ask, isSelected, keyOfSelection, removeSelected, toBar, toggle } from "./selecting.js";
import { isLifted, keyOfHistory, keyOfLifted, lift, remove } from "./moving.js";

const all = (one, several) => (card) => (isSelected(card) ? several() : one(card));
const SINGLE = { " ": lift, m: all(openMove, () => ask("move")), n: addAfter, x: toggle, delete: all(remove, removeSelected) };
const STORED = "etappe-map-keys";
const sheet = document.getElementById("map-keys");
const single = sheet.querySelector("input");

function actOn(card, { key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return all(openMenu, toBar)(card), true;
  if (ctrlKey || metaKey || altKey || shiftKey) return false;
  if (key === "F2") return rename(card), true;
  const act = single.checked ? SINGLE[key.toLowerCase()] : null;
  act?.(card);
  return Boolean(act);
}

// On a touchpoint F2 renames it, elsewhere in a phase, for example on its "Add", the phase.
function titled({ key, target }) {
  const phase = key === "F2" && !target.closest(".cell") && target.closest("#map .phase");
  if (phase) renamePhase(phase);
  return Boolean(phase);
}

function help({ key, target }) {
  const wanted = key === "?" && (root.contains(target) || target === document.body);
  if (wanted) sheet.showModal();
  return wanted;
}

// Before walking.js, which listens further in and further on: while something is lifted, arrows carry it.
document.addEventListener(
  "keydown",
  (event) => {
    const { target } = event;
    if (isTyping(target) || target.closest("dialog, [popover], .panel")) return;
    const card = !target.closest("input, .cell") && target.closest("#map .phase .touchpoint:has(.touchpoint-grip)");
    const done = isLifted() ? keyOfLifted(event) : keyOfHistory(event) || (card && actOn(card, event)) || keyOfSelection(event, card) || titled(event) || help(event);
    if (done) event.preventDefault();
  },
  true,
);

single.checked = localStorage.getItem(STORED) !== "off";
single.addEventListener("change", () => localStorage.setItem(STORED, single.checked ? "on" : "off"));
