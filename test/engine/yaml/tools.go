//go:build tools

// Package tools keeps the YAML language host in the requirements when `go mod tidy` runs.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
