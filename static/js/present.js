// Presenting: arrow keys go from moment to moment, Escape leads back to the map, a button fills the screen. The page stays
// the same while one goes on, for a new one would end the full screen.

const LINKS = { ArrowRight: "later", PageDown: "later", " ": "later", ArrowLeft: "earlier", PageUp: "earlier" };

async function show({ href }) {
  const response = await fetch(href);
  if (!response.ok || response.redirected) return location.assign(href);
  const there = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("present");
  document.getElementById("present").replaceWith(there);
  history.replaceState(null, "", href);
  offer();
  document.getElementById("announcements").textContent = there.querySelector("h1").textContent;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !document.fullscreenElement) location.assign(document.getElementById("present").dataset.leave);
  const link = document.getElementById(LINKS[event.key]);
  if (!link || (event.key === " " && event.target.matches("a, button"))) return;
  event.preventDefault();
  show(link);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#earlier, #later");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(link);
  } else if (event.target.closest("#whole")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }
});

const offer = () => (document.getElementById("whole").hidden = !document.fullscreenEnabled);
offer();
