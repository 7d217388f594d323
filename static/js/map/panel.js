// The side panel: a click on a touchpoint opens its scorecard beside the map; without script it is a page of its own.

const panel = document.getElementById("panel");
let opener = null;
let shown = "";

const isPlain = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

async function open(link) {
  const card = link.closest(".touchpoint");
  const response = await fetch(`${link.href}panel/`, { headers: { "HX-Request": "true" } });
  if (!response.ok) return location.assign(link.href);
  opener = card.id;
  shown = card.dataset.touchpoint;
  await htmx.swap({ text: await response.text(), sourceElement: panel, target: panel, swap: "innerHTML" });
  panel.scrollTop = 0;
  document.getElementById("panel-title").focus({ preventScroll: true });
}

function close() {
  panel.replaceChildren();
  shown = "";
  document.getElementById(opener)?.querySelector(".touchpoint-name").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".touchpoint-name");
  if (link && isPlain(event) && !event.defaultPrevented) {
    event.preventDefault();
    open(link);
  } else if (event.target.closest("[data-close-panel]")) close();
});

panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  close();
});

// Numbers settle in the open panel, too.
document.body.addEventListener("etappe:news", ({ detail }) => {
  const form = panel.querySelector(".scorecard-period form");
  if (form && (detail.resync || String(detail.touchpoint) === shown) && !panel.contains(document.activeElement?.closest("select, input"))) {
    htmx.trigger(form, "submit");
  }
});
