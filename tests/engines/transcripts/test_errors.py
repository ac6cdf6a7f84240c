from commonplace.engines.transcripts import UnreadableCaptions


def test_an_error_says_where_what_was_expected_and_what_to_do():
    error = UnreadableCaptions(
        "this is no time",
        file="talk.srt",
        line=3,
        column=7,
        excerpt="00:00:xx",
        expected="HH:MM:SS,mmm",
        advice="Mend it.",
    )
    assert str(error) == "talk.srt:3:7: this is no time\n  00:00:xx\n  expected: HH:MM:SS,mmm\n  Mend it."


def test_an_error_about_a_whole_file_names_the_file_alone():
    assert str(UnreadableCaptions("there is nothing", file="talk.srt")) == "talk.srt: there is nothing"
