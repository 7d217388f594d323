// What comes onto the map: by a line in each phase that stays open for the next one, or from the library beside the map,
// which is searched as one types, dragged from, and added from by click and key.

import { given, lastOf, listAround, listOf, lists, on, phaseOf, root, say } from "./page.js";
import { makeDraggable } from "./dragging.js";
import { place } from "./moving.js";
import { paste } from "./pasting.js";
import "./marks.js";
import { send } from "./sending.js";

const behind = new Map(); // by phase: the placement behind which its line adds, where that is not the last
let latest = null; // the list in which one was last

/** Open the line of a touchpoint's phase, to add behind it. */
export function addAfter(card) {
  open(lineOf(card.parentElement), card.dataset.placement);
}

const lineOf = (list) => list.parentElement.querySelector(".quick-add");

function open(line, after) {
  behind.set(phaseOf(line), after);
  line.open = true;
  const field = line.querySelector("[name=text]");
  field.focus();
  line.scrollIntoView({ block: "nearest" });
}

root.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (!form.matches(".quick-add-form")) return;
  event.preventDefault();
  const line = form.closest(".quick-add");
  const { text: field, phase } = form.elements;
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  send({
    address: form.action,
    fields: () => ({ phase: phase.value, after: behind.get(phase.value) || lastOf(listAround(line)), text }),
    target: () => document.getElementById(form.id),
    answered: ({ ok, news }) => {
      if (ok) say(news.say); // else the reason stands beside the field, as an alert
      if (ok && behind.get(phase.value)) behind.set(phase.value, news.placement);
      if (!ok) keep(form.id, text);
    },
  });
});

// Lines pasted into a field go where its own would go.
root.addEventListener("map:lines", ({ target: field, detail: text }) => {
  const line = field.closest(".quick-add");
  const phase = phaseOf(line);
  field.value = "";
  paste(text, { phase, after: behind.get(phase) || lastOf(listAround(line)) });
});

// What could not be added stands in its field again, beside the reason, unless the next one is being typed already.
function keep(id, text) {
  const field = document.getElementById(id).elements.text;
  if (!field.value) field.value = text;
}

// At once, where the browser would tell of it later: what is typed next belongs into the field.
root.addEventListener("click", (event) => {
  const summary = event.target.closest(".quick-add > summary");
  if (!summary) return;
  event.preventDefault();
  open(summary.parentElement, "");
});

root.addEventListener("keydown", (event) => {
  const line = event.target.closest(".quick-add[open]");
  if (event.key !== "Escape" || !line) return;
  event.stopPropagation();
  line.open = false;
  line.querySelector("summary").focus();
});

root.addEventListener("click", (event) => {
  if (!event.target.closest("[data-add]")) return;
  event.preventDefault();
  const shown = lists().filter((list) => list.closest(".phase").offsetParent); // a phone shows one phase
  open(lineOf(shown.includes(latest) ? latest : shown[0]), "");
});

// An address can ask for the line of a phase. The browser opens it by itself; what is typed is to go there, too.
const asked = document.getElementById(location.hash.slice(1))?.closest(".quick-add");
if (asked) open(asked, "");

const PAUSE = 200;
const panel = document.getElementById("library-panel");
const form = panel.querySelector("form");
const { q: query, phase } = form.elements;
let address = given.library;
let turn = 0;
let timer = 0;

async function fill() {
  const mine = ++turn;
  const response = await fetch(address, { headers: { "HX-Request": "true" } });
  const text = await response.text();
  if (!response.ok || mine !== turn) return;
  await htmx.swap({ text, sourceElement: panel, target: panel.querySelector("#library"), swap: "outerMorph" });
  makeDraggable(panel.querySelector("#library > ul"));
}

function find() {
  address = `${given.library}?${new URLSearchParams({ q: query.value })}`;
  fill();
}

function show(shown) {
  panel.hidden = !shown;
  const opener = document.getElementById("library-opener");
  opener.setAttribute("aria-expanded", shown);
  if (!shown) {
    opener.focus();
    return;
  }
  find();
  query.focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("#library-opener") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(panel.hidden);
});

panel.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("[data-close]")) show(false);
  const other = target.closest(".pagination a");
  if (other) {
    event.preventDefault();
    address = other.href;
    fill();
  }
  const entry = target.closest(".touchpoint:not([data-here])");
  if (entry) place(entry, listOf(phase.value));
});

panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show(false);
});

form.addEventListener("submit", (event) => event.preventDefault());
query.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});

on("drawn", () => panel.hidden || fill()); // it says what stands on the map
root.addEventListener("focusin", ({ target }) => {
  const list = listAround(target);
  if (!list) return;
  latest = list;
  phase.value = phaseOf(list);
});
