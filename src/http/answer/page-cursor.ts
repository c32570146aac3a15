// Where a page ended, as text that callers pass back and need not read.
import { z } from 'zod';

/** A query parameter that holds a position of this shape. */
export function pageCursor<Schema extends z.ZodType>(position: Schema) {
  return z
    .string()
    .max(2_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      } catch {
        context.addIssue({ code: 'custom', message: 'this is no cursor of an answer' });
        return z.NEVER;
      }
    })
    .pipe(position)
    .describe('`next` of the page before');
}

export function toPageCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
