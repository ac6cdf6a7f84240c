import pytest

from commonplace.engines.transcripts.labels import find_labels, match_label


def test_names_that_recur_are_labels():
    assert find_labels("Ada Okafor: hello\n\nfiller\n\nAda Okafor: bye\n\nmore\n\nmore\n\nmore") == {"Ada Okafor"}


def test_a_short_file_with_a_speaker_a_line_is_understood():
    assert find_labels("Ada: hello\n\nMei: hi\n\nJonas: good evening") == {"Ada", "Mei", "Jonas"}


@pytest.mark.parametrize(
    "text", ["10:30 Meeting: start", "Note: one\n\nNote: two", "so we said: yes\n\nso we said: no"]
)
def test_a_colon_alone_makes_no_speaker(text: str):
    assert find_labels(text) == frozenset()


def test_one_colon_in_a_long_talk_makes_no_speaker():
    assert find_labels("\n\n".join(["filler words"] * 20) + "\n\nRemember Paris: it rained") == frozenset()


def test_a_name_after_the_mark_of_a_new_speaker_is_a_label():
    assert find_labels("x\n\n" * 40 + ">> Priya Raman: welcome\n\n" + "Result: fine\n\nResult: fine") == {"Priya Raman"}


def test_names_of_other_scripts_and_particles_are_names():
    assert find_labels("田中: こんにちは\n\nLudwig van Beek: hello") == {"田中", "Ludwig van Beek"}


def test_voice_tags_rule_out_labels():
    assert find_labels("<v Ada>Result: one\n\n<v Ada>Result: two\n\nResult: x\n\nResult: y") == frozenset()


def test_a_label_is_matched_with_the_place_where_speech_begins():
    line = "Ada Okafor: hello"
    name, after = match_label(line, frozenset({"Ada Okafor"})) or ("", 0)
    assert (name, line[after:]) == ("Ada Okafor", " hello")
    assert match_label("Result: 12", frozenset({"Ada Okafor"})) is None
