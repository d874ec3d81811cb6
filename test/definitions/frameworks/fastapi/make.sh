#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q fastapi==0.165.0 starlette==1.10.0 pydantic==2.14.4 python-multipart==0.0.34

cat >main.py <<'PY'
from datetime import datetime
from enum import Enum
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, File, Header, Path, Query, UploadFile
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import BaseModel, Field

app = FastAPI()
bearer = HTTPBearer()
api_key = APIKeyHeader(name="X-Api-Key", auto_error=False)


class Status(str, Enum):
    open = "open"
    paid = "paid"
    shipped = "shipped"


class Item(BaseModel):
    sku: str = Field(pattern="^[A-Z]{3}-[0-9]+$")
    quantity: int = Field(default=1, gt=0, le=100)
    price: float = Field(ge=0)


class NewOrder(BaseModel):
    customer: str = Field(min_length=1, max_length=64, examples=["ada"])
    items: list[Item]
    note: str | None = None
    labels: dict[str, str] = {}


class Order(NewOrder):
    id: int
    status: Status = Status.open
    created: datetime
    placed_by: tuple[str, int] | None = None


@app.get("/orders", tags=["orders"])
def list_orders(
    x_request_id: Annotated[str | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
    paid: bool = False,
    tag: Annotated[list[str], Query()] = [],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    min_total: int | None = None,
    status: Status | None = None,
) -> list[Order]:
    """List the orders.

    Newest first.
    """
    return []


@app.post("/orders", status_code=201, tags=["orders"], dependencies=[Depends(bearer)])
def create_order(order: NewOrder) -> Order:
    raise NotImplementedError


@app.get("/orders/{order_id}", tags=["orders"], responses={404: {"description": "No such order"}})
def get_order(order_id: Annotated[int, Path(gt=0)]) -> Order:
    raise NotImplementedError


@app.delete("/orders/{order_id}", status_code=204, tags=["orders"], dependencies=[Depends(bearer), Depends(api_key)])
def delete_order(order_id: int) -> None:
    pass


@app.post("/orders/{order_id}/receipt")
def upload_receipt(order_id: int, receipt: Annotated[UploadFile, File()]):
    return {"size": receipt.size}


@app.get("/files/{path:path}")
def get_file(path: str):
    return path
PY

env/bin/python -c 'import json, main; print(json.dumps(main.app.openapi(), indent=2))' >"$here/fastapi.json"
