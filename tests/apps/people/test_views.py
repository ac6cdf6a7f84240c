"""Accounts and the desk of organisers, as a stranger, a member, an editor and an organiser meet them."""

from __future__ import annotations

import io
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from commonplace.apps.people import actions, queries
from commonplace.apps.people.models import Account, Act, Claim, Invitation, Role
from tests.factories import do_jobs, make_account, make_person

pytestmark = pytest.mark.django_db

SIGN_IN, CODE = "/account/sign-in/", "/account/sign-in/code/"
DESK = ["/organisers/accounts/", "/organisers/invitations/", "/organisers/acts/"]
HOSTILE = """<script>alert("x")</script>'"><img src=x onerror=alert(1)>"""


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


def open_account(email: str = "mei@example.org", role: Role = Role.MEMBER) -> Account:
    return actions.open_account(email=email, name="Mei", role=role, now=timezone.now())


def make_address(role: Role = Role.EDITOR) -> str:
    invitation = actions.invite(role=role, by=None, now=timezone.now())
    return f"/invitation/{queries.write_token(invitation)}/"


def read_code() -> str:
    do_jobs()
    return re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_in(client: Client, email: str = "mei@example.org", **values: str):
    asked = client.post(SIGN_IN, {"email": email, **values})
    assert asked.status_code == 302
    return client.post(asked["Location"], {"code": read_code(), **values})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_mailed_code_signs_in_and_proves_the_address(client: Client):
    account = open_account()
    assert sign_in(client)["Location"] == "/"
    assert is_signed_in(client)
    assert mail.outbox[0].to == ["mei@example.org"]
    assert EmailAddress.objects.get(user=account).verified


def test_an_address_is_known_in_any_case(client: Client):
    open_account()
    sign_in(client, "MEI@Example.ORG")
    assert is_signed_in(client)


def answers_to(email: str) -> list[tuple[int, str, str]]:
    client = Client()
    asked = client.post(SIGN_IN, {"email": email})
    shown = client.get(asked["Location"])
    refused = client.post(CODE, {"code": "WRONG1"})
    pages = [
        re.sub(r'csrfmiddlewaretoken" value="\w+"|\S+@example\.org', "", p.content.decode()) for p in (shown, refused)
    ]
    return [(asked.status_code, asked["Location"], ""), *[(200, "", page) for page in pages]]


def test_the_answer_is_the_same_whether_an_address_is_known_or_not():
    open_account()
    assert answers_to("mei@example.org") == answers_to("nobody@example.org")
    do_jobs()
    assert [message.to for message in mail.outbox] == [["mei@example.org"], ["nobody@example.org"]]
    assert "by invitation" in mail.outbox[1].body


