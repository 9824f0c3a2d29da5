// Before anything is drawn: the theme that was chosen here before, if any. Without a choice the system's holds.
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("muster-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch (_) { /* no storage: the system's theme */ }
})();
