/** Minimum, median and maximum of a measurement that was repeated. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number): number => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}

/** `1.08 (1.05 to 1.12)`, or one number if there is no spread. */
export function spreadText({ min, median, max }: Spread, digits: number, unit = ""): string {
  const [low, middle, high] = [min, median, max].map((value) => value.toFixed(digits));
  return low === high ? `${middle}${unit}` : `${middle}${unit} (${low} to ${high})`;
}
