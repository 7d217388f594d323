// The menu of a touchpoint, one for all of them: earlier, later, "Move to…" with its form, edit, remove.

import { focusOn, listOf, nameOf, numberOf, phaseOf, placeOf, root, standing, touchpoint, walkAmong, word } from "./page.js";
import { move, remove } from "./moving.js";
import { toggle } from "./selecting.js";
import { talk } from "./panel.js";

const menu = document.getElementById("touchpoint-menu");
const form = menu.querySelector("form");
const { phase: phases, after: positions } = form.elements;
let placement = null;

/** Open the menu of a touchpoint. */
export function openMenu(card) {
  open(card, { moving: false });
}

/** Open it with the "Move to…" form. */
export function openMove(card) {
  open(card, { moving: true });
}

function open(card, { moving }) {
  ({ placement } = card.dataset);
  const { position, of } = placeOf(card);
  menu.querySelector("[data-text]").textContent = `${numberOf(card)} ${nameOf(card)}`;
  menu.querySelector("[data-do=earlier]").disabled = position === 1;
  menu.querySelector("[data-do=later]").disabled = position === of;
  menu.querySelector("[data-edit]").href = new URL("../edit/", card.querySelector(".touchpoint-grip").href).href;
  menu.querySelector("[data-detail]").href = new URL("../detail/", card.querySelector(".touchpoint-grip").href).href;
  showForm(moving);
  menu.showPopover();
  beside(card.querySelector(".touchpoint-grip"));
  (moving ? phases : menu.querySelector("button:not(:disabled)")).focus();
}

function beside(grip) {
  grip.setAttribute("aria-expanded", "true");
  const { left, bottom, top } = grip.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + 4 + height < innerHeight - 8;
  const y = below ? bottom + 4 : Math.max(8, top - height - 4);
  Object.assign(menu.style, { left: `${Math.max(8, Math.min(left + 4, innerWidth - width - 8))}px`, top: `${y}px` });
}

function showForm(shown) {
  form.hidden = !shown;
  menu.querySelector("[data-do=move]").setAttribute("aria-expanded", shown);
  if (!shown) return;
  const list = touchpoint(placement).parentElement;
  phases.value = phaseOf(list);
  offerPositions();
}

// A position is offered as the neighbour that it follows.
function offerPositions() {
  const card = touchpoint(placement);
  const list = listOf(phases.value);
  const others = standing(list).filter((other) => other !== card);
  const of = others.length + 1;
  const option = (after, index) => {
    const name = after ? "positionAfter" : "positionFirst";
    const text = word(name, { position: index + 1, of, name: after && nameOf(after) });
    return new Option(text, after?.dataset.placement ?? "");
  };
  positions.replaceChildren(...[null, ...others].map(option));
  positions.value = card.parentElement === list ? placeOf(card).after : (others.at(-1)?.dataset.placement ?? "");
}

const DO = {
  close: null,
  earlier: (card) => by(card, -2),
  later: (card) => by(card, 1),
  select: toggle,
  talk,
  remove,
};

function by(card, steps) {
  const all = standing(card.parentElement);
  move(card, card.parentElement, all[all.indexOf(card) + steps]?.dataset.placement ?? "");
}

menu.addEventListener("click", ({ target }) => {
  const wish = target.closest("[data-do]")?.dataset.do;
  if (wish === "move") {
    showForm(form.hidden);
    if (!form.hidden) phases.focus();
    beside(touchpoint(placement).querySelector(".touchpoint-grip"));
  } else if (wish) {
    finish(DO[wish]);
  }
});

function finish(act) {
  const card = touchpoint(placement);
  menu.hidePopover();
  if (card) act?.(card);
}

phases.addEventListener("change", offerPositions);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [list, after] = [listOf(phases.value), positions.value];
  finish((card) => move(card, list, after));
});

// Closing gives the focus back to the touchpoint, unless it has gone on elsewhere.
menu.addEventListener("toggle", ({ newState }) => {
  if (newState !== "closed") return;
  const card = touchpoint(placement);
  card?.querySelector(".touchpoint-grip").removeAttribute("aria-expanded");
  const { activeElement: focused } = document;
  if (card && (focused === document.body || focused.matches(".touchpoint-grip"))) focusOn(card);
});

menu.addEventListener("keydown", (event) => {
  const choices = [...menu.querySelectorAll("button, a, select")];
  if (!event.target.matches("select") && walkAmong(choices, event)) event.preventDefault();
});

root.addEventListener("click", (event) => {
  const grip = event.target.closest(".phase .touchpoint-grip");
  if (!grip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openMenu(grip.closest(".touchpoint"));
});
