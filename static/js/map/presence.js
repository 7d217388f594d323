// Who else has this journey open, and which touchpoint they lift or write in. The live stream tells it; nobody keeps it, so
// what is not told again is over.

import { given, on, root, touchpoint } from "./page.js";

const QUICK = 400; // what is over sooner is told by its result
const AGAIN = 10_000;
const LASTS = 25_000;
const others = new Map(); // at what they are, by person
let timer = 0;
let told = "";

htmx.config.morphIgnore.push("data-busy", "data-hue");

function flag() {
  for (const card of root.querySelectorAll("[data-busy]")) delete card.dataset.busy;
  for (const { placement, name, hue } of others.values()) {
    Object.assign(touchpoint(placement)?.dataset ?? {}, { busy: name, hue });
  }
}
on("drawn", flag);

document.body.addEventListener("etappe:news", ({ detail }) => {
  const { who, busy, journey } = detail;
  const face = ([title, textContent, hue]) => {
    const one = document.createElement("span");
    one.dataset.hue = hue;
    return Object.assign(one, { className: "person", role: "img", title, ariaLabel: title, textContent });
  };
  if (who) document.getElementById("present").replaceChildren(...who.map(face));
  if (!busy || String(journey) !== root.dataset.journey) return;
  others.set(busy, detail);
  flag();
  setTimeout(() => others.get(busy) === detail && (others.delete(busy), flag()), LASTS);
});

function tell(placement) {
  told = placement;
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  navigator.sendBeacon(given.presence, new URLSearchParams({ placement, csrfmiddlewaretoken })); // if it is lost, so be it
}

// What is carried, else what is written in: a touchpoint, or a cell of one.
function at() {
  const within = root.querySelector("[data-state=lifted], [data-state=source]") ?? document.activeElement.closest(".touchpoint, [data-of]");
  return within && (within.dataset.of ?? within.id).replace("placement-", "");
}

on("held", ({ begins }) => {
  clearTimeout(timer);
  if (!begins) return told && tell("");
  timer = setTimeout(function again() {
    if (at()) tell(at());
    timer = setTimeout(again, AGAIN);
  }, QUICK);
});
