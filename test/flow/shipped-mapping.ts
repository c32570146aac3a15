// The text of a shipped mapping, for tests that change a line of it.
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';

export function shippedMapping(relativePath: string): string {
  const file = shippedMappingFiles(relativePath);
  if (file === null) throw new Error(`there is no shipped mapping ${relativePath}`);
  return file.text;
}
