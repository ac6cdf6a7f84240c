from commonplace.engines.transcripts.formats.base import Cue
from commonplace.engines.transcripts.rolling import RollingLines, is_rolling


def show(*cues: tuple[str, int, int]) -> list[str]:
    rolling, said = RollingLines(), []
    for text, start, end in cues:
        rows = text.split("\n")
        said += [rows[number] for number in rolling.find_new(rows, start, end)]
    return said


def test_a_line_carried_into_the_next_cue_is_said_once():
    assert show(("hi all", 0, 2000), ("hi all", 2000, 2010), ("hi all\nwelcome", 2010, 4000)) == ["hi all", "welcome"]


def test_a_repeat_in_the_second_row_is_said_twice():
    assert show(("yeah", 0, 2000), ("yeah\nyeah", 2010, 4000), ("yeah\nright", 4010, 5000)) == ["yeah", "yeah", "right"]


def test_a_cue_of_its_own_that_repeats_is_said_twice():
    assert show(("yeah", 0, 2000), ("yeah", 2500, 4000)) == ["yeah", "yeah"]


def test_a_blank_row_above_keeps_the_line_below_new():
    assert show(("so", 0, 1000), (" \nso", 1010, 2000)) == ["so", "so"]


def test_ordinary_captions_do_not_roll():
    assert not is_rolling([Cue(n * 1000, n * 1000 + 900, f"line {n}\nand {n}") for n in range(20)])


def test_one_chance_repeat_does_not_make_captions_roll():
    cues = [Cue(n * 1000, n * 1000 + 900, f"line {n}\nand {n}") for n in range(20)]
    assert not is_rolling([*cues, Cue(20_000, 21_000, "and 19\nso")])


def test_captions_that_show_each_line_again_roll():
    assert is_rolling([Cue(n * 1000, n * 1000 + 900, f"line {n}\nline {n + 1}") for n in range(20)])


def test_the_end_of_a_row_begins_no_other():
    assert not is_rolling([Cue(n * 1000, n * 1000 + 900, "yeah\n") for n in range(20)])


def test_two_short_cues_in_a_row_do_not_hold():
    assert show(("no", 0, 10), ("no", 10, 20), ("no", 20, 30)) == ["no", "no", "no"]