def test_three_wrong_codes_end_the_attempt(client: Client):
    open_account()
    client.post(SIGN_IN, {"email": "mei@example.org"})
    for _ in range(3):
        client.post(CODE, {"code": "WRONG1"})
    assert client.post(CODE, {"code": read_code()})["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_a_code_works_in_the_browser_that_asked_and_once(client: Client):
    open_account()
    client.post(SIGN_IN, {"email": "mei@example.org"})
    other = Client()
    other.post(CODE, {"code": read_code()})
    assert not is_signed_in(other)
    client.post(CODE, {"code": read_code()})
    client.post("/account/sign-out/")
    client.post(CODE, {"code": read_code()})
    assert not is_signed_in(client)


def test_a_code_is_void_after_fifteen_minutes(client: Client, monkeypatch):
    open_account()
    client.post(SIGN_IN, {"email": "mei@example.org"})
    late = timezone.now().timestamp() + 15 * 60 + 1
    monkeypatch.setattr("time.time", lambda: late)
    assert client.post(CODE, {"code": read_code()})["Location"] == SIGN_IN


def test_codes_for_an_address_are_rationed(client: Client):
    open_account()
    answers = [Client().post(SIGN_IN, {"email": "mei@example.org"}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 200, 200]
    do_jobs()
    assert len(mail.outbox) == 3


def test_one_machine_cannot_try_many_addresses(client: Client):
    answers = [client.post(SIGN_IN, {"email": f"{number}@example.org"}).status_code for number in range(25)]
    assert answers.count(302) <= 20
    do_jobs()
    assert 0 < len(mail.outbox) <= 20


def test_a_closed_account_gets_no_code(client: Client):
    account = open_account()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    client.post(SIGN_IN, {"email": "mei@example.org"})
    do_jobs()
    assert "code" not in mail.outbox[0].subject


def test_the_session_of_whoever_waited_is_worth_nothing_afterwards(client: Client):
    open_account()
    client.post(SIGN_IN, {"email": "mei@example.org"})
    planted = client.cookies["sessionid"].value
    client.post(CODE, {"code": read_code()})
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_signed_in(thief)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(client: Client, place: str):
    open_account()
    assert sign_in(client, next=place)["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(client: Client):
    open_account()
    assert sign_in(client, next="/account/")["Location"] == "/account/"


def test_signing_out_needs_a_click(client: Client):
    client.force_login(open_account())
    assert client.get("/account/sign-out/").status_code == 405
    assert is_signed_in(client)
    client.post("/account/sign-out/")
    assert not is_signed_in(client)


def test_forms_refuse_what_comes_from_elsewhere():
    client = Client(enforce_csrf_checks=True)
    client.force_login(open_account(role=Role.ORGANISER))
    addresses = [SIGN_IN, "/account/sign-out/", make_address(), "/organisers/invitations/", "/account/passkeys/add/"]
    assert {client.post(address).status_code for address in addresses} == {403}


@pytest.mark.parametrize("address", ["/account/password/change/", "/account/password/reset/", "/accounts/login/"])
def test_there_are_no_passwords(client: Client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/account/", "/account/passkeys/add/", "/account/passkeys/1/remove/", *DESK])
def test_a_visitor_is_asked_to_sign_in(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(f"{SIGN_IN}?next=")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR])
def test_for_others_the_desk_of_organisers_does_not_exist(client: Client, role: Role):
    account = make_account(role=role)
    client.force_login(account)
    assert {client.get(address).status_code for address in DESK} == {404}
    assert client.post("/organisers/invitations/", {"role": "organiser"}).status_code == 404
    assert client.post(f"/organisers/accounts/{account.pk}/role/", {"role": "organiser"}).status_code == 404
    assert client.post("/organisers/invitations/1/withdraw/").status_code == 404
    account.refresh_from_db()
    assert (account.role, Invitation.objects.count(), Act.objects.count()) == (role, 0, 0)


def test_an_organiser_changes_a_role_and_it_counts_at_once(client: Client):
    other, reader = make_account(email="mei@example.org"), Client()
    client.force_login(make_account(role=Role.ORGANISER))
    reader.force_login(other)
    client.post(f"/organisers/accounts/{other.pk}/role/", {"role": "organiser"})
    assert reader.get(DESK[0]).status_code == 200
    assert "member → organiser" in client.get(DESK[2]).content.decode()
    client.post(f"/organisers/accounts/{other.pk}/role/", {"role": "king"})
    client.post(f"/organisers/accounts/{other.pk}/role/", {"role": "member"})
    assert reader.get(DESK[0]).status_code == 404


def test_the_only_organiser_is_told_why_they_stay_one(client: Client):
    ada = make_account(role=Role.ORGANISER)
    client.force_login(ada)
    client.post(f"/organisers/accounts/{ada.pk}/role/", {"role": "member"})
    assert "There must be an organiser" in client.get(DESK[0]).content.decode()


def test_an_organiser_makes_a_link_and_withdraws_it(client: Client):
    client.force_login(make_account(role=Role.ORGANISER))
    client.post("/organisers/invitations/", {"role": "editor"})
    address = re.search(r"http://testserver(/invitation/\S+/)<", client.get(DESK[1]).content.decode())[1]
    assert Client().get(address).status_code == 200
    client.post(f"/organisers/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert Client().get(address).status_code == 404


def test_an_invitation_makes_an_account_once_its_code_is_typed(client: Client):
    address = make_address()
    asked = client.post(address, {"name": "Jonas Weber", "email": "jonas@example.org", "next": address})
    assert not is_signed_in(client)
    entered = client.post(asked["Location"], {"code": read_code()})
    assert entered["Location"] == address
    assert "Welcome" in client.get(address).content.decode()
    assert Account.objects.get().role == "editor"
    assert Client().get(address).status_code == 404


def test_an_invitation_never_tells_who_has_an_account(client: Client):
    open_account()
    known = Client().post(make_address(), {"name": "x", "email": "mei@example.org"})
    new = Client().post(make_address(), {"name": "x", "email": "new@example.org"})
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert Account.objects.get(email="mei@example.org").role == "member"


def test_whoever_is_signed_in_accepts_with_a_click(client: Client):
    address, account = make_address(), open_account()
    client.force_login(account)
    client.post(address)
    account.refresh_from_db()
    assert account.role == "editor"
    assert "Welcome" in client.get(address).content.decode()


def test_an_invitation_that_was_tampered_with_is_void(client: Client):
    address = make_address()
    for changed in (address[:-2] + "x/", "/invitation/1/", address.replace(":", "x", 1)):
        response = client.post(changed, {"name": "x", "email": "x@example.org"})
        assert response.status_code == 404
        assert "no longer holds" in response.content.decode()
    assert not Account.objects.exists()


def test_reading_changes_nothing(client: Client):
    address, account = make_address(), make_account(role=Role.ORGANISER)
    client.force_login(account)
    before = list(Account.objects.values()), list(Invitation.objects.values()), list(Act.objects.values())
    for place in (address, SIGN_IN, "/account/", "/account/passkeys/add/", "/account/by-invitation/", *DESK):
        client.get(place)
    for place in (f"/organisers/accounts/{account.pk}/role/", "/organisers/invitations/1/withdraw/"):
        assert client.get(place).status_code == 405
    assert before == (list(Account.objects.values()), list(Invitation.objects.values()), list(Act.objects.values()))


def test_hostile_names_are_shown_and_not_run(client: Client):
    ada = make_account(make_person(HOSTILE, slug="x"), role=Role.ORGANISER, name=HOSTILE, email="a@example.org")
    client.force_login(ada)
    actions.record_act(by=ada, what="did", target=HOSTILE, before=HOSTILE, now=timezone.now())
    actions.invite(role=Role.MEMBER, by=ada, person=make_person(HOSTILE, slug="y"), now=timezone.now())
    for place in ("/account/", *DESK):
        page = client.get(place).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 400])
def test_a_page_that_is_no_number_is_not_found(client: Client, number: str):
    client.force_login(make_account(role=Role.ORGANISER))
    assert client.get(DESK[2], {"page": number}).status_code == 404


def test_private_pages_are_kept_by_no_cache(client: Client):
    client.force_login(make_account(role=Role.ORGANISER))
    for place in ("/account/", *DESK):
        assert "no-store" in client.get(place)["Cache-Control"]


def test_somebody_else_s_passkey_is_not_there(client: Client):
    client.force_login(make_account())
    assert client.get("/account/passkeys/1/remove/").status_code == 404


def test_the_demo_says_whom_one_can_be_and_where_the_mail_lies(client: Client, settings):
    assert "harbour.example" not in client.get(SIGN_IN).content.decode()
    settings.DEMO = True
    assert "ada@harbour.example" in client.get(SIGN_IN).content.decode()
    client.post(SIGN_IN, {"email": "ada@harbour.example"})
    assert 'href="/mail/"' in client.get(CODE).content.decode()


def sign_in_as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture_file(data: bytes | None = None) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "PNG")
    return SimpleUploadedFile("../../evil.html", data or out.getvalue(), content_type="text/html")


def test_the_owner_changes_their_page_after_looking_at_it_first():
    mei = make_person()
    owner = sign_in_as(make_account(mei, email="mei@example.org"))
    values = {
        "name": "Mei T.",
        "biography": "I *listen*. <script>alert(1)</script>",
        "links": "https://example.org Home",
    }
    shown = owner.post("/people/mei-tanaka/edit/", values | {"preview": "yes"}).content.decode()
    assert "<em>listen</em>" in shown
    assert "<script>alert" not in shown
    mei.refresh_from_db()
    assert mei.name == "Mei Tanaka"
    assert owner.post("/people/mei-tanaka/edit/", values).status_code == 302
    page = Client().get("/people/mei-tanaka/").content.decode()
    assert "Mei T." in page
    assert 'href="https://example.org"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "values",
    [
        {"name": " "},
        {"name": "Mei", "links": "javascript:alert(1) Home"},
        {"name": "Mei", "links": "https:// Home"},
        {"name": "Mei", "other_names": "\n".join(map(str, range(21)))},
        {"name": "Mei", "biography": "x" * 10_001},
    ],
)
def test_what_a_page_cannot_hold_is_sent_back_and_changes_nothing(values: dict[str, str]):
    mei = make_person()
    owner = sign_in_as(make_account(mei, email="mei@example.org"))
    assert owner.post("/people/mei-tanaka/edit/", values).status_code == 400
    assert queries.details_of(mei) == queries.details_of(queries.get_person("mei-tanaka"))


