from django.http import HttpResponse
from django.test import RequestFactory

from commonplace.site.middleware import content_security_policy


def test_every_answer_forbids_inline_scripts_and_outside_parts():
    response = content_security_policy(lambda request: HttpResponse())(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not any(word in policy for word in ("unsafe", "http:", "https:", "*"))
