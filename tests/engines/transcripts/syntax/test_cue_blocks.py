from hypothesis import given
from hypothesis import strategies as st

from commonplace.engines.transcripts.syntax.cue_blocks import read_blocks


@given(st.text(st.sampled_from("0123456789:.,->\n a"), max_size=200))
def test_no_character_is_lost_but_timing_lines(text: str):
    lines = [line for line in text.split("\n") if "->" not in line]
    blocks = list(read_blocks(text))
    kept = "\n".join(block.between + block.payload for block in blocks).split("\n")
    for line in lines:
        if line.strip():
            assert any(line in part for part in kept)


def test_a_block_ends_at_a_blank_line_and_before_the_next_counter():
    text = "1\n00:01.000 --> 00:02.000 line:0\none\n2\n00:02.000 --> 00:03.000\ntwo\n\nstray\n"
    first, second, rest = read_blocks(text)
    assert (first.start_ms, first.end_ms, first.settings, first.payload, first.between) == (
        1000,
        2000,
        " line:0",
        "one\n",
        "1\n",
    )
    assert (second.payload, second.between) == ("two\n", "2\n")
    assert (rest.start_ms, rest.between) == (None, "\nstray\n")


def test_a_long_file_without_blank_lines_takes_linear_time():
    text = "".join(f"00:00:{n % 60:02d},000 --> 00:00:{n % 60:02d},900\nword\n" for n in range(20_000))
    assert sum(1 for _ in read_blocks(text)) == 20_001