def test_somebody_elses_page_has_no_edit_page():
    make_person()
    other = sign_in_as(make_account(make_person("Jonas Weber"), role=Role.EDITOR, email="jonas@example.org"))
    for path in ("edit/", "picture/"):
        assert other.post(f"/people/mei-tanaka/{path}", {"name": "X", "remove": "yes"}).status_code == 404
    assert other.get("/people/mei-tanaka/edit/").status_code == 404
    assert Client().get("/people/mei-tanaka/edit/").status_code == 302


def test_a_picture_comes_in_and_is_served_as_a_picture_and_nothing_else(own_media):
    mei = make_person()
    owner = sign_in_as(make_account(mei, email="mei@example.org"))
    owner.post("/people/mei-tanaka/picture/", {"picture": picture_file()})
    address = re.search(
        r'src="(/people/mei-tanaka/picture/\w+\.jpg)"', Client().get("/people/mei-tanaka/").content.decode()
    )
    answer = Client().get(address[1])
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.content.startswith(b"\xff\xd8")
    assert Client().get("/people/mei-tanaka/picture/guess.jpg").status_code == 404
    owner.post("/people/mei-tanaka/picture/", {"picture": picture_file(b"<script>alert(1)</script>")})
    assert b"no picture that we can read" in owner.get("/people/mei-tanaka/edit/").content
    assert Client().get(address[1]).status_code == 200
    owner.post("/people/mei-tanaka/picture/", {"remove": "yes"})
    assert Client().get(address[1]).status_code == 404


