// "Search or jump to", on every page of a workspace: Ctrl K or the field in the app bar. Arrow keys choose, Enter goes.

const PAUSE = 120;
const dialog = document.getElementById("jump");
const field = dialog.querySelector("input");
let turn = 0;
let timer = 0;

const options = () => [...dialog.querySelectorAll("[role=option]")];
const active = () => dialog.querySelector("[aria-selected=true]");

function choose(option) {
  active()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

async function find() {
  const mine = ++turn;
  const journey = document.getElementById("map")?.dataset.journey ?? "";
  const query = new URLSearchParams({ q: field.value, journey });
  const response = await fetch(`${dialog.dataset.address}?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok || mine !== turn) return;
  dialog.querySelector("#jump-found").outerHTML = await response.text();
  const found = options();
  field.setAttribute("aria-expanded", String(found.length > 0));
  choose(field.value.trim() ? found[0] : null);
  const region = document.getElementById("announcements");
  region.textContent = dialog.dataset.found.replace("{count}", found.length);
}

function open() {
  if (dialog.open || document.querySelector("dialog[open]")) return;
  field.value = "";
  dialog.showModal();
  find();
}

// A touchpoint of the map that is open is shown there; all else is a page.
function go(option) {
  const { pathname, hash, href } = new URL(option.href);
  if (pathname !== location.pathname || !hash) location.assign(href);
  else {
    dialog.close();
    document.dispatchEvent(new CustomEvent("etappe:jump", { detail: hash }));
  }
}

const KEYS = { ArrowDown: 1, ArrowUp: -1 };

field.addEventListener("keydown", (event) => {
  const all = options();
  const step = KEYS[event.key];
  if (step) {
    const here = all.indexOf(active());
    choose(all.at(here < 0 ? (step > 0 ? 0 : -1) : (here + step) % all.length));
  } else if (event.key === "Enter" && (active() ?? all[0])) go(active() ?? all[0]);
  else return;
  event.preventDefault();
});

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});

dialog.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(option);
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-jump]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener.closest("details")?.removeAttribute("open");
  open();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  open();
});
