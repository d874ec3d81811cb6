#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q drf-yasg==1.21.18 djangorestframework==3.18.3 Django==5.2.19 setuptools==80.9.0

mkdir shop
touch shop/__init__.py
cat >manage.py <<'PY'
import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line(sys.argv)
PY
cat >shop/settings.py <<'PY'
SECRET_KEY = "none"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "drf_yasg", "shop"]
ROOT_URLCONF = "shop.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STATIC_URL = "static/"
SWAGGER_SETTINGS = {
    "DEFAULT_INFO": "shop.urls.info",
    "SECURITY_DEFINITIONS": {"Bearer": {"type": "apiKey", "name": "Authorization", "in": "header"}},
}
PY
cat >shop/models.py <<'PY'
from django.db import models


class Order(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        SHIPPED = "shipped", "Shipped"

    customer = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    discount = models.IntegerField(null=True, blank=True)
    note = models.TextField(null=True, blank=True)
    labels = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
PY
cat >shop/views.py <<'PY'
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from .models import Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


class ReceiptSerializer(serializers.Serializer):
    receipt = serializers.FileField()


class FilterSerializer(serializers.Serializer):
    paid = serializers.BooleanField(default=False)
    tag = serializers.ListField(child=serializers.CharField(), required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    min_total = serializers.IntegerField(required=False, allow_null=True)
    status = serializers.ChoiceField(Order.Status.choices, required=False)


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    @swagger_auto_schema(
        query_serializer=FilterSerializer,
        manual_parameters=[openapi.Parameter("X-Request-Id", openapi.IN_HEADER, type=openapi.TYPE_STRING)],
    )
    def list(self, request, *args, **kwargs):
        return super().list(request, *args, **kwargs)

    @swagger_auto_schema(request_body=ReceiptSerializer, responses={204: "Stored"})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def receipt(self, request, pk=None):
        return Response(status=204)
PY
cat >shop/urls.py <<'PY'
from django.urls import include, path
from drf_yasg import openapi
from rest_framework.routers import DefaultRouter

from .views import OrderViewSet

info = openapi.Info(title="Shop", default_version="v1", contact=openapi.Contact(email="shop@example.com"))
router = DefaultRouter()
router.register("orders", OrderViewSet)
urlpatterns = [path("api/", include(router.urls))]
PY

env/bin/python manage.py generate_swagger --overwrite --url http://localhost:8000 "$here/drf-yasg.json"
