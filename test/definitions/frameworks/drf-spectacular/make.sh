#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q drf-spectacular==0.30.0 djangorestframework==3.18.3 Django==5.2.19

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
import os

SECRET_KEY = "none"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "shop",
]
ROOT_URLCONF = "shop.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.BasicAuthentication",
    ],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {"OAS_VERSION": os.environ.get("OAS_VERSION", "3.0.3")}
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
from drf_spectacular.utils import OpenApiParameter, extend_schema
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


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("paid", bool),
            OpenApiParameter("tag", {"type": "array", "items": {"type": "string"}}),
            OpenApiParameter("min_total", int, allow_blank=False),
            OpenApiParameter("status", str, enum=Order.Status.values, many=True),
            OpenApiParameter("X-Request-Id", str, OpenApiParameter.HEADER),
        ]
    )
    def list(self, request, *args, **kwargs):
        return super().list(request, *args, **kwargs)

    @extend_schema(request={"multipart/form-data": ReceiptSerializer}, responses={204: None})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def receipt(self, request, pk=None):
        return Response(status=204)
PY
cat >shop/urls.py <<'PY'
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from django.urls import include, path

from .views import OrderViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet)
urlpatterns = [path("api/", include(router.urls)), path("api/schema/", SpectacularAPIView.as_view())]
PY

env/bin/python manage.py spectacular --file "$here/drf-spectacular-3.0.yaml"
OAS_VERSION=3.1.1 env/bin/python manage.py spectacular --file "$here/drf-spectacular-3.1.yaml"
