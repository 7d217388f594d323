// A choice of appearance shows at once; the form that stores it is sent without leaving the page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-choice]");
  const choice = event.submitter;
  if (!form || choice?.name !== "theme") return;
  event.preventDefault();
  document.documentElement.dataset.theme = choice.value;
  for (const button of document.querySelectorAll("[data-theme-choice] [name=theme]")) {
    if (button.value === choice.value) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const data = new FormData(form, choice);
  // Offline the choice still holds for this page; the next one asks the server again.
  fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
});
