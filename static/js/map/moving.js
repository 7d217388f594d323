// A touchpoint moves, comes or goes: seen at once, saved behind it, put back where the server refuses, and taken back
// by key, by the tool row or by the toast.

import { focusOn, given, lastOf, listOf, lists, mark, nameOf, on, phaseName, phaseOf, placeOf, put, root, say, standing, step, touchpoint, walkAmong, word } from "./page.js";
import { hold, refresh } from "./following.js";
import { wishOf } from "./history.js";
import { send } from "./sending.js";

const MOVED_BACK = 6_000;

/** Let a touchpoint follow `after` ("" for first) in `list`. It may stand there already, put there as a preview:
    `from` says where it stood before, for a move that changes nothing is not sent. */
export function move(card, list, after, from = placeOf(card)) {
  const { placement } = card.dataset;
  if (list === from.list && (after === from.after || after === placement)) return;
  const phase = phaseOf(list);
  const show = () => {
    const now = touchpoint(placement);
    if (!now) return;
    put(now, listOf(phase), after);
    mark(now, "saving");
  };
  show();
  send({
    address: card.querySelector(".touchpoint-grip").href,
    fields: () => ({ phase, after, version: touchpoint(placement)?.dataset.version ?? "" }),
    show,
    answered: (answer) => finish(placement, answer, () => move(touchpoint(placement), listOf(phase), after)),
  });
}

/** Let a touchpoint of the library stand behind `after` in `list`, as its last unless said otherwise. */
export function place(entry, list, after = lastOf(list)) {
  const phase = phaseOf(list);
  const shown = entry.cloneNode(true);
  shown.removeAttribute("id");
  const show = () => put(shown, listOf(phase), after);
  show();
  mark(shown, "saving");
  send({
    address: given.create,
    fields: () => ({ phase, after, touchpoint: entry.dataset.touchpoint }),
    show,
    answered: (answer) => {
      shown.remove();
      finish(answer.news?.placement, answer, () => place(entry, listOf(phase), after));
    },
  });
}

/** Take a touchpoint off this map. */
export function remove(card) {
  const { placement } = card.dataset;
  const show = () => {
    const now = touchpoint(placement);
    if (now) now.hidden = true;
  };
  const neighbour = card.nextElementSibling ?? card.previousElementSibling;
  show();
  neighbour?.querySelector(".touchpoint-name").focus();
  const { href } = card.querySelector(".touchpoint-grip");
  send({ address: new URL("../archive/", href).href, show, answered: (answer) => finish(placement, answer) });
}

/** A change of these placements was answered: said, or put back with the reason and an offer to try `again`. */
export async function finish(placements, { ok, news }, again) {
  if (!news) await refresh(); // refused without the map's present state: fetch it
  const cards = [placements].flat().map((one) => one && touchpoint(one)).filter(Boolean);
  for (const card of cards) {
    card.hidden = false;
    mark(card, "");
  }
  if (ok && news.saved) {
    say(news.say);
    return;
  }
  if (news) say(news.say, { now: true });
  cards.forEach(flag);
  if (again && cards.length) offerAgain(again);
}

function flag(card) {
  mark(card, "rejected", { forget: MOVED_BACK });
  card.dataset.flag = word("movedBack");
  setTimeout(() => delete card.dataset.flag, MOVED_BACK);
}

