/** All results of a benchmark run, and functions to read them. */
import type { Kind, Measured, Step } from "./codes";
import type { ImportMeasured, PhaseCalls } from "./counts";
import type { Shares } from "./profile";
import type { Lever } from "./levers";
import type { QueryMeasured } from "./secrets";
import { spreadOf, type Spread } from "./spread";
import type { Run } from "./stack";
import type { WaitingMeasured } from "./waiting";

export interface Results {
  readonly texts: { readonly packed: number; readonly linked: number };
  readonly codes: readonly Measured[];
  /** The same AppCodes by the dynamic provider and by the plugin, in turn. */
  readonly hosts: readonly Measured[];
  /** Seconds of processor time until the plugin listens. */
  readonly starts: readonly number[];
  readonly queries: readonly QueryMeasured[];
  readonly mixed: readonly PhaseCalls[];
  readonly imported: ImportMeasured;
  readonly waiting: readonly WaitingMeasured[];
  /** For each setup an `up` of that many AppCodes. All but the first have one setting changed. */
  readonly levers: { readonly size: number; readonly all: readonly Lever[] };
  /** An `up` of the largest number of AppCodes, with a profile. */
  readonly profile: { readonly size: number; readonly run: Run; readonly shares: Shares };
}

export const megabyte = 1024 * 1024;

/** The sizes that were measured, ascending. */
export function sizesOf(codes: readonly Measured[]): number[] {
  return [...new Set(codes.map(({ size }) => size))].sort((one, other) => one - other);
}

export function largest(numbers: readonly number[]): number {
  return Math.max(...numbers);
}

/** One kind and size, in the order in which it was measured. */
export function chosen({ codes }: Results, kind: Kind, size: number): Measured[] {
  return codes.filter((each) => each.kind === kind && each.size === size);
}

/**
 * A value of AppCodes divided by that of another kind. The two of each pair were measured directly one after the other.
 */
export function ratio(results: Results, size: number, to: Kind, value: (measured: Measured) => number): Spread {
  return ratioOf(chosen(results, "AppCode", size), chosen(results, to, size), value);
}

/** The plugin divided by the dynamic provider, in the same way. */
export function pluginRatio({ hosts }: Results, value: (measured: Measured) => number): Spread {
  const of = (kind: Kind) => hosts.filter((each) => each.kind === kind);
  return ratioOf(of("PluginCode"), of("AppCode"), value);
}

function ratioOf(all: readonly Measured[], others: readonly Measured[], value: (measured: Measured) => number): Spread {
  const pairs = all.map((one, index) => {
    const other = others[index];
    return other === undefined ? NaN : value(one) / value(other);
  });
  return spreadOf(pairs);
}

export function seconds(step: Step): (measured: Measured) => number {
  return (measured) => measured[step].seconds;
}

export function cpu(step: Step): (measured: Measured) => number {
  return (measured) => measured[step].cpu;
}

/** The median of one value of a kind and size. */
export function typical(results: Results, kind: Kind, size: number, value: (measured: Measured) => number): number {
  return spreadOf(chosen(results, kind, size).map(value)).median;
}

/** How often operations were called. They have the names of the journal. */
export function callsOf({ calls }: Pick<Run, "calls">, which: (operation: string) => boolean = () => true): number {
  return Object.entries(calls)
    .filter(([operation]) => which(operation))
    .reduce((sum, [, count]) => sum + count, 0);
}
