// A form that the browser is sending already is not sent again by an impatient second click. (The server's one-time key does
// the same without this.) After "back" the page is as it was, and the form may be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post" || form.matches('[data-enhance~="swap"]')) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});
