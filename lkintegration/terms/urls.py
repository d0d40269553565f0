from lkintegration.serving.addresses import public
from lkintegration.terms import views
from lkintegration.terms.models import Term

urlpatterns = [
    public("woerter/", views.TermListView.as_view(), name="woerter"),
    public("woerter/<slug:slug>/", views.TermView.as_view(), name="wort", of=Term),
]
