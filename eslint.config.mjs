import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Refuses imports that point upward, or across a wall, with the reason in the message. */
const walls = (files, group, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", ".pulumi-apig/**"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // Both TypeScript (noPropertyAccessFromIndexSignature) and this rule look at obj["key"]; TypeScript wins.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      // `import shell = require("…")` is how a CommonJS `export =` is read.
      "@typescript-eslint/no-require-imports": ["error", { allowAsImport: true }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    // Command line programs talk on the console.
    files: ["test/**/*.ts", "examples/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**/*.spec.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // Shells are serialized into users' state: their bodies may only require the package by name.
    files: ["provider/shells/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  walls(["provider/**/*.ts"], ["**/test/**", "**/simulator/**"], "The provider knows nothing of the tests."),
  walls(
    ["provider/http/**/*.ts", "provider/openapi/**/*.ts"],
    ["**/auth/**", "**/clients/**", "**/resources/**", "**/lifecycle", "@pulumi/*"],
    "Imports point downward only.",
  ),
  walls(["provider/auth/**/*.ts"], ["**/resources/**", "**/lifecycle", "@pulumi/*"], "Imports point downward only."),
  walls(["provider/clients/**/*.ts"], ["**/resources/**", "**/lifecycle", "@pulumi/*"], "Imports point downward only."),
  walls(
    ["test/simulator/**/*.ts"],
    ["**/provider/**", "pulumi-apig", "pulumi-apig/*"],
    "The simulator shares nothing with the client.",
  ),
);
