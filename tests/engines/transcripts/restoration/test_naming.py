from commonplace.engines.transcripts.restoration.naming import name_turns
from commonplace.engines.transcripts.restoration.turns import Stretch

SAID = [
    ("welcome to harbour ml today jonas is with us jonas what do you do", True),
    ("thank you ada i build a search engine and it finds things", False),
    ("and how fast is it", True),
    ("a few milliseconds", False),
]


def turns_of(said: list[tuple[str, bool]]) -> tuple[list[str], list[Stretch]]:
    texts: list[str] = []
    turns = []
    for text, by_host in said:
        first = len(texts)
        texts += text.split()
        turns.append(Stretch(first, len(texts) - 1, by_host, 0.9))
    return texts, turns


def names(said: list[tuple[str, bool]], speakers: list[str], hosts: list[str]) -> list[str | None]:
    texts, turns = turns_of(said)
    return [named.speaker for named in name_turns(texts, turns, speakers=speakers, hosts=hosts)]


def test_the_host_is_whom_the_guests_name():
    assert names(SAID, ["Jonas Weber", "Ada Okafor"], []) == ["Ada Okafor", "Jonas Weber"] * 2


def test_a_given_host_hosts():
    assert names(SAID, ["Jonas Weber"], ["Ada Okafor"]) == ["Ada Okafor", "Jonas Weber"] * 2


def test_without_a_sign_nobody_is_named():
    said = [("so how does it work", True), ("it counts words", False)]
    assert names(said, ["Jonas Weber", "Ada Okafor"], []) == [None, None]


def test_without_names_nobody_is_named():
    assert names(SAID, [], []) == [None] * 4


def test_whoever_speaks_alone_is_the_only_one_given():
    assert names([("a talk about boats", False)], ["Mei Tanaka"], []) == ["Mei Tanaka"]


def test_of_several_guests_the_one_addressed_answers():
    said = [
        ("welcome mei and jonas mei what do you think", True),
        ("it is a good idea", False),
        ("and you jonas", True),
        ("i am not so sure", False),
        ("why is that", True),
        ("because it is slow", False),
    ]
    found = names(said, ["Mei Tanaka", "Jonas Weber"], ["Ada Okafor"])
    assert found == ["Ada Okafor", "Mei Tanaka", "Ada Okafor", "Jonas Weber", "Ada Okafor", "Jonas Weber"]
