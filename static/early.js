// Before the page's program is there: the chosen theme, and presses of a run's button, which the
// program makes good on.
(() => {
  const page = document.documentElement;
  try {
    const theme = localStorage.getItem("cognitab.theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  } catch { /* Storage may be off; then the system decides. */ }
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-run]");
    if (!button || "ready" in page.dataset) return;
    const pressed = (page.dataset.pressed || "").split(",").filter(Boolean);
    if (!pressed.includes(button.dataset.run)) pressed.push(button.dataset.run);
    page.dataset.pressed = pressed.join();
    const told = button.querySelector(".out, .kbd");
    if (told) told.className = "out", told.textContent = "starting…";
    const next = document.querySelectorAll("[data-run]")[pressed.length];
    if (next) next.focus();
  });
})();
