#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q flask-restx==1.3.2 Flask==3.1.3 Werkzeug==3.1.3

cat >app.py <<'PY'
import json
import sys

from flask import Flask
from flask_restx import Api, Resource, fields, inputs
from werkzeug.datastructures import FileStorage

app = Flask(__name__)
api = Api(app, authorizations={"apikey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}})
ns = api.namespace("orders", description="The orders")

item = api.model(
    "Item",
    {
        "sku": fields.String(required=True, pattern="^[A-Z]{3}-[0-9]+$"),
        "quantity": fields.Integer(default=1, min=1, max=100),
        "price": fields.Fixed(decimals=2),
    },
)
new_order = api.model(
    "NewOrder",
    {
        "customer": fields.String(required=True, max_length=64, example="ada"),
        "items": fields.List(fields.Nested(item), required=True),
        "note": fields.String(x_nullable=True),
        "labels": fields.Wildcard(fields.String),
    },
)
order = api.inherit(
    "Order",
    new_order,
    {
        "id": fields.Integer(readonly=True),
        "status": fields.String(enum=["open", "paid", "shipped"]),
        "created": fields.DateTime,
        "extra": fields.Raw,
        "first": fields.Nested(item, allow_null=True, description="The first item"),
    },
)

query = api.parser()
query.add_argument("paid", type=inputs.boolean, default=False, location="args")
query.add_argument("tag", action="append", location="args")
query.add_argument("limit", type=inputs.int_range(1, 100), default=20, location="args", help="At most")
query.add_argument("minTotal", type=int, location="args")
query.add_argument("status", choices=("open", "paid", "shipped"), location="args")
query.add_argument("X-Request-Id", location="headers")
receipt = api.parser()
receipt.add_argument("receipt", type=FileStorage, location="files", required=True)


@ns.route("/")
class Orders(Resource):
    @ns.expect(query)
    @ns.marshal_list_with(order)
    def get(self):
        """List the orders"""
        return []

    @ns.expect(new_order)
    @ns.marshal_with(order, code=201)
    @ns.doc("create_order", security="apikey")
    def post(self):
        """Create an order"""
        return {}, 201


@ns.route("/<int:id>")
@ns.response(404, "No such order")
@ns.param("id", "The order's number")
class Order(Resource):
    @ns.marshal_with(order)
    def get(self, id):
        return {}

    @ns.doc(security="apikey")
    @ns.response(204, "Gone")
    def delete(self, id):
        return "", 204


@ns.route("/<int:id>/receipt")
class Receipt(Resource):
    @ns.expect(receipt)
    def post(self, id):
        return {}


@api.route("/files/<path:name>")
class File(Resource):
    def get(self, name):
        return name


# What the server sends for its document.
with open(sys.argv[1], "wb") as file:
    file.write(app.test_client().get("/swagger.json").data)
PY

PYTHONHASHSEED=0 env/bin/python app.py "$here/flask-restx.json"
