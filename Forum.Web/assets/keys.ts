// <button data-key="1">: pressing that key alone presses the button. The key is shown beside its words where scripts run.
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
  const target = event.target as Element;
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  const button = [...document.querySelectorAll<HTMLButtonElement>("button[data-key]")].find((other) => other.dataset["key"] === event.key.toLowerCase());
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});
