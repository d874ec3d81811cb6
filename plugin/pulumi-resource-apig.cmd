@node "%~dp0pulumi-resource-apig" %*
