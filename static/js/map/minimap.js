// The minimap of the Timeline: a window over what is seen of the line, to be dragged along it.

import { on, root } from "./page.js";

let dragged = false;
const parts = () => ({ map: root.querySelector("#minimap"), window: root.querySelector(".minimap-window"), scroll: root.querySelector(".map-scroll") });

function show() {
  const { map, window, scroll } = parts();
  if (!map?.clientWidth || !window) return; // not there, or on a phone
  const labels = root.querySelector(".map-labels").offsetWidth;
  const scale = map.clientWidth / (scroll.scrollWidth - labels);
  window.setAttribute("x", scroll.scrollLeft * scale);
  window.setAttribute("width", Math.min(map.clientWidth, (scroll.clientWidth - labels) * scale));
}

function scrub({ clientX }) {
  const { map, window, scroll } = parts();
  const { left, width } = map.getBoundingClientRect();
  const seen = window.getBoundingClientRect().width;
  scroll.scrollLeft = ((clientX - left - seen / 2) / width) * (scroll.scrollWidth - root.querySelector(".map-labels").offsetWidth);
}

root.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".minimap") || event.target.closest("a") || event.button) return;
  dragged = true;
  event.preventDefault();
  scrub(event);
});
document.addEventListener("pointermove", (event) => dragged && scrub(event));
document.addEventListener("pointerup", () => (dragged = false));
root.addEventListener("scroll", show, { capture: true, passive: true });
addEventListener("resize", show);
on("drawn", show);
show();
