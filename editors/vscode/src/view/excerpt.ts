/** The part of a line around a use that fits into a row of a view. Independent of the editor and the server. */

/** How much is shown before a use, and in total, in characters. */
const BEFORE = 24;
const LONGEST = 160;

/** A part of a line, and where the use is in it. */
export interface Excerpt {
  readonly label: string;
  readonly highlights: [number, number][];
}

/** Return the part of a line around the characters from `start` to `end`, without the indentation. */
export function excerpt(line: string, start: number, end: number): Excerpt {
  const indent = line.length - line.trimStart().length;
  const cut = start - indent > BEFORE ? start - BEFORE : indent;
  const mark = cut > indent ? '…' : '';
  const label = `${mark}${line.slice(cut, cut + LONGEST)}`;
  const first = start - cut + mark.length;
  return { label, highlights: [[first, Math.min(first + end - start, label.length)]] };
}
