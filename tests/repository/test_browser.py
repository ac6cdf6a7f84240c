"""The browser that tests look at pages with notices what a visitor never sees."""

from __future__ import annotations

from playwright.sync_api import Page


def test_a_request_to_another_host_is_noticed_and_never_leaves(page: Page, page_problems: list[str]):
    page.set_content('<img src="https://fonts.example/letter.png">')
    page.wait_for_load_state("networkidle")
    assert "asked for https://fonts.example/letter.png" in page_problems
    page_problems.clear()


def test_an_error_of_a_script_is_noticed(page: Page, page_problems: list[str]):
    page.set_content("<script>absent()</script>")
    assert any("absent is not defined" in problem for problem in page_problems)
    page_problems.clear()


def test_a_message_about_an_error_is_noticed(page: Page, page_problems: list[str]):
    page.evaluate("console.error('the harbour is closed')")
    assert "logged the harbour is closed" in page_problems
    page_problems.clear()
