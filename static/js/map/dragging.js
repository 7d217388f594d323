// Dragging by mouse and touch. SortableJS carries, scrolls and tells presses from scrolling; where a touchpoint would
// land is decided here, so that neighbours stay still and a line shows the place.

import { listAround, lists, mark, numberOf, on, placeOf, root, standing } from "./page.js";
import { hold } from "./following.js";
import { move, place } from "./moving.js";
import { isSelected, moveSelected, selection } from "./selecting.js";
import { showPhase } from "./looking.js";

const TAB_PAUSE = 500;
const carried = document.getElementById("map-carried");
const slot = document.getElementById("map-slot");
let drag = null; // {card, all, x, y, to: {list, after}, tab, since}

const isTouch = (event) => Boolean(event.touches) || event.pointerType === "touch";

const options = {
  draggable: ".touchpoint:not([data-here])",
  sort: false,
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 4,
  delay: 250,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
  scrollSensitivity: 48,
  scrollSpeed: 14,
  filter,
  preventOnFilter: false,
  onChoose: ({ originalEvent, item }) => {
    if (!isTouch(originalEvent)) return;
    navigator.vibrate?.(15);
    mark(item, "lifted");
  },
  onUnchoose: ({ item }) => item.dataset.state === "lifted" && mark(item, ""),
  onStart: start,
  onEnd: end,
};

// A finger elsewhere than on the grip scrolls; who may no longer move it has no grip.
function filter(event, card) {
  if (card.closest(".library")) return false;
  return isTouch(event) ? !event.target.closest(".touchpoint-grip") : !card.querySelector(".touchpoint-grip");
}

/** Let the touchpoints of a list be dragged: a phase's, or the library's. */
export function makeDraggable(list) {
  if (list.matches("ol, ul") && !Sortable.get(list)) Sortable.create(list, options);
}

function start({ item, originalEvent }) {
  const { ghost } = Sortable;
  ghost.removeAttribute("id");
  ghost.dataset.state = "lifted";
  ghost.style.opacity = "";
  if (item.parentElement.closest("#map .phase")) ghost.style.counterSet = `list-item ${numberOf(item)}`;
  carried.dataset.density = root.querySelector(".map").dataset.density;
  carried.append(ghost);
  const all = item.dataset.placement && isSelected(item) ? selection() : [item];
  if (all.length > 1) ghost.dataset.flag = all.length; // the one that was grabbed is carried, with their number
  for (const card of all) mark(card, "source");
  const { clientX: x, clientY: y } = originalEvent.touches?.[0] ?? originalEvent;
  drag = { card: item, all, x, y, to: null, tab: null, since: 0 };
  document.addEventListener("pointermove", follow, { passive: true });
  document.addEventListener("touchmove", follow, { passive: true });
  document.addEventListener("keydown", cancelOnEscape, true);
  hold(true);
  requestAnimationFrame(look);
}

function follow(event) {
  ({ clientX: drag.x, clientY: drag.y } = event.touches?.[0] ?? event);
}

function cancelOnEscape(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  drag.cancelled = true;
  document.dispatchEvent(new PointerEvent("pointerup")); // ends the carrying as letting go would
}

// In each frame, for the page may scroll under a pointer that stands still.
function look(now) {
  if (!drag) return;
  const under = document.elementFromPoint(drag.x, drag.y);
  overTab(under?.closest(".phase-tabs a"), now);
  drag.to = target(under);
  draw(drag.to);
  requestAnimationFrame(look);
}

function overTab(tab, now) {
  if (tab !== drag.tab) Object.assign(drag, { tab, since: now });
  else if (tab && !tab.ariaCurrent && now - drag.since > TAB_PAUSE) showPhase(tab);
}

function target(under) {
  const list = under?.closest(".map-scroll") && listAround(under);
  if (!list) return null;
  const near = nearest(standing(list), drag);
  if (!near) return { list, after: "", box: null };
  const box = near.getBoundingClientRect();
  const inRows = getComputedStyle(list).flexWrap === "wrap";
  const behind = inRows ? drag.x > box.left + box.width / 2 : drag.y > box.top + box.height / 2;
  const after = behind ? near.dataset.placement : (near.previousElementSibling?.dataset.placement ?? "");
  return { list, after, box, behind, inRows };
}

function nearest(cards, { x, y }) {
  let best = null;
  let least = Infinity;
  for (const card of cards) {
    const { left, right, top, bottom } = card.getBoundingClientRect();
    const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    if (away < least) [best, least] = [card, away];
  }
  return best;
}

function stays({ list, after }) {
  const { card, all } = drag;
  if (all.length > 1 || card.parentElement !== list) return false;
  return after === card.dataset.placement || after === placeOf(card).after;
}

function draw(to) {
  slot.hidden = !to || stays(to);
  if (slot.hidden) return;
  const box = to.box ?? to.list.parentElement.getBoundingClientRect();
  slot.classList.toggle("slot-field", !to.box);
  let { left, top, width, height } = box;
  if (!to.box) [left, top, width, height] = [left + 8, top + 8, width - 16, 52];
  else if (to.inRows) [left, width] = [to.behind ? box.right : left - 3, 3];
  else [top, height] = [to.behind ? box.bottom + 1.5 : top - 4.5, 3];
  Object.assign(slot.style, { translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` });
}

function end({ item }) {
  const { to, cancelled, all } = drag;
  document.removeEventListener("pointermove", follow);
  document.removeEventListener("touchmove", follow);
  document.removeEventListener("keydown", cancelOnEscape, true);
  drag = null;
  slot.hidden = true;
  for (const card of all) mark(card, "");
  if (to && !cancelled) {
    if (all.length > 1) moveSelected(to.list, to.after);
    else if (item.dataset.placement) move(item, to.list, to.after);
    else place(item, to.list, to.after);
  }
  hold(false);
}

const ready = () => lists().forEach(makeDraggable);
on("drawn", ready);
ready();
