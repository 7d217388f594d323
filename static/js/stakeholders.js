// Stakeholders on their map: drag one by mouse or finger, press arrow keys on it, or slide and type beside the map.
// The server has the last word: whatever it answers is drawn, and what it refuses goes back to where it was.

import { isTyping, wishOf } from "./map/history.js";

const PAUSE = 700; // after the last key
const FAR = 4; // pixels of a press that is a drag
const INSET = 4; // percent that stay free at each edge: measures/stakeholder_places.py
const STEPS = { ArrowUp: ["influence", 1], ArrowDown: ["influence", -1], ArrowRight: ["support", 1], ArrowLeft: ["support", -1] };
const map = () => document.querySelector(".stakeholder-map");
const spotOf = (id) => document.getElementById(id);
const within = (value) => Math.max(0, Math.min(100, Math.round(value)));
const placeOf = ({ dataset }) => ({ influence: Number(dataset.influence), support: Number(dataset.support) });
const same = (one, other) => one.influence === other.influence && one.support === other.support;

let drag = null; // {id, from, to, x, y, moved, pointer}
let keyed = null; // {id, to, timer}: what keys have said and nobody has heard yet
let dragged = false; // since the last press
let sending = 0;
let chain = Promise.resolve();

/** Draw somebody there, and let the sliders follow where they are the one beside the map. */
function show(id, place) {
  const spot = spotOf(id);
  if (!spot) return;
  const drawn = spot.querySelector("svg");
  drawn.setAttribute("x", `${INSET + place.support * (1 - INSET / 50)}%`);
  drawn.setAttribute("y", `${100 - INSET - place.influence * (1 - INSET / 50)}%`);
  const form = document.querySelector("[data-stand]");
  if (id === `stakeholder-${form?.dataset.stand}`) {
    for (const input of form.querySelectorAll("[data-slides]")) input.value = place[input.dataset.slides];
  }
}

function say(text, place) {
  const said = text.replace("{influence}", place.influence).replace("{support}", place.support);
  document.getElementById("announcements").textContent = said;
}

/** Send where somebody is to stand, after all that is on its way. The version is asked when its turn comes. */
function save(id, place) {
  const spot = spotOf(id);
  if (!spot || same(placeOf(spot), place)) return;
  spot.dataset.state = "saving";
  send(() => post(id, spotOf(id).dataset.move, { ...place, version: spotOf(id).dataset.version }));
}

function send(work) {
  sending += 1;
  chain = chain.then(work).finally(() => {
    sending -= 1;
    settle();
  });
}

async function post(id, address, values = {}) {
  const page = document.getElementById("stakeholders");
  delete page.dataset.back;
  values.chosen = page.dataset.chosen ?? "";
  await htmx.ajax("POST", address, { values, target: "#stakeholders", swap: "outerMorph" }).catch(() => {});
  remember(id, address);
}

// What this tab moved and may take back, the latest last, each {id, address} as the toast has it. An address ends with
// the version that the move made: what somebody else did since is not undone.
const MOVES = "etappe-stakeholder-moves";
const moves = JSON.parse(sessionStorage.getItem(MOVES) ?? "[]");
const versionOf = (address) => Number(address.match(/\d+$/));
const backOf = (spot) => spot.dataset.move.replace(/move\/$/, "back/");

/** Keep the way back from what was answered, and offer no other of the same person: it would come too late. */
function remember(id, address) {
  const { back } = document.getElementById("stakeholders").dataset;
  if (back === undefined) return; // no answer
  const taken = moves.findIndex((move) => move.address === address);
  if (taken < 0) {
    if (back) moves.push({ id, address: back });
  } else {
    moves.splice(taken, 1);
    const before = moves.findLast((move) => move.id === id);
    // Nothing came between but what was taken back: the one before can be, too.
    const [first, second, third] = [before?.address ?? "", address, back].map(versionOf);
    if (second === first + 1 && third === second + 1) before.address = before.address.replace(/\d+$/, third);
  }
  sessionStorage.setItem(MOVES, JSON.stringify(moves));
  const spot = spotOf(id);
  for (const form of document.querySelectorAll("#toasts form")) {
    const offered = form.getAttribute("action");
    if (spot && offered !== back && offered.startsWith(backOf(spot))) form.closest("[data-toast]").remove();
  }
}

/** Take back the latest move in this tab of anybody who is on the map. */
async function undo() {
  const last = moves.findLast(({ id }) => spotOf(id));
  if (last) await post(last.id, last.address);
}

// The toast's Undo and the positions beside the map take the same way. Before htmx, which listens on the form itself.
document.addEventListener(
  "submit",
  (event) => {
    const address = event.target.getAttribute("action") ?? "";
    const spot = [...document.querySelectorAll(".stakeholder-spot[data-move]")].find((one) => address.startsWith(backOf(one)));
    if (!spot) return;
    event.preventDefault();
    event.stopPropagation();
    send(() => post(spot.id, address));
  },
  true,
);

