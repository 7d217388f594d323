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
