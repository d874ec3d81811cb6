import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Refuses imports that a layer must not have, with the reason in the message. */
const wall = (files, group, message, ignores = []) => ({
  files,
  ignores,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
});

/** The folders of `provider/`, lowest first: each may import from those before it. */
const layers = [
  "http",
  "clients",
  "auth",
  "settings",
  "lifecycle",
  "definition",
  "resources",
  "functions",
  "hosts",
  "cli",
];

const outside = ["**/test/**", "**/simulator/**"];
const sdk = ["@pulumi/*"];

/** Runs at build only, and is not in the package. */
const generator = ["**/schema/**", "typescript"];

/** The refused imports of each layer. The command is above all, but needs no host. Below the hosts only the class of the explicit provider uses the SDK. */
const layerWalls = layers.flatMap((layer, index) => {
  const above = layers.slice(index + 1).map((name) => `**/${name}/**`);
  const message = `${layer}/ may import from what is below it only: ${layers.slice(0, index).join(", ") || "nothing"}.`;
  const files = [`provider/${layer}/**/*.ts`];
  if (layer === "cli") {
    const why = "cli/ may import from what is below the hosts only, and the engine's SDK is none of its business.";
    return [wall(files, ["**/hosts/**", ...outside, ...sdk], why)];
  }
  if (layer === "hosts") {
    const build = "provider/hosts/plugin/schema/**";
    const why = `${message} What generates the schema is not in the package, and its compiler neither.`;
    return [
      wall(files, [...above, ...outside, ...generator], why, [build]),
      wall([build], [...above, ...outside], message),
    ];
  }
  const free = "provider/settings/provider.ts";
  return [
    wall(files, [...above, ...outside, ...sdk], message, [free]),
    ...(layer === "settings" ? [wall([free], [...above, ...outside], message)] : []),
  ];
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
    // The modules of shells are made at build: no import can name them.
    files: ["provider/hosts/dynamic/shells.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  wall(
    ["provider/*.ts"],
    [...outside, ...generator],
    "The provider knows nothing of the tests and of what runs at build.",
  ),
  ...layerWalls,
  wall(
    ["test/simulator/**/*.ts"],
    ["**/provider/**", "pulumi-apig", "pulumi-apig/*"],
    "The simulator shares nothing with the client.",
  ),
);
