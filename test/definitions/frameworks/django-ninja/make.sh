#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q django-ninja==1.7.1 Django==5.2.19 pydantic==2.14.4

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
INSTALLED_APPS = ["ninja"]
ROOT_URLCONF = "shop.urls"
PY
cat >shop/urls.py <<'PY'
from django.urls import path

from .api import api

urlpatterns = [path("api/", api.urls)]
PY
cat >shop/api.py <<'PY'
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import List, Optional

from ninja import File, Header, NinjaAPI, Query, Schema, UploadedFile
from ninja.security import APIKeyHeader, HttpBearer


class Bearer(HttpBearer):
    def authenticate(self, request, token):
        return token


class ApiKey(APIKeyHeader):
    param_name = "X-Api-Key"

    def authenticate(self, request, key):
        return key


class Status(str, Enum):
    open = "open"
    paid = "paid"
    shipped = "shipped"


class Item(Schema):
    sku: str
    quantity: int = 1
    price: Decimal


class NewOrder(Schema):
    customer: str
    items: List[Item]
    note: Optional[str] = None


class Order(NewOrder):
    id: int
    status: Status = Status.open
    created: datetime


class Filters(Schema):
    paid: bool = False
    tag: List[str] = []
    limit: int = 20
    min_total: Optional[int] = None
    status: Optional[Status] = None


api = NinjaAPI()


@api.get("/orders", response=List[Order], tags=["orders"])
def list_orders(request, filters: Query[Filters], x_request_id: Optional[str] = Header(None)):
    return []


@api.post("/orders", response={201: Order}, auth=Bearer(), tags=["orders"])
def create_order(request, order: NewOrder):
    return 201, order


@api.get("/orders/{int:order_id}", response=Order, tags=["orders"])
def get_order(request, order_id: int):
    """Get one order."""


@api.delete("/orders/{int:order_id}", response={204: None}, auth=[Bearer(), ApiKey()], tags=["orders"])
def delete_order(request, order_id: int):
    return 204, None


@api.post("/orders/{int:order_id}/receipt")
def upload_receipt(request, order_id: int, receipt: File[UploadedFile]):
    return {}


@api.get("/files/{path:name}")
def get_file(request, name: str):
    return name
PY

env/bin/python manage.py export_openapi_schema --api shop.api.api --indent 2 --output "$here/django-ninja.json"
