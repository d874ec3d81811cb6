import { z } from "zod";

/** Control characters (ASCII 0 to 31) and the marks that no tag and no match may contain. */
const forbidden = (character: string): boolean => character < " " || "*<>\\=".includes(character);

/** Text of so many Unicode characters without the forbidden ones. */
export const text = (from: number, to: number) =>
  z.string().refine((value) => {
    const characters = Array.from(value);
    return characters.length >= from && characters.length <= to && !characters.some(forbidden);
  });

/** The seed page stops at 36 and 43 characters, the current SDKs at 128 and 255: the service is known to take those. */
export const tagKey = text(1, 128);
export const tagValue = text(0, 255);

/** A list without repetitions, as `of` sees them. */
export const unique = <Item extends z.ZodType>(list: z.ZodArray<Item>, of: (item: z.output<Item>) => unknown) =>
  list.refine((items) => new Set(items.map(of)).size === items.length);
