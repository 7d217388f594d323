// <button data-opens="id"> opens the <dialog id>; inside it, <form method="dialog"> or [data-closes] closes it.
// [data-confirm="id"] on a form asks in that dialog first: its value "yes" sends the form.
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

document.addEventListener(
  "submit",
  (event) => {
    const dialog = document.getElementById(event.target.dataset.confirm);
    if (!dialog || event.target.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    const { target: form, submitter } = event;
    dialog.returnValue = "";
    dialog.showModal();
    const answered = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    };
    dialog.addEventListener("close", answered, { once: true });
  },
  true, // before htmx, which listens on the form itself
);

// A form that came back with errors: the summary is read first.
function meetErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}
document.addEventListener("htmx:after:swap", (event) => meetErrors(event.target));
meetErrors(document);
