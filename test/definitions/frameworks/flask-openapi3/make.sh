#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q 'flask-openapi3[yaml]==4.3.2' Flask==3.1.3 pydantic==2.14.4

cat >app.py <<'PY'
from datetime import datetime
from enum import Enum

from flask_openapi3 import FileStorage, Info, OpenAPI, Tag
from pydantic import BaseModel, Field

app = OpenAPI(
    __name__,
    info=Info(title="Shop", version="1.0.0"),
    security_schemes={"jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
)
orders = Tag(name="orders", description="The orders of the shop")
security = [{"jwt": []}]


class Status(str, Enum):
    open = "open"
    paid = "paid"
    shipped = "shipped"


class Item(BaseModel):
    sku: str
    quantity: int = Field(1, gt=0)
    price: float


class NewOrder(BaseModel):
    customer: str
    items: list[Item]
    note: str | None = None
    labels: dict[str, str] = {}


class Order(NewOrder):
    id: int
    status: Status = Status.open
    created: datetime


class OrderPath(BaseModel):
    order_id: int = Field(..., description="The order's number")


class FilePath(BaseModel):
    name: str


class Filters(BaseModel):
    paid: bool = False
    tag: list[str] = []
    limit: int = Field(20, ge=1, le=100)
    min_total: int | None = None
    status: Status | None = None


class Headers(BaseModel):
    x_request_id: str | None = Field(None, alias="X-Request-Id")


class Receipt(BaseModel):
    receipt: FileStorage


@app.get("/orders", tags=[orders], responses={200: Order})
def list_orders(query: Filters, header: Headers):
    """List the orders"""
    return []


@app.post("/orders", tags=[orders], responses={201: Order}, security=security)
def create_order(body: NewOrder):
    return {}, 201


@app.get("/orders/<int:order_id>", tags=[orders], responses={200: Order})
def get_order(path: OrderPath):
    return {}


@app.delete("/orders/<int:order_id>", tags=[orders], responses={204: None}, security=security)
def delete_order(path: OrderPath):
    return "", 204


@app.post("/orders/<int:order_id>/receipt")
def upload_receipt(path: OrderPath, form: Receipt):
    return {}


@app.get("/files/<path:name>")
def get_file(path: FilePath):
    return path.name
PY

env/bin/flask openapi --format json --indent 2 --output "$here/flask-openapi3.json" >&2
