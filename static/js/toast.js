// Toasts stay ten seconds, longer while they are pointed at or hold the focus; errors stay until they are closed.
// A request that fails says so in the words of the <template id="failure-…"> elements of the page.
const SECONDS = 10;
const toasts = document.getElementById("toasts");

function settle(toast) {
  if (toast.dataset.kind === "error") return;
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), SECONDS * 1000);
  };
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

function show(name) {
  const template = document.getElementById(`failure-${name}`) ?? document.getElementById("failure-other");
  const toast = template.content.firstElementChild.cloneNode(true);
  // Said once, not stacked
  for (const old of toasts.children) {
    if (old.textContent === toast.textContent) old.remove();
  }
  toasts.append(toast);
}

toasts.querySelectorAll("[data-toast]").forEach(settle);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (node.matches?.("[data-toast]")) settle(node);
    }
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
