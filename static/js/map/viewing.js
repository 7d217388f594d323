// Another view, lens or zoom: a link, here followed without leaving the page. The address says it, so back goes back.

import { isPlain, root, say, singleKeys } from "./page.js";
import { refresh } from "./following.js";

const KEYS = { 0: 0, "-": -1, "+": 1 };
const PAUSE = 80;
let wheeling = 0;

async function look(address) {
  if (address) history.pushState(null, "", address);
  await refresh();
  say([...root.querySelectorAll(".map-tools [aria-current]")].map((link) => link.textContent).join(", "));
}

const zoom = (by) => look(root.querySelector(`[data-zoom-by="${by}"]`).href);

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-look]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  look(link.href);
});

// Going back is ours: htmx would draw the whole page anew.
document.addEventListener("htmx:before:history:restore", (event) => event.preventDefault());

let shown = location.search;
addEventListener("popstate", () => {
  if (location.search !== shown) look(); // else the phone's tabs changed the hash
  shown = location.search;
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!(key in KEYS) || event.ctrlKey || event.metaKey || event.altKey || !root.contains(target)) return;
  if (!singleKeys() || target.matches("input, textarea, select")) return;
  event.preventDefault();
  zoom(KEYS[key]);
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
