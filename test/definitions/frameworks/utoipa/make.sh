#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "shop"
version = "1.0.0"
edition = "2021"
description = "A shop"
license = "MIT"

[dependencies]
serde = { version = "=1.0.228", features = ["derive"] }
serde_json = "=1.0.145"
utoipa = { version = "=5.4.0", features = ["chrono", "uuid", "yaml"] }
chrono = { version = "=0.4.42", features = ["serde"] }
uuid = { version = "=1.18.1", features = ["serde"] }
TOML
cat >src/main.rs <<'RS'
#![allow(dead_code, unused_variables)]
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, Modify, OpenApi, ToSchema};

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    Open,
    Paid,
    Shipped,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Payment {
    Card { last4: String },
    Invoice { due: chrono::NaiveDate },
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Item {
    #[schema(pattern = "^[A-Z]{3}-[0-9]+$")]
    sku: String,
    #[schema(minimum = 1, maximum = 100, default = 1)]
    quantity: u32,
    price: f64,
}

/// What a customer orders.
#[derive(Serialize, Deserialize, ToSchema)]
struct NewOrder {
    #[schema(max_length = 64, example = "ada")]
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
    labels: HashMap<String, String>,
    payment: Option<Payment>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Order {
    id: i64,
    token: uuid::Uuid,
    status: Status,
    created: chrono::DateTime<chrono::Utc>,
    #[serde(flatten)]
    order: NewOrder,
    extra: serde_json::Value,
}

#[derive(ToSchema)]
struct Receipt {
    #[schema(value_type = String, format = Binary)]
    receipt: Vec<u8>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filters {
    /// Paid ones only
    #[serde(default)]
    paid: bool,
    tag: Vec<String>,
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: u8,
    min_total: Option<i32>,
    status: Option<Status>,
}

/// List the orders
///
/// Newest first.
#[utoipa::path(get, path = "/orders", tag = "orders",
    params(Filters, ("X-Request-Id" = Option<String>, Header, description = "Request")),
    responses((status = 200, body = [Order])))]
fn list() {}

#[utoipa::path(post, path = "/orders", tag = "orders", request_body = NewOrder, security(("bearer" = [])),
    responses((status = 201, description = "Made", body = Order, headers(("Location" = String))), (status = "4XX", description = "Refused")))]
fn create() {}

#[utoipa::path(get, path = "/orders/{id}", tag = "orders", params(("id" = i64, Path, minimum = 1)),
    responses((status = OK, description = "The order", body = Option<Order>), (status = NOT_FOUND, description = "None")))]
fn get_order() {}

#[utoipa::path(delete, path = "/orders/{id}", tag = "orders", params(("id" = i64, Path)), security(("bearer" = []), ()),
    responses((status = 204, description = "Gone")))]
fn delete_order() {}

#[utoipa::path(post, path = "/orders/{id}/receipt", params(("id" = i64, Path)),
    request_body(content = Receipt, content_type = "multipart/form-data"), responses((status = 204, description = "Stored")))]
fn upload() {}

#[utoipa::path(get, path = "/files/{*path}", params(("path" = String, Path)),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
fn file() {}

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        api.components.as_mut().unwrap().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

#[derive(OpenApi)]
#[openapi(paths(list, create, get_order, delete_order, upload, file), modifiers(&Bearer), tags((name = "orders")))]
struct Api;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    std::fs::write(format!("{folder}/utoipa.json"), Api::openapi().to_pretty_json().unwrap()).unwrap();
    std::fs::write(format!("{folder}/utoipa.yaml"), Api::openapi().to_yaml().unwrap()).unwrap();
}
RS

cargo run --quiet -- "$here"
