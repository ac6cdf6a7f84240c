from __future__ import annotations

import pytest

from commonplace.apps.library.permissions import can_correct, can_decide_suggestions
from tests.factories import VISITOR, make_account, make_person, make_talk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "may"), [("member", False), ("editor", True), ("organiser", True)])
def test_roles_from_editor_on_correct_and_decide(role: str, may: bool):
    account, talk = make_account(role=role), make_talk()
    assert (can_correct(account, talk), can_decide_suggestions(account)) == (may, may)


def test_a_speaker_corrects_their_own_talk_and_decides_nothing():
    mei = make_account(make_person())
    talk, other = make_talk(), make_talk("Another one", speakers=("Jonas Weber",))
    assert can_correct(mei, talk)
    assert not can_correct(mei, other)
    assert not can_decide_suggestions(mei)


def test_visitors_and_closed_accounts_correct_nothing():
    talk = make_talk()
    closed = make_account(talk.speakers.get(role="speaker").person, is_active=False)
    assert not any(can_correct(viewer, talk) for viewer in (VISITOR, closed))
