from django.core.mail import EmailMessage

from commonplace.site.demo_mail import DemoMail, DemoMailBackend, list_demo_mails


def test_a_mail_is_kept_and_said_on_the_console(settings, tmp_path, capsys):
    settings.HOME = tmp_path
    mail = EmailMessage("Your code: ü", "日本語 123", "a@example.org", ["mei@example.org"])
    assert DemoMailBackend().send_messages([mail]) == 1
    assert list_demo_mails() == [DemoMail("mei@example.org", "Your code: ü", "日本語 123")]
    assert "Mail to mei@example.org: Your code: ü\n日本語 123" in capsys.readouterr().err


def test_the_newest_twenty_are_shown(settings, tmp_path):
    settings.HOME = tmp_path
    assert list_demo_mails() == []
    mails = [EmailMessage(f"{number}", "x", "a@example.org", ["b@example.org"]) for number in range(25)]
    DemoMailBackend().send_messages(mails)
    assert [mail.subject for mail in list_demo_mails()] == [str(number) for number in range(24, 4, -1)]
