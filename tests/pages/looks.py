"""What every page owes its reader, asked of the page as a browser laid it out."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_FAULTS = """() => {
  const seen = e => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 };
  const where = e => e.tagName.toLowerCase() + '#' + (e.id || e.name || e.textContent.trim().slice(0, 20));
  const faults = [];
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one main heading');
  const own = document.body.classList.contains('staff') ? ':not([src="/static/staff.js"])' : '';
  const inside = document.querySelectorAll(`script${own}, [style], style`);
  if (inside.length) faults.push('script or inline style');
  if (document.documentElement.scrollWidth > innerWidth) {
    const out = e => e.getBoundingClientRect().right > innerWidth + 1;
    const wide = [...document.querySelectorAll('main *')].filter(out);
    faults.push('scrolls sideways: ' + wide.slice(0, 3).map(where).join(' '));
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  ids.filter((id, n) => ids.indexOf(id) !== n).forEach(id => faults.push('twice the id ' + id));
  for (const e of document.querySelectorAll('[aria-describedby]'))
    for (const id of e.getAttribute('aria-describedby').trim().split(/\\s+/))
      if (!document.getElementById(id)) faults.push('described by nothing: ' + where(e));
  for (const e of document.querySelectorAll('input, select, textarea')) {
    if (e.type === 'hidden') continue;
    const label = [...(e.labels || [])].map(l => l.textContent.trim()).join('');
    if (!label && !e.getAttribute('aria-label')) faults.push('no label: ' + where(e));
  }
  for (const e of document.querySelectorAll('button, select, textarea, summary, .door, input')) {
    if (!seen(e) || e.type === 'hidden') continue;
    const target = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') : e;
    if (target.getBoundingClientRect().height < 43.5) faults.push('small target: ' + where(e));
  }
  for (const e of document.querySelectorAll('button, a'))
    if (!e.textContent.trim() && !e.getAttribute('aria-label') && !e.querySelector('img[alt]'))
      faults.push('no words: ' + where(e));
  for (const e of document.querySelectorAll('svg'))
    if (!e.closest('[aria-label]')) faults.push('picture without words');
  for (const e of document.querySelectorAll('form[method=post]'))
    if (location.pathname.startsWith('/staff') && location.pathname !== '/staff/sign-in'
        && !e.querySelector('[name=csrf_token]')) faults.push('form without token: ' + e.action);
  return faults;
}"""


_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# where scripts are off, as for most of our tests, timers never fire, and axe waits for one
_ASK_AXE = """async ([rules, colours]) => {
  const later = window.setTimeout;
  window.setTimeout = then => { Promise.resolve().then(() => then()); return 0; };
  const what = {runOnly: {type: 'tag', values: rules}, preload: false, resultTypes: ['violations'],
                rules: {'color-contrast': {enabled: colours}}};
  const told = await axe.run(document, what);
  window.setTimeout = later;
  return told.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.target.join(' ')).join(', '));
}"""

# an element's colours follow from its own and its ancestors' classes, for no page has styles of its own
_CLASSES = """() => [...new Set([...document.body.querySelectorAll('*')].map(e => {
  const way = [innerWidth];
  for (let at = e; at; at = at.parentElement)
    way.push(at.tagName, at.className.baseVal ?? at.className, at.disabled, at.ariaCurrent);
  return way.join('.');
}))]"""
_coloured: set[str] = set()  # what axe has found well to be read in this process


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def faults(page: Page) -> list[str]:
    """Everything wrong with the page that a program can see; empty for a good one.

    Our own rules, and those of WCAG 2.2 A and AA as far as axe knows them. Colours, which take axe longer
    than all else, are asked for where the page holds something that no page before it held.
    """
    found: Any = page.evaluate(_FAULTS)
    page.evaluate(_axe())
    classes: Any = page.evaluate(_CLASSES)
    new = set(classes) - _coloured
    broken: Any = page.evaluate(_ASK_AXE, [_RULES, bool(new)])
    if not broken:
        _coloured.update(new)
    return [str(fault) for fault in (*found, *broken)]
