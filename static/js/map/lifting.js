// A touchpoint lifted by key: it walks through the map as a preview until it is dropped or put back. The same steps
// are buttons of a toolbar, for screen readers that keep the arrow keys to themselves.

import { say, step, walkAmong, word } from "./page.js";
import { hold } from "./following.js";
import { focusOn, lists, mark, nameOf, phaseName, placeOf, put, standing } from "./places.js";
import { move } from "./moving.js";

const bar = document.getElementById("move-bar");
let lifted = null; // {card, from}

export const isLifted = () => lifted !== null;

/** Lift a touchpoint. */
export function lift(card) {
  lifted = { card, from: placeOf(card) };
  mark(card, "lifted");
  hold(true);
  bar.hidden = false;
  say(word("lifted", facts()));
  describe();
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
}

function cancel() {
  const { card, from } = lifted;
  put(card, from.list, from.after);
  const { position } = placeOf(card);
  leave();
  say(word("cancelled", { position }));
}

function leave() {
  const { card } = lifted;
  const inBar = bar.contains(document.activeElement);
  lifted = null;
  bar.hidden = true;
  mark(card, "");
  if (inBar || document.activeElement === document.body) focusOn(card);
  hold(false);
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
