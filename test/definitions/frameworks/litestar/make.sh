#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q 'litestar[standard]==2.25.0' msgspec==0.22.0 multipart==2.0.1

cat >app.py <<'PY'
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated

from litestar import Litestar, delete, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import Body, Parameter


class Status(Enum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"


@dataclass
class Item:
    sku: str
    price: float
    quantity: int = 1


@dataclass
class NewOrder:
    customer: str
    items: list[Item]
    note: str | None = None
    labels: dict[str, str] = field(default_factory=dict)


@dataclass
class Order:
    id: int
    customer: str
    items: list[Item]
    created: datetime
    status: Status = Status.OPEN
    note: str | None = None


@get("/orders")
async def list_orders(
    request_id: Annotated[str | None, Parameter(header="X-Request-Id")],
    session: Annotated[str | None, Parameter(cookie="session")],
    tag: list[str],
    limit: Annotated[int, Parameter(ge=1, le=100)] = 20,
    paid: bool = False,
    min_total: int | None = None,
    status: Status | None = None,
) -> list[Order]:
    """List the orders."""
    return []


@post("/orders", security=[{"BearerToken": []}])
async def create_order(data: NewOrder) -> Order:
    raise NotImplementedError


@get("/orders/{order_id:int}")
async def get_order(order_id: int) -> Order:
    raise NotImplementedError


@delete("/orders/{order_id:int}", security=[{"BearerToken": []}])
async def delete_order(order_id: int) -> None:
    pass


@post("/orders/{order_id:int}/receipt")
async def upload_receipt(
    order_id: int, data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)]
) -> dict[str, int]:
    return {}


@get("/files/{name:path}")
async def get_file(name: Path) -> bytes:
    return b""


app = Litestar(
    [list_orders, create_order, get_order, delete_order, upload_receipt, get_file],
    openapi_config=OpenAPIConfig(
        title="Shop",
        version="1.0.0",
        components=Components(security_schemes={"BearerToken": SecurityScheme(type="http", scheme="bearer")}),
    ),
)
PY

env/bin/litestar --app app:app schema openapi --output "$here/litestar.yaml" >&2
