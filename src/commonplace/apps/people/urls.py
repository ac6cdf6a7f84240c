"""The addresses of accounts, and of those who run the community.

Of allauth's views, only these have an address: none that knows a password. It looks them up by the names it gave.
"""

from __future__ import annotations

from allauth.account.views import AccountInactiveView, ConfirmLoginCodeView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.urls import path

from . import views

_PLACE = {"place": "account"}

urlpatterns = [
    path("account/", views.show_account, name="account"),
    path("account/", views.show_account, name="mfa_index"),
    path("account/", views.show_account, name="mfa_list_webauthn"),
    path("account/sign-in/", views.sign_in, name="account_login"),
    path("account/sign-in/", views.sign_in, name="account_request_login_code"),
    path(
        "account/sign-in/code/", ConfirmLoginCodeView.as_view(extra_context=_PLACE), name="account_confirm_login_code"
    ),
    path("account/sign-in/passkey/", LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("account/sign-out/", views.sign_out, name="account_logout"),
    path("account/closed/", AccountInactiveView.as_view(extra_context=_PLACE), name="account_inactive"),
    path("account/by-invitation/", views.explain_accounts, name="account_signup"),
    path("account/passkeys/add/", AddWebAuthnView.as_view(extra_context=_PLACE), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        RemoveWebAuthnView.as_view(extra_context=_PLACE),
        name="mfa_remove_webauthn",
    ),
    path("invitation/<str:token>/", views.answer_invitation, name="invitation"),
    path("organisers/accounts/", views.show_accounts, name="accounts"),
    path("organisers/accounts/<int:key>/role/", views.change_role, name="change_role"),
    path("organisers/invitations/", views.show_invitations, name="invitations"),
    path("organisers/invitations/<int:key>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    path("people/<str:slug>/edit/", views.edit_person, name="edit_person"),
    path("people/<str:slug>/picture/", views.change_picture, name="change_picture"),
    path("people/<str:slug>/picture/<str:name>.jpg", views.show_picture, name="picture"),
    path("people/<str:slug>/claim/", views.claim_person, name="claim_person"),
    path("organisers/claims/", views.show_claims, name="claims"),
    path("organisers/claims/<int:key>/confirm/", views.decide_claim, {"verdict": "confirm"}, name="confirm_claim"),
    path("organisers/claims/<int:key>/refuse/", views.decide_claim, {"verdict": "refuse"}, name="refuse_claim"),
    path("organisers/acts/", views.show_acts, name="acts"),
]
