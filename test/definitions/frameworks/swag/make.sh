#!/bin/sh
# Writes the document beside this file, as the framework writes it. Installs into a temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >go.mod <<'MOD'
module example.com/shop

go 1.24
MOD
cat >main.go <<'GO'
package main

// @title						Shop
// @version					1.0
// @description				An application with swag's comments.
// @termsOfService				http://swagger.io/terms/
// @contact.name				API Support
// @license.name				Apache 2.0
// @host						localhost:8080
// @BasePath					/api/v1
// @schemes					http https
// @securityDefinitions.basic	BasicAuth
// @securityDefinitions.apikey	BearerAuth
// @in							header
// @name						Authorization
// @description				Type "Bearer" followed by a space and the token.
func main() {}
GO
cat >orders.go <<'GO'
package main

import (
	"net/http"
	"time"
)

// Status of an order
type Status string

const (
	Open    Status = "open" // not yet paid
	Paid    Status = "paid"
	Shipped Status = "shipped"
)

// Channel by which an order came
type Channel int

const (
	Web Channel = iota
	Shop
)

type Item struct {
	SKU      string  `json:"sku" binding:"required" example:"ABC-1"`
	Quantity int     `json:"quantity" minimum:"1" maximum:"100" default:"1"`
	Price    float64 `json:"price"`
}

type NewOrder struct {
	// The customer's name
	Customer string            `json:"customer" validate:"required,max=64" example:"ada"`
	Items    []Item            `json:"items" binding:"required"`
	Note     *string           `json:"note" extensions:"x-nullable"`
	Labels   map[string]string `json:"labels,omitempty" example:"colour:red"`
	Extra    any               `json:"extra"`
}

type Order struct {
	NewOrder
	ID       int64     `json:"id" example:"17"`
	Status   Status    `json:"status"`
	Channel  Channel   `json:"channel"`
	Created  time.Time `json:"created"`
	Replaces *Order    `json:"replaces,omitempty"`
}

type Problem struct {
	Message string `json:"message"`
}

// List godoc
//
//	@Summary		List the orders
//	@Description	Newest first.
//	@Description	A page at a time.
//	@Tags			orders
//	@Produce		json
//	@Param			paid			query		bool		false	"Paid ones only"	default(false)
//	@Param			tag				query		[]string	false	"Tags"	collectionFormat(multi)
//	@Param			limit			query		int			false	"At most"	minimum(1)	maximum(100)	default(20)
//	@Param			minTotal		query		int			false	"At least"	extensions(x-nullable=true)
//	@Param			status			query		string		false	"Status"	Enums(open, paid, shipped)
//	@Param			X-Request-Id	header		string		false	"Request"
//	@Success		200				{array}		Order
//	@Header			200				{string}	X-Total	"How many"
//	@Failure		500				{object}	Problem
//	@Router			/orders [get]
func List(w http.ResponseWriter, r *http.Request) {}

// Create godoc
//
//	@Summary	Create an order
//	@ID			create-order
//	@Tags		orders
//	@Accept		json
//	@Produce	json
//	@Param		order	body		NewOrder	true	"The order"
//	@Success	201		{object}	Order
//	@Failure	400,422	{object}	Problem
//	@Failure	default	{object}	Problem
//	@Security	BearerAuth
//	@Router		/orders [post]
func Create(w http.ResponseWriter, r *http.Request) {}

// Get godoc
//
//	@Summary	Get an order
//	@Tags		orders
//	@Produce	json,xml
//	@Param		id	path		int	true	"The order's number"
//	@Success	200	{object}	Order
//	@Failure	404	{string}	string	"no such order"
//	@Router		/orders/{id} [get]
func Get(w http.ResponseWriter, r *http.Request) {}

// Delete godoc
//
//	@Tags		orders
//	@Param		id	path	int	true	"The order's number"
//	@Success	204
//	@Security	BearerAuth || BasicAuth
//	@Router		/orders/{id} [delete]
func Delete(w http.ResponseWriter, r *http.Request) {}

// Upload godoc
//
//	@Accept		multipart/form-data
//	@Param		id		path		int		true	"The order's number"
//	@Param		receipt	formData	file	true	"The receipt"
//	@Success	200		{object}	map[string]interface{}
//	@Router		/orders/{id}/receipt [post]
func Upload(w http.ResponseWriter, r *http.Request) {}

// File godoc
//
//	@Produce	octet-stream
//	@Param		path	path	string	true	"The file"
//	@Success	200		{file}	binary
//	@Router		/files/{path} [get]
func File(w http.ResponseWriter, r *http.Request) {}
GO

go run github.com/swaggo/swag/cmd/swag@v1.16.6 init --quiet --outputTypes json,yaml --output docs
cp docs/swagger.json "$here/swag.json"
cp docs/swagger.yaml "$here/swag.yaml"
