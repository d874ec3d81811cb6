/** Charts of how the measurements grow with the number of objects. */
import { perApp, type Kind } from "./codes";
import type { Chart } from "./plot";
import { callsOf, chosen, seconds, sizesOf, typical, type Results } from "./results";
import { pageLatency } from "./secrets";
import { spreadOf } from "./spread";

export function chartsOf(results: Results): Chart[] {
  const sizes = sizesOf(results.codes);
  const bySize = (value: (size: number) => number) => sizes.map((size) => [size, value(size)] as const);
  const secrets = [...new Set(results.queries.map((each) => each.secrets))];
  const bySecrets = (value: (each: Results["queries"][number]) => number) =>
    secrets.map((size) => {
      const values = results.queries.filter((each) => each.secrets === size).map(value);
      return [size, spreadOf(values).median] as const;
    });
  const upSeconds = (kind: Kind) => bySize((size) => typical(results, kind, size, seconds("up")));
  const refreshCalls = (size: number) => callsOf(chosen(results, "AppCode", size)[0]?.refresh ?? { calls: {} });
  return [
    {
      title: "up, seconds",
      x: "resources",
      series: [
        { name: "AppCode", points: upSeconds("AppCode") },
        { name: "same shape", points: upSeconds("SameShape") },
        { name: "bare", points: upSeconds("Bare") },
      ],
    },
    {
      title: "up, processor seconds of the provider",
      x: "resources",
      series: [
        { name: "AppCode", points: bySize((size) => typical(results, "AppCode", size, ({ up }) => up.provider.cpu)) },
        {
          name: "same shape",
          points: bySize((size) => typical(results, "SameShape", size, ({ up }) => up.provider.cpu)),
        },
      ],
    },
    {
      title: `refresh, calls (${perApp} AppCodes an app)`,
      x: "AppCodes",
      series: [
        { name: "pulumi-apig", points: bySize(refreshCalls) },
        { name: "one a code", points: bySize((size) => size) },
      ],
    },
    {
      title: `tag query, seconds (${pageLatency} ms a page)`,
      x: "secrets",
      series: [
        { name: "query", points: bySecrets(({ query }) => query) },
        { name: "reading the pages", points: bySecrets(({ pages }) => pages) },
      ],
    },
  ];
}
