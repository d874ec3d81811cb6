//go:build tools

// Package tools keeps the language host in the requirements when `go mod tidy` runs.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
