"""One step of the workflow as a person takes it on the link page."""

from playwright.sync_api import Page


def act(page: Page, move: str, **boxes: str) -> None:
    """Open the form of one step, fill it in, send it, and wait for the page that answers."""
    form = page.locator(f"details:has(input[name=move][value={move}])")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in boxes.items():
        box = form.locator(f"[name={name}]")
        if name.endswith(("_code", "_type")):
            box.select_option(value)
        else:
            box.fill(value)
    form.locator("button:not([name])").click()
    page.wait_for_load_state()
