"""Addresses of the ambassadors' part of the API."""

from django.urls import URLPattern, path

from ambassadors.api import events, pay, product_tests, recruitment, reports

urlpatterns: list[URLPattern] = [
    path("v1/events/", events.Events.as_view()),
    path("v1/events/<int:pk>/registration/", events.EventRegistration.as_view()),
    path("v1/consultations/", pay.Consultations.as_view()),
    path("v1/statements/", pay.Statements.as_view()),
    path("v1/campaigns/", recruitment.Campaigns.as_view()),
    path("v1/campaigns/<slug:slug>/applications/", recruitment.CampaignApplications.as_view()),
    path("v1/applications/", recruitment.Applications.as_view()),
    path("v1/applications/<int:pk>/withdraw/", recruitment.ApplicationWithdrawal.as_view()),
    path("v1/product-tests/", product_tests.ProductTests.as_view()),
    path("v1/product-tests/<int:pk>/apply/", product_tests.ProductTestApplication.as_view()),
    path("v1/invitations/", product_tests.Invitations.as_view()),
    path("v1/invitations/<int:pk>/accept/", product_tests.InvitationAcceptance.as_view()),
    path("v1/invitations/<int:pk>/decline/", product_tests.InvitationRefusal.as_view()),
    path("v1/product-tests/<int:pk>/report/", reports.ProductTestReport.as_view()),
]
