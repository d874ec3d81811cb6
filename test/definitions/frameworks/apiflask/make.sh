#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q APIFlask==3.1.2 apispec==6.10.1 Flask==3.1.3 marshmallow==4.4.0

cat >app.py <<'PY'
from apiflask import APIFlask, HTTPTokenAuth, Schema
from apiflask.fields import Boolean, DateTime, Dict, File, Float, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range

app = APIFlask(__name__)
auth = HTTPTokenAuth()


class Item(Schema):
    sku = String(required=True)
    quantity = Integer(load_default=1, validate=Range(1, 100))
    price = Float(required=True)


class OrderIn(Schema):
    customer = String(required=True, validate=Length(1, 64))
    items = List(Nested(Item), required=True)
    note = String(allow_none=True)
    discount = Integer(allow_none=True)
    labels = Dict(String(), String())


class OrderOut(OrderIn):
    id = Integer()
    status = String(validate=OneOf(["open", "paid", "shipped"]))
    created = DateTime()


class Filters(Schema):
    paid = Boolean(load_default=False)
    tag = List(String())
    limit = Integer(load_default=20, validate=Range(1, 100))
    min_total = Integer(allow_none=True)
    status = String(validate=OneOf(["open", "paid", "shipped"]))


class Headers(Schema):
    request_id = String(data_key="X-Request-Id")


class Receipt(Schema):
    receipt = File(required=True)


@app.get("/orders")
@app.input(Filters, location="query")
@app.input(Headers, location="headers")
@app.output(OrderOut(many=True))
def list_orders(query_data, headers_data):
    """List the orders"""
    return []


@app.post("/orders")
@app.auth_required(auth)
@app.input(OrderIn)
@app.output(OrderOut, status_code=201)
def create_order(json_data):
    return json_data


@app.get("/orders/<int:order_id>")
@app.output(OrderOut)
def get_order(order_id):
    return {}


@app.delete("/orders/<int:order_id>")
@app.auth_required(auth)
@app.output({}, status_code=204)
def delete_order(order_id):
    return ""


@app.post("/orders/<int:order_id>/receipt")
@app.input(Receipt, location="files")
def upload_receipt(order_id, files_data):
    return {}


@app.get("/files/<path:name>")
def get_file(name):
    return name
PY

env/bin/flask spec --indent 2 --output "$here/apiflask.json" >/dev/null
