// Tabs as the ARIA practices have them: one stop for Tab, arrow keys among them, Home and End.

/** Makes the tabs in a tablist work; tells `chosen` the id of the tab that is shown, now and whenever it is another. */
export function tabs(list, chosen) {
  const all = [...list.querySelectorAll('[role="tab"]')];

  function show(tab) {
    for (const each of all) {
      const on = each === tab;
      each.setAttribute("aria-selected", String(on));
      each.tabIndex = on ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = !on;
    }
    chosen(tab.id);
  }

  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) show(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    show(next);
  });
  return { show: (id) => show(all.find((each) => each.id === id)) };
}
