import re
import subprocess

from tests.cli.test_site import COMMONPLACE, environment_of, run, wait_for

OPEN = """
import sys, django; django.setup()
from django.test import Client
answer = Client().get("/invitation/" + sys.argv[1] + "/", headers={"host": "localhost"})
print(answer.status_code, "organiser" in answer.content.decode())
"""


def test_the_first_organiser_is_invited_from_the_command_line(tmp_path):
    said = run(tmp_path, "invite", "--organiser")
    token = re.search(r"^http://localhost:8000/invitation/([\w:-]+)/$", said, re.MULTILINE)[1]
    assert run(tmp_path, "-c", OPEN.replace("sys.argv[1]", repr(token))).split() == ["200", "True"]


def test_whoever_invites_is_told_that_no_code_will_be_mailed_while_nobody_works(tmp_path):
    assert "without `commonplace worker`" in run(tmp_path, "invite", "--organiser")
    with subprocess.Popen([*COMMONPLACE, "worker", "--quiet"], env=environment_of(tmp_path)) as worker:
        try:
            wait_for(lambda: "no sign-in code" not in run(tmp_path, "invite", "--organiser"))
        finally:
            worker.terminate()


def test_a_link_leads_to_where_the_site_answers(tmp_path):
    public = {"COMMONPLACE_HOSTS": "talks.example.org", "COMMONPLACE_HTTPS": "yes"}
    assert "https://talks.example.org/invitation/" in run(tmp_path, "invite", **public)
    assert "https://x.example/invitation/" in run(tmp_path, "invite", "--editor", "--site", "https://x.example/")
