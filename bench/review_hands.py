"""Two hands on a keyboard before a real Chromium: nothing here clicks, focuses or opens an address."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, Playwright

MOST_TABS = 400
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
_IN = "s => !!document.activeElement && document.activeElement.matches(s)"
_FORM = "form:has(input[name=move][value={}])"


def browser_of(playwright: Playwright) -> Browser:
    """The distribution's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=found, args=[*_QUIET, "--no-sandbox"], headless=True)


@dataclass(frozen=True)
class Spent:
    """Keys that steer, letters of text, and documents that were loaded."""

    keys: int = 0
    text: int = 0
    loads: int = 0

    def since(self, before: "Spent") -> "Spent":
        return Spent(self.keys - before.keys, self.text - before.text, self.loads - before.loads)


class Hands:
    """`eyes` is called with every page that was loaded: its address and all of its HTML."""

    def __init__(self, page: Page, eyes: Callable[[str, str], None]) -> None:
        self.page, self.eyes = page, eyes
        self.keys = self.text = self.loads = 0
        page.on("load", self._loaded)

    def _loaded(self, _: Page) -> None:
        self.loads += 1

    @property
    def spent(self) -> Spent:
        return Spent(self.keys, self.text, self.loads)

    def press(self, key: str) -> None:
        """One key, or a chord: Control+Enter is two keys."""
        self.keys += len(key.split("+"))
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.text += len(text)
        self.page.keyboard.type(text)

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Around the key that brings the next page. One key, one page: a surprise would be miscounted."""
        before = self.loads
        with self.page.expect_event("load", timeout=30_000):
            yield
        if self.loads != before + 1:
            raise RuntimeError(f"{self.loads - before} pages were loaded by one key")
        self.eyes(self.page.url, self.page.content())

    def is_in(self, selector: str) -> bool:
        """Whether the focus is on such an element."""
        return bool(self.page.evaluate(_IN, selector))

    def there(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    def tab_to(self, selector: str) -> None:
        """Tab until the focus is there; not at all when it is."""
        for _ in range(MOST_TABS):
            if self.is_in(selector):
                return
            self.press("Tab")
        raise RuntimeError(f"{selector} cannot be reached with Tab on {self.page.url.split('?')[0]}")

    def follow(self, selector: str) -> None:
        """A link: by its own key where it has one, else with Tab and Enter."""
        key = self.page.locator(selector).first.get_attribute("data-key")
        if key is None:
            self.tab_to(selector)
        with self.loading():
            self.press(key or "Enter")

    def pick(self, selector: str, value: str) -> None:
        """In a select box: by the first letters of the option, or with the arrow where that is less."""
        self.tab_to(selector)
        found: list[list[str]] = self.page.evaluate(
            "s => [...document.querySelector(s).options].map(o => [o.value, o.text.trim().toLowerCase()])",
            selector,
        )
        values, words = [one[0] for one in found], [one[1] for one in found]
        target = values.index(value)
        letters = _letters(words, target)
        for key in letters if letters and len(letters) < target else ["ArrowDown"] * target:
            self.press(key)
        chosen = self.page.evaluate("s => document.querySelector(s).value", selector)
        if chosen != value:
            raise RuntimeError(f"{value} was to be chosen, {chosen} is")

    def judge(self, move: str, boxes: dict[str, str], reason: str = "", *, on_with: bool = True) -> str:
        """One move by its key: fill in what it asks for, send it. Returns what was refused, or nothing.

        `on_with`: go on to the next link, as Control+Enter does where the page offers it.
        """
        form = _FORM.format(move)
        if not self.there(form) and move != "claim":
            self.judge("claim", {}, on_with=False)
        key = self.page.locator(f"details:has({form})").get_attribute("data-key")
        self.press(str(key))
        for name, value in boxes.items():
            self.pick(f"{form} select[name={name}]", value)
        if reason:
            self.tab_to(f"{form} textarea")
            self.write(reason)
        self._send(form, on_with)
        alert = self.page.locator("[role=alert]")
        return alert.inner_text() if alert.count() else ""

    def _send(self, form: str, on_with: bool) -> None:
        if not self.is_in(f"{form} *"):
            self.tab_to(f"{form} button")
        goes_on = self.there(f"{form} [data-sends][name=then]")  # what Control+Enter presses in this form
        with self.loading():
            self.press("Control+Enter" if goes_on == on_with else "Control+Shift+Enter")


def _letters(words: list[str], target: int) -> str:
    """The fewest first letters that lead from the first option to the target; empty when none do."""
    word = words[target].partition(" ")[0]
    for length in range(1, len(word) + 1):
        begun = word[:length]
        if length > 1 and len(set(begun)) == 1:
            continue  # the same letter again goes on to the next word
        fits = [n for n, one in enumerate(words) if one.startswith(begun) and n > 0]
        if fits and fits[0] == target:
            return begun
    return ""
