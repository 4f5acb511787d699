"""The addresses of the ambassadors' pages."""

from django.urls import URLPattern, path

from ambassadors.views import (
    applications,
    campaigns,
    check_in,
    dashboard,
    event_calendar,
    events,
    nominations,
    pay,
    product_tests,
    programme,
    testing,
    training,
)

app_name = "ambassadors"
urlpatterns: list[URLPattern] = [
    path("product-tests/<slug:slug>/mine/", testing.show, name="my_test"),
    path("product-tests/<slug:slug>/mine/address/", testing.give_address, name="test_address"),
    path("product-tests/<slug:slug>/mine/arrived/", testing.arrived, name="sample_arrived"),
    path("product-tests/<slug:slug>/report/", testing.report, name="test_report"),
    path("product-tests/<slug:slug>/report/draft/", testing.keep, name="test_report_keep"),
    path("product-tests/report-photos/<int:pk>/", testing.photo, name="report_photo"),
    path("product-tests/<slug:slug>/results/", testing.results, name="product_test_results"),
    path("events/", events.index, name="events"),
    path("events/calendar/renew/", event_calendar.renew, name="calendar_renew"),
    path("events/calendar/close/", event_calendar.close, name="calendar_close"),
    path("events/calendar/<str:token>/events.ics", event_calendar.feed, name="calendar"),
    path("events/<slug:slug>/", events.show, name="event"),
    path("events/<slug:slug>/event.ics", event_calendar.download, name="event_file"),
    path("events/<slug:slug>/register/", events.register, name="event_register"),
    path("events/<slug:slug>/cancel/", events.cancel, name="event_cancel"),
    path("events/<slug:slug>/check-in/", check_in.show, name="check_in"),
    path("events/<slug:slug>/check-in/read/", check_in.read, name="check_in_read"),
    path("events/<slug:slug>/check-in/<int:pk>/", check_in.guest, name="check_in_guest"),
    path("product-tests/", product_tests.index, name="product_tests"),
    path("product-tests/check_draw.py", product_tests.script, name="check_draw"),
    path("product-tests/<slug:slug>/", product_tests.show, name="product_test"),
    path("product-tests/<slug:slug>/apply/", product_tests.apply, name="test_apply"),
    path("product-tests/<slug:slug>/accept/", product_tests.accept, name="test_accept"),
    path("product-tests/<slug:slug>/decline/", product_tests.decline, name="test_decline"),
    path("product-tests/<slug:slug>/withdraw/", product_tests.withdraw, name="test_withdraw"),
    path("product-tests/<slug:slug>/draw.json", product_tests.draw, name="test_draw"),
    path("ambassadors/", campaigns.index, name="ambassadors"),
    path("ambassadors/me/", dashboard.show, name="me"),
    path("ambassadors/training/", training.index, name="training"),
    path("ambassadors/training/proof/", training.proof, name="training_proof"),
    path("ambassadors/training/<slug:slug>/", training.module, name="training_module"),
    path("ambassadors/me/agreement/", programme.agreements, name="agreements"),
    path("ambassadors/me/agreement/<int:pk>/sign/", programme.sign, name="agreement_sign"),
    path("ambassadors/me/agreement/<int:pk>/withdraw/", programme.withdraw, name="agreement_withdraw"),
    *(
        path(f"ambassadors/me/{to}/", programme.step, {"to": to}, name="place_step")
        for to in ("pause", "resume", "leave")
    ),
    path("ambassadors/me/profile/", programme.competence, name="competence"),
    path("ambassadors/me/consultations/", pay.index, name="consultations"),
    path("ambassadors/me/consultations/<int:pk>/dispute/", pay.dispute, name="consultation_dispute"),
    path("ambassadors/me/statements/", pay.statements, name="statements"),
    path("ambassadors/me/statements/<int:number>/", pay.statement, name="statement"),
    path("ambassadors/me/statements/<int:number>/statement.json", pay.statement_file, name="statement_file"),
    path("ambassadors/me/account/", pay.account, name="pay_account"),
    path("ambassadors/me/account/delete/", pay.forget_account, name="pay_account_delete"),
    path("ambassadors/nominations/", nominations.index, name="nominations"),
    path("ambassadors/applications/", applications.index, name="applications"),
    path("ambassadors/applications/<int:pk>/", applications.show, name="application"),
    path("ambassadors/applications/<int:pk>/accept/", applications.accept, name="application_accept"),
    path("ambassadors/applications/<int:pk>/withdraw/", applications.withdraw, name="application_withdraw"),
]
#: A campaign has any name that no other page has, so these come last.
urlpatterns += [
    path("ambassadors/<slug:slug>/", campaigns.show, name="campaign"),
    path("ambassadors/<slug:slug>/apply/", campaigns.apply, name="apply"),
    path("ambassadors/<slug:slug>/apply/draft/", campaigns.keep, name="apply_keep"),
]
