from django.urls import path

from lkintegration.upkeep import views

urlpatterns = [path("health/", views.health, name="health")]