// What the server did not answer goes back; while more is on its way the later word holds.
function settle() {
  if (sending) return;
  for (const spot of document.querySelectorAll(".stakeholder-spot[data-version]")) {
    if (spot.id === drag?.id || spot.id === keyed?.id) continue;
    delete spot.dataset.state;
    show(spot.id, placeOf(spot));
  }
  fit();
}

/** A frame around dot and words: how large these are, only the browser knows. */
function fit() {
  for (const spot of document.querySelectorAll(".stakeholder-spot")) {
    const { x, y, width, height } = spot.querySelector(".stakeholder-name").getBBox();
    const [left, top] = width ? [Math.min(-17, x - 9), Math.min(-17, y - 3)] : [-17, -17];
    const frame = {
      x: left,
      y: top,
      width: Math.max(17, width && x + width + 10) - left,
      height: Math.max(17, width && y + height + 3) - top,
    };
    for (const [name, value] of Object.entries(frame)) spot.querySelector(".stakeholder-pill").setAttribute(name, value);
  }
}
fit();
document.fonts.ready.then(fit);

document.addEventListener("dragstart", (event) => event.target.closest?.(".stakeholder-spot") && event.preventDefault());

document.addEventListener("pointerdown", (event) => {
  const spot = event.target.closest?.(".stakeholder-spot[data-version]");
  if (!spot || event.button || drag) return;
  flush();
  dragged = false;
  const from = placeOf(spot);
  drag = { id: spot.id, from, to: from, x: event.clientX, y: event.clientY, moved: false, pointer: event.pointerId };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(right, down) < FAR) return;
  if (!drag.moved) {
    drag.moved = true;
    spotOf(drag.id)?.setPointerCapture(drag.pointer);
  }
  const { width, height } = map().getBoundingClientRect();
  const share = 100 / (1 - INSET / 50);
  drag.to = {
    influence: within(drag.from.influence - (down / height) * share),
    support: within(drag.from.support + (right / width) * share),
  };
  spotOf(drag.id)?.setAttribute("data-state", "held");
  show(drag.id, drag.to);
});

document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { id, to, moved } = drag;
  drag = null;
  if (!moved) return;
  dragged = true;
  delete spotOf(id)?.dataset.state;
  save(id, to);
});
// A finger on somebody carries them, and does not scroll.
document.addEventListener("touchmove", (event) => drag && event.cancelable && event.preventDefault(), { passive: false });

// Letting go of what was dragged is no click on its link.
document.addEventListener("click", (event) => {
  if (dragged && event.target.closest?.(".stakeholder-spot")) event.preventDefault();
  dragged = false;
}, true);
document.addEventListener("pointercancel", () => drag && cancel());

function cancel() {
  const { id, from } = drag ?? { id: keyed.id, from: placeOf(spotOf(keyed.id)) };
  clearTimeout(keyed?.timer);
  dragged = Boolean(drag);
  drag = keyed = null;
  delete spotOf(id)?.dataset.state;
  show(id, from);
  say(map().dataset.kept, from);
}

document.addEventListener("keydown", (event) => {
  const takesBack = wishOf(event) === "undo" && !isTyping(event.target) && !event.target.closest("dialog, [popover]");
  if (takesBack || (event.key === "Escape" && (drag?.moved || keyed))) {
    event.preventDefault();
    if (drag?.moved || keyed) cancel();
    else send(undo);
    return;
  }
  const spot = event.target.closest?.(".stakeholder-spot[data-version]");
  if (!spot || !STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const [axis, by] = STEPS[event.key];
  if (keyed?.id !== spot.id) {
    flush();
    keyed = { id: spot.id, to: placeOf(spot) };
  }
  clearTimeout(keyed.timer);
  keyed.to = { ...keyed.to, [axis]: within(keyed.to[axis] + by * (event.shiftKey ? 10 : 1)) };
  keyed.timer = setTimeout(flush, PAUSE);
  spot.dataset.state = "held";
  show(spot.id, keyed.to);
  say(map().dataset.moving, keyed.to);
});

function flush() {
  if (!keyed) return;
  const { id, to, timer } = keyed;
  clearTimeout(timer);
  keyed = null;
  delete spotOf(id)?.dataset.state;
  save(id, to);
}
document.addEventListener("focusout", flush);
addEventListener("pagehide", flush);

// The sliders and numbers beside the map: what one says the other shows, and what is let go is sent.
const standOf = (input) => {
  const form = input.closest("[data-stand]");
  return { id: `stakeholder-${form.dataset.stand}`, form };
};

function said({ form }, { name, value }) {
  const place = Object.fromEntries(["influence", "support"].map((axis) => [axis, Number(form.elements[axis].value)]));
  place[name.replace("slid_", "")] = within(Number(value));
  return place;
}

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-slides][type=range]")) show(standOf(target).id, said(standOf(target), target));
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-slides]")) return;
  const place = said(standOf(target), target);
  show(standOf(target).id, place);
  save(standOf(target).id, place);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("[data-stand]")) event.preventDefault(); // its change has been sent already
});
