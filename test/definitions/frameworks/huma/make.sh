#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >go.mod <<'MOD'
module example.com/shop

go 1.25
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type Item struct {
	SKU      string  `json:"sku" pattern:"^[A-Z]{3}-[0-9]+$"`
	Quantity int     `json:"quantity,omitempty" minimum:"1" maximum:"100" default:"1"`
	Price    float64 `json:"price" exclusiveMinimum:"0"`
}

type NewOrder struct {
	Customer string            `json:"customer" maxLength:"64" example:"ada" doc:"The customer's name"`
	Items    []Item            `json:"items"`
	Note     *string           `json:"note"`
	Labels   map[string]string `json:"labels,omitempty"`
}

type Order struct {
	NewOrder
	ID      int64     `json:"id" readOnly:"true"`
	Status  string    `json:"status" enum:"open,paid,shipped"`
	Created time.Time `json:"created"`
	Count   uint16    `json:"count"`
	Raw     []byte    `json:"raw,omitempty"`
}

type ListInput struct {
	Paid      bool     `query:"paid"`
	Tag       []string `query:"tag,explode"`
	Ids       []int    `query:"ids"`
	Limit     int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
	MinTotal  int32    `query:"minTotal"`
	Status    string   `query:"status" enum:"open,paid,shipped"`
	RequestID string   `header:"X-Request-Id"`
	Session   string   `cookie:"session"`
}

type ListOutput struct {
	Total int `header:"X-Total"`
	Body  []Order
}

type OrderOutput struct{ Body Order }

type OrderInput struct {
	ID int64 `path:"id" minimum:"1" doc:"The order's number"`
}

type UploadInput struct {
	ID      int64 `path:"id"`
	RawBody huma.MultipartFormFiles[struct {
		Receipt huma.FormFile `form:"receipt" contentType:"image/png,application/pdf" required:"true"`
	}]
}

func main() {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Shop", "1.0.0")
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	api := humago.New(mux, config)
	bearer := []map[string][]string{{"bearer": {}}}

	huma.Get(api, "/orders", func(ctx context.Context, in *ListInput) (*ListOutput, error) { return nil, nil })
	huma.Register(api, huma.Operation{
		OperationID: "create-order", Method: http.MethodPost, Path: "/orders", DefaultStatus: http.StatusCreated,
		Tags: []string{"orders"}, Security: bearer,
	}, func(ctx context.Context, in *struct{ Body NewOrder }) (*OrderOutput, error) { return nil, nil })
	huma.Get(api, "/orders/{id}", func(ctx context.Context, in *OrderInput) (*OrderOutput, error) { return nil, nil })
	huma.Delete(api, "/orders/{id}", func(ctx context.Context, in *OrderInput) (*struct{}, error) { return nil, nil },
		func(o *huma.Operation) { o.Security = bearer })
	huma.Post(api, "/orders/{id}/receipt", func(ctx context.Context, in *UploadInput) (*struct{}, error) { return nil, nil })
	huma.Get(api, "/files/{path...}", func(ctx context.Context, in *struct {
		Path string `path:"path"`
	}) (*struct{ Body []byte }, error) {
		return nil, nil
	})

	// What the server sends for its document.
	for path, file := range map[string]string{"/openapi.json": "huma-3.1.json", "/openapi.yaml": "huma-3.1.yaml", "/openapi-3.0.yaml": "huma-3.0.yaml"} {
		answer := httptest.NewRecorder()
		mux.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		if err := os.WriteFile(os.Args[1]+"/"+file, answer.Body.Bytes(), 0o644); err != nil {
			panic(err)
		}
	}
}
GO

go get github.com/danielgtaylor/huma/v2@v2.37.2 2>/dev/null
go run . "$here"