def test_the_answer_to_a_claim_is_the_same_whatever_comes_of_it():
    make_person(email="mei@example.org")
    make_person("Ada Okafor")
    make_account(make_person("Jonas Weber"), email="jonas@example.org")
    answers = set()
    for slug, email in (
        ("mei-tanaka", "mei@example.org"),
        ("mei-tanaka", "thief@example.org"),
        ("jonas-weber", "a@b.example"),
    ):
        answer = Client().post(f"/people/{slug}/claim/", {"email": email})
        answers.add((answer.status_code, answer.content.decode().replace(slug, "somebody")))
    assert len({re.sub(r'csrfmiddlewaretoken" value="\w+', "", text) for _, text in answers}) == 1
    assert Claim.objects.count() == 1


def test_the_mailed_link_shows_a_button_and_its_code_makes_the_page_theirs():
    mei = make_person(email="mei@example.org")
    client = Client()
    client.post("/people/mei-tanaka/claim/", {"email": "mei@example.org"})
    do_jobs()
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link).content.decode()
    assert "mei@example.org" in page
    assert not Account.objects.exists()
    thief = client.post(link, {"name": "Mei", "email": "thief@example.org"})
    assert (thief.status_code, Account.objects.count()) == (403, 0)
    asked = client.post(link, {"name": "Mei Tanaka", "email": "mei@example.org", "next": link})
    client.post(asked["Location"], {"code": read_code()})
    account = Account.objects.get()
    assert (account.person, is_signed_in(client)) == (mei, True)
    assert Client().get(link).status_code == 404
    assert b"Is this you?" not in Client().get("/people/mei-tanaka/").content


def test_claims_wait_for_organisers_alone():
    make_person()
    Client().post("/people/mei-tanaka/claim/", {"email": "mei@example.org"})
    key = Claim.objects.get().pk
    editor = sign_in_as(make_account(role=Role.EDITOR, email="e@example.org"))
    assert editor.get("/organisers/claims/").status_code == 404
    assert editor.post(f"/organisers/claims/{key}/confirm/").status_code == 404
    ada = sign_in_as(make_account(role=Role.ORGANISER, email="ada@example.org"))
    assert b"mei@example.org" in ada.get("/organisers/claims/").content
    assert ada.get(f"/organisers/claims/{key}/confirm/").status_code == 405
    assert ada.post(f"/organisers/claims/{key}/refuse/").status_code == 302
    assert ada.post(f"/organisers/claims/{key}/confirm/").status_code == 302
    assert not Claim.objects.exists()
    assert not Invitation.objects.exists()


def test_a_program_that_fills_every_field_claims_nothing():
    make_person()
    answer = Client().post("/people/mei-tanaka/claim/", {"email": "mei@example.org", "website": "x"})
    assert (answer.status_code, Claim.objects.count()) == (400, 0)
