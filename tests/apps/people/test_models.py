import pytest

from tests.factories import make_account


@pytest.mark.django_db
def test_nobody_has_a_password():
    account = make_account(name="Mei Tanaka")
    account.set_password("let me in, please")
    assert not account.has_usable_password()
    assert account.get_full_name() == "Mei Tanaka"
