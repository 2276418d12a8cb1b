"""What every page owes its reader, asked of the page as a browser laid it out."""

from typing import Any

from playwright.sync_api import Page

_FAULTS = """() => {
  const seen = e => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 };
  const where = e => e.tagName.toLowerCase() + '#' + (e.id || e.name || e.textContent.trim().slice(0, 20));
  const faults = [];
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one main heading');
  if (document.querySelectorAll('script, [style], style').length) faults.push('script or inline style');
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
    if (!e.textContent.trim() && !e.getAttribute('aria-label')) faults.push('no words: ' + where(e));
  for (const e of document.querySelectorAll('svg'))
    if (!e.closest('[aria-label]')) faults.push('picture without words');
  for (const e of document.querySelectorAll('form[method=post]'))
    if (location.pathname.startsWith('/staff') && location.pathname !== '/staff/sign-in'
        && !e.querySelector('[name=csrf_token]')) faults.push('form without token: ' + e.action);
  return faults;
}"""


def faults(page: Page) -> list[str]:
    """Everything wrong with the page that a program can see; empty for a good one."""
    found: Any = page.evaluate(_FAULTS)
    return [str(fault) for fault in found]
