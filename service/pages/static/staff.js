// Shortcut keys of the staff pages. Everything works without this file; it only saves key presses.
// Single keys can be switched off at the foot of each page, and never act inside a text box.
"use strict";
(() => {
  const KEPT = "homeward-keys";
  const toggle = document.querySelector("[data-keys-toggle]");
  let on = true;
  try { on = localStorage.getItem(KEPT) !== "off"; } catch { /* a browser that keeps nothing */ }

  const show = () => {
    for (const hint of document.querySelectorAll("[data-keys-hint]")) hint.hidden = !on;
    if (!toggle) return;
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = on ? toggle.dataset.on : toggle.dataset.off;
  };
  toggle?.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* as above */ }
    show();
  });
  show();

  const typing = (e) => e.matches?.("input:not([type=checkbox]):not([type=radio]), select, textarea");

  const move = (by) => {
    const lines = [...document.querySelectorAll("a.line")].filter((a) => a.offsetParent);
    if (!lines.length) return;
    const at = lines.indexOf(document.activeElement);
    lines[Math.min(lines.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  };

  const open = (target) => {
    if (target.matches("a")) { target.click(); return; }
    const details = target.closest("details");
    if (details) details.open = true;
    const first = (details || target).querySelector("form select, form textarea, form button:not([type=hidden])");
    (first || target).focus();
    (first || target).scrollIntoView({ block: "center" });
  };

  // Ctrl and Enter press the button that most people want next; with Shift the other one of the form.
  const send = (form, other) => {
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    const usual = buttons.find((b) => "sends" in b.dataset) || buttons[0];
    (other ? buttons.find((b) => b !== usual) || usual : usual)?.click();
  };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key === "Escape" && typing(at)) { at.blur(); return; }
    if (event.key === "Enter" && event.ctrlKey && at.form) { send(at.form, event.shiftKey); event.preventDefault(); return; }
    if (!on || typing(at) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "j" || event.key === "k") { move(event.key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (event.repeat) return; // a key held down skips no link
    const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
    if (target) { open(target); event.preventDefault(); }
  });
})();