function offerAgain(again) {
  const toast = document.querySelector("#toasts > [data-kind=error]:last-child");
  if (!toast || toast.querySelector("[data-again]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.again = "";
  button.textContent = word("tryAgain");
  button.addEventListener("click", () => {
    toast.remove();
    again();
  });
  toast.querySelector("[data-toast-close]").before(button);
}

const travel = (address) => send({ address, answered: (answer) => finish(null, answer) });

/** Take back or do again, if that key asks for it; true when it did something. */
export function keyOfHistory(event) {
  const wish = given[wishOf(event)];
  if (wish) travel(wish);
  return Boolean(wish);
}

const travels = (form) => [given.undo, given.redo].includes(form?.getAttribute("action"));

// Only the latest change can be taken back: an earlier toast must not offer it any more.
on("answered", ({ saved }) => {
  if (saved) for (const toast of document.querySelectorAll("[data-toast]")) if (travels(toast.querySelector("form"))) toast.remove();
});

// Before htmx, which listens on the form itself: every change of the map goes through one queue.
document.addEventListener(
  "submit",
  (event) => {
    if (!travels(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.closest("[data-toast]")?.remove();
    travel(event.target.getAttribute("action"));
  },
  true,
);

// A touchpoint lifted by key: it walks through the map as a preview until it is dropped or put back. The same steps
// are buttons of a toolbar, for screen readers that keep the arrow keys to themselves.


const bar = document.getElementById("move-bar");
let lifted = null; // {card, from}

export const isLifted = () => lifted !== null;

/** Lift a touchpoint. */
export function lift(card) {
  lifted = { card, from: placeOf(card) };
  markColumn("lifted");
  hold(true);
  bar.hidden = false;
  say(word("lifted", facts()));
  describe();
}

// In the Timeline its cells show where it is, too.
function markColumn(state) {
  for (const one of [lifted.card, ...root.querySelectorAll(`.cell[data-of="${lifted.card.id}"]`)]) mark(one, state);
}

function facts() {
  const { card } = lifted;
  const { list, position, of } = placeOf(card);
  return { name: nameOf(card), position, of, phase: phaseName(list) };
}

function describe() {
  bar.querySelector("[data-text]").textContent = word("moving", facts());
}

function stepBy(by) {
  const { card } = lifted;
  const all = standing(card.parentElement);
  const index = Math.max(0, Math.min(all.length - 1, all.indexOf(card) + by));
  const others = all.filter((other) => other !== card);
  put(card, card.parentElement, others[index - 1]?.dataset.placement ?? "");
  told();
}

function changePhase(by) {
  const { card } = lifted;
  const all = lists();
  const { list, position } = placeOf(card);
  const next = all[all.indexOf(list) + by];
  if (!next) return;
  const there = standing(next);
  put(card, next, there[Math.min(position - 1, there.length) - 1]?.dataset.placement ?? "");
  told(`${phaseName(next)}. `);
}

// Where it stands now, with the neighbours it stands between.
function told(first = "") {
  const { card } = lifted;
  const all = standing(card.parentElement);
  const index = all.indexOf(card);
  const [before, after] = [all[index - 1], all[index + 1]];
  const name = before && after ? "between" : before ? "behind" : after ? "before" : "alone";
  say(first + word(name, { ...facts(), one: before && nameOf(before), other: after && nameOf(after) }));
  describe();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function drop() {
  const { card, from } = lifted;
  const { list, after } = placeOf(card);
  const text = word("dropped", facts());
  leave();
  if (list === from.list && after === from.after) say(text);
  else move(card, list, after, from);
  hold(false); // now, for what is fetched before the move is sent would not know of it
}

function cancel() {
  const { card, from } = lifted;
  put(card, from.list, from.after);
  const { position } = placeOf(card);
  leave();
  say(word("cancelled", { position }));
  hold(false);
}

function leave() {
  const { card } = lifted;
  const inBar = bar.contains(document.activeElement);
  markColumn("");
  lifted = null;
  bar.hidden = true;
  if (inBar || document.activeElement === document.body) focusOn(card);
}

const DO = {
  earlier: () => stepBy(-1),
  later: () => stepBy(1),
  previous: () => changePhase(-1),
  next: () => changePhase(1),
  Home: () => stepBy(-Infinity),
  End: () => stepBy(Infinity),
  drop,
  Enter: drop,
  " ": drop,
  cancel,
  Escape: cancel,
};

/** What a key does while something is lifted; true when it did something. */
export function keyOfLifted(event) {
  const { key, shiftKey } = event;
  const inBar = bar.contains(event.target);
  if (key === "Tab") toBar(shiftKey, inBar);
  else if (inBar && key !== "Escape") return walkAmong([...bar.querySelectorAll("button")], event);
  else if (step(key)) (shiftKey ? changePhase : stepBy)(step(key));
  else if (key in DO) DO[key]();
  else return false;
  return true;
}

function toBar(back, inBar) {
  if (inBar) lifted.card.querySelector(".touchpoint-name").focus({ preventScroll: true });
  else bar.querySelector(back ? "button:last-of-type" : "button").focus();
}

bar.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step]");
  if (button && lifted) DO[button.dataset.step]();
});
// Whoever goes on elsewhere has not dropped it.
document.addEventListener("pointerdown", ({ target }) => {
  if (lifted && !bar.contains(target)) cancel();
});
