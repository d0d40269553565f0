from lkintegration.search import views
from lkintegration.serving.addresses import Use, public

urlpatterns = [
    public("suche/", views.SearchView.as_view(), name="suche", reads=("q", "seite"), listed=False),
    public("suche/opensearch.xml", views.description, name="suche-im-browser", use=Use.FILE),
]
