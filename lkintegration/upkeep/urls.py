from django.urls import path

from lkintegration.upkeep import views

urlpatterns = [
    path("health/live/", views.live, name="live"),
    path("health/ready/", views.ready, name="ready"),
    path("health/", views.ready, name="health"),
]
