from django.urls import path

from concept import views

urlpatterns = [
    path("konzept/", views.ConceptView.as_view(), name="konzept"),
    path("leitziele/", views.GoalListView.as_view(), name="leitziele"),
    path("leitziele/<slug:slug>/", views.GoalView.as_view(), name="leitziel"),
    path("leitziele/ausgabe/<slug:slug>/", views.EditionView.as_view(), name="leitziele-ausgabe"),
    path("aufgaben/", views.TaskListView.as_view(), name="aufgaben"),
]
