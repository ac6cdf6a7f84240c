from commonplace.engines.transcripts.formats.sbv import FORMAT

from .reading import first_claim, read_sample, sample_document, times_and_texts


def test_breaks_and_lines_are_one_cue():
    assert times_and_texts(read_sample(FORMAT, "line-breaks.sbv")) == [
        (1000, 3000, "The box sits under the bridge"),
        (3000, 5500, "and listens at night"),
    ]


def test_it_is_recognised_by_its_first_line():
    assert first_claim(sample_document(FORMAT, "line-breaks.sbv")) == "sbv"
