import pytest
import yaml

from commonplace.engines.transcripts.syntax.unique_keys import DuplicateKey, load_yaml


@pytest.mark.parametrize("text", ["a: 1\nb: 2", "- {a: 1}\n- {a: 1}", "a: {a: 1}", "", "? [1, 2]\n: 3"])
def test_what_names_each_key_once_reads_as_any_yaml(text: str):
    try:
        expected = yaml.safe_load(text)
    except yaml.YAMLError:
        with pytest.raises(yaml.YAMLError):
            load_yaml(text)
    else:
        assert load_yaml(text) == expected


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: 2\na: 3", 2), ("a: 1\n'a': 2", 1), ("x:\n  - b: 1\n    b: 1", 2)]
)
def test_a_key_that_stands_twice_is_refused_where_it_stands_again(text: str, line: int):
    with pytest.raises(DuplicateKey) as caught:
        load_yaml(text)
    assert caught.value.problem_mark.line == line
