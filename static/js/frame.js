// What every page does: appearance, menus, dialogs, toasts, and the one click on a sign-in link. Each stands by itself.

// A choice of appearance shows at once; the form that stores it is sent without leaving the page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-choice]");
  const choice = event.submitter;
  if (!form || choice?.name !== "theme") return;
  event.preventDefault();
  document.documentElement.dataset.theme = choice.value;
  for (const button of document.querySelectorAll("[data-theme-choice] [name=theme]")) {
    button.ariaCurrent = button.value === choice.value ? "true" : null;
  }
  const data = new FormData(form, choice);
  // Offline the choice still holds for this page; the next one asks the server again.
  fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
});

// Menus are <details class="menu"> and open without this. Here they learn to close and to be walked with arrow keys.
const openMenus = () => document.querySelectorAll("details.menu[open]");
const choices = (menu) => [...menu.querySelectorAll(".menu-items :is(a, button, input, select)")].filter((one) => one.offsetParent);

function close(menu, { focus = false } = {}) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target) || event.target.closest('.menu-items a[href^="#"]')) close(menu);
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) close(menu);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu");
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    event.stopPropagation();
    close(menu, { focus: true });
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  event.stopPropagation();
  menu.open = true;
  const all = choices(menu);
  const here = all.indexOf(document.activeElement);
  all.at(here < 0 ? (step > 0 ? 0 : -1) : (here + step) % all.length)?.focus();
});

// <button data-opens="id"> opens the <dialog id>; inside it, <form method="dialog"> or [data-closes] closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  else if (event.target.matches("dialog.dialog") && outside(event)) event.target.close();
});

function outside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

// A form that came back with errors: the summary is read first.
function meetErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}
document.addEventListener("htmx:after:swap", (event) => meetErrors(event.target));
meetErrors(document);

// Toasts stay ten seconds, longer while they are pointed at or hold the focus; errors stay until they are closed.
// A request that fails says so in the words of the <template id="failure-…"> elements of the page.
const LASTS = 10_000;
const toasts = document.getElementById("toasts");

function settle(toast) {
  if (toast.dataset.kind === "error") return;
  let timer;
  const start = () => (timer = setTimeout(() => toast.remove(), LASTS));
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

function show(name) {
  const template = document.getElementById(`failure-${name}`) ?? document.getElementById("failure-other");
  const toast = template.content.firstElementChild.cloneNode(true);
  // Said once, not stacked
  for (const old of toasts.children) if (old.textContent === toast.textContent) old.remove();
  toasts.append(toast);
}

toasts.querySelectorAll("[data-toast]").forEach(settle);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.matches?.("[data-toast]")) settle(node);
  }
}).observe(toasts, { childList: true });

toasts.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
});
toasts.addEventListener("htmx:after:request", (event) => {
  if (event.target.matches("[data-toast-action]") && event.detail.ctx.response?.raw.ok) {
    event.target.closest("[data-toast]").remove();
  }
});

// 401 leads to the sign-in page, 409 and 422 bring their own answer; all else that fails is said here.
document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (![401, 409, 422].includes(status)) show(status);
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx?.request && !event.detail.ctx.response) show("network");
});

// A link from the terminal ends in #now, which no server and no mail program ever sees: one click on it is enough.
if (location.hash === "#now") document.querySelector("[data-sign-in]")?.requestSubmit();
