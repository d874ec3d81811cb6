"""The orders of a shop. `python orders.py > orders.json` writes its OpenAPI document; needs fastapi==0.165.0."""

import json

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI(title="Orders", version="1.0.0")


class NewOrder(BaseModel):
    sku: str = Field(max_length=32)
    quantity: int = Field(default=1, ge=1, le=100)
    note: str | None = None


class Order(NewOrder):
    id: int


@app.get("/orders")
def list_orders(limit: int = 20, paid: bool = False, customer: str | None = None) -> list[Order]:
    return []


@app.post("/orders", status_code=201)
def create_order(order: NewOrder) -> Order:
    return Order(id=1, **order.model_dump())


@app.get("/orders/{order_id}")
def get_order(order_id: int) -> Order:
    return Order(id=order_id, sku="apple")


if __name__ == "__main__":
    print(json.dumps(app.openapi(), indent=2))
