"""Names as attackers write them, through every page that shows a name, in a browser with scripts on."""

from playwright.sync_api import Page

from tests.api.scenario import match, publish
from tests.pages.conftest import DESK, Office, OpenPage
from tests.pages.looks import faults

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "<svg/onload=alert(1)>",
    "{{ 7*7 }}{% include 'staff/me.html' %}",
    "</textarea></title><style>*{display:none}</style>",
    "javascript:alert(1)//",
    "Али\u202eвелА\u202c \u2066Иса",
    "Магомeд \u200bx\u0301\u0301\u0301\u0301\u0301\u0301",
    "&lt;b&gt; &#x3c;i&#x3e; ' onfocus=alert(1) autofocus='",
)


def test_hostile_names_are_only_text(open_page: OpenPage, office: Office) -> None:
    """Shown as typed, executed nowhere, reported by no policy, flagged where they deceive."""
    page = open_page(DESK, scripts=True)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto("/en/request")
    page.fill("#you_name", HOSTILE[0])
    page.select_option("#you_relation", "grandmother")
    page.fill("#story", "\n".join(HOSTILE))
    for number, name in enumerate(HOSTILE, 1):
        if number > 1:
            page.click("button[value=add]")
        page.select_option(f"#p{number}_role", "child")
        page.fill(f"#p{number}_name", name)
        page.fill(f"#p{number}_mother", name)
    page.click("button.main")  # comes back: the first question is not answered
    _inert(page)
    assert [page.input_value(f"#p{n}_name") for n in range(1, len(HOSTILE) + 1)] == list(HOSTILE)
    page.locator("#consent_homeward input[value=yes]").check()
    page.click("button.main")
    _inert(page)
    page.click("button.main")
    _inert(page)
    rows = "".join(
        f'{n},"{name.replace(chr(34), chr(34) * 2)}",F,2014\n' for n, name in enumerate(HOSTILE, 1)
    )
    list_id = publish(office.staffed.sign_in("importer@north"), "No,Name,Sex,Year of birth\n" + rows, "a.csv")
    match(office.staffed)
    staff = open_page(DESK, staff="reviewer@north", scripts=True)
    staff.on("dialog", lambda dialog: dialogs.append(dialog.message))
    staff.goto("/staff/requests")
    _inert(staff)
    staff.locator("a.line", has_text="document.title").first.click()
    _inert(staff)
    assert "[U+202E]" in staff.inner_text("main")
    assert "hidden direction marks" in staff.inner_text("main")
    assert "letters of two scripts" in staff.inner_text("main")
    staff.goto("/staff/queue?band=do_not_show")
    _inert(staff)
    staff.goto("/staff/queue")
    for address in [line.get_attribute("href") for line in staff.locator("a.line").all()][:6]:
        staff.goto(str(address))
        _inert(staff)
    importer = open_page(DESK, staff="importer@north", scripts=True)
    importer.goto(f"/staff/lists/{list_id}")
    _inert(importer)
    assert dialogs == []


def _inert(page: Page) -> None:
    assert page.title() != "owned"
    active = "main script, script:not([src]), main img, [onerror], [onload], [onfocus], main style"
    assert page.locator(active).count() == 0
    assert "49" not in page.title()
    assert [fault for fault in faults(page) if not fault.startswith("small target")] == []
