import json

from commonplace.engines.transcripts.restoration import RestorationReport


def test_the_report_is_json():
    report = RestorationReport(words=3, words_restored=3, stretches=[(0, 2)])
    assert json.loads(json.dumps(report.as_dict()))["stretches"] == [[0, 2]]
