import pytest

from commonplace.apps.people.templatetags.pictures import initials


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada Okafor", "AO"),
        ("ada maria de okafor", "AO"),
        ("Mei", "M"),
        ("田中 芽衣", "田芽"),
        ("Jonas (he) Weber", "JW"),
        ("<script>", "<"),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name: str, shown: str):
    assert initials(name) == shown
