import json

from commonplace.engines.transcripts import Loop, ReadReport


def test_a_report_is_a_json_object():
    report = ReadReport(format="srt", encoding="utf-8", loops=[Loop(3, 12, 5)])
    values = json.loads(json.dumps(report.as_dict()))
    assert values["loops"] == [{"first_word": 3, "last_word": 12, "repeats": 5}]
    assert values["format"] == "srt"
