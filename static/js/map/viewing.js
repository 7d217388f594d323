// Another view, lens or zoom: a link, here followed without leaving the page. The address says it, so back goes back.

import { isPlain, root, say, singleKeys } from "./page.js";
import { refresh } from "./following.js";

const KEYS = { 0: 0, "-": -1, "+": 1 };
const PAUSE = 80;
let wheeling = 0;

/** Look at the map as the address says; without one, as the browser's does. */
export async function look(address) {
  if (address) history.pushState(null, "", address);
  shown = location.search;
  await refresh();
  const said = [...root.querySelectorAll("#as-was, .map-tools > nav [aria-current], #found span")];
  say(said.map((part) => part.textContent).join(", "));
}

const zoom = (by) => look(root.querySelector(`[data-zoom-by="${by}"]`).href);

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-look]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  look(link.href);
});

// What is looked for: the form says it all, and each tick is an answer.
const PAUSE_TYPING = 250;
let typing = 0;

function find(form) {
  const said = [...new FormData(form)].filter(([, value]) => value);
  const address = `?${new URLSearchParams(said)}`;
  if (address !== (location.search || "?")) look(address);
}

for (const name of ["submit", "change", "input"]) {
  root.addEventListener(name, (event) => {
    const form = event.target.closest(".filter-items [role=search]");
    if (!form || (name === "input") !== event.target.matches("[type=search]")) return;
    event.preventDefault();
    clearTimeout(typing);
    typing = setTimeout(find, name === "input" ? PAUSE_TYPING : 0, form);
  });
}

function toFilter() {
  const filter = root.querySelector("#filter");
  if (!filter) return;
  filter.open = true;
  filter.querySelector("input[type=search]").focus();
}

// Going back is ours: htmx would draw the whole page anew.
document.addEventListener("htmx:before:history:restore", (event) => event.preventDefault());

let shown = location.search;
addEventListener("popstate", () => {
  if (location.search !== shown) look(); // else the phone's tabs changed the hash
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!(key in KEYS || key === "f") || event.ctrlKey || event.metaKey || event.altKey || !root.contains(target)) return;
  if (!singleKeys() || target.matches("input, textarea, select")) return;
  event.preventDefault();
  if (key === "f") toFilter();
  else zoom(KEYS[key]);
});

root.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey || !event.target.closest(".map-scroll")) return;
    event.preventDefault();
    clearTimeout(wheeling);
    wheeling = setTimeout(zoom, PAUSE, event.deltaY < 0 ? 1 : -1);
  },
  { passive: false },
);
