// Travelling in time: the slider says its day while it moves, and the map of that day comes once it rests. Without this
// its form has a button. Today is a page of its own, where the map can be changed.

import { root } from "./page.js";
import { look } from "./viewing.js";

const EPOCH = 719_163; // 1 January 1970, as the slider counts days
const PAUSE = 250;
let resting = 0;

const dayOf = (ordinal) => new Date((ordinal - EPOCH) * 864e5);
const inWords = (day) => day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

function go(form, value, last) {
  const said = new URLSearchParams(new FormData(form));
  if (!value) return;
  said.set("on", value);
  if (value >= last) location.assign(`?${said}`);
  else look(`?${said}`);
}

root.addEventListener("input", ({ target }) => {
  if (target.id !== "time-day") return;
  target.ariaValueText = root.querySelector("#time output").value = inWords(dayOf(target.valueAsNumber));
  clearTimeout(resting);
  const day = dayOf(target.value).toISOString().slice(0, 10);
  resting = setTimeout(go, PAUSE, target.form, day, dayOf(target.max).toISOString().slice(0, 10));
});

root.addEventListener("submit", (event) => {
  if (event.target.id !== "time-date") return;
  event.preventDefault();
  const { on } = event.target.elements;
  go(event.target, on.value, on.max);
});
