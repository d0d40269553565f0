from concept import views
from concept.models import Concept, GuidingGoal
from lkintegration.serving.addresses import public

urlpatterns = [
    public("konzept/", views.ConceptView.as_view(), name="konzept"),
    public("leitziele/", views.GoalListView.as_view(), name="leitziele"),
    public("leitziele/<slug:slug>/", views.GoalView.as_view(), name="leitziel", of=GuidingGoal),
    public(
        "leitziele/ausgabe/<slug:slug>/",
        views.EditionView.as_view(),
        name="leitziele-ausgabe",
        of=Concept,
    ),
    public("aufgaben/", views.TaskListView.as_view(), name="aufgaben"),
]
