//go:build tools

// Package tools keeps the command line interface in the requirements when `go mod tidy` runs.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
