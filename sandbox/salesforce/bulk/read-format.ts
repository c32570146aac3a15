// Reads the CSV settings of a new job.
import { type JsonObject, textIn } from '../org/json.ts';
import { apiError } from '../rest/api-error.ts';
import { type CsvFormat, isDelimiterName, isLineEndingName } from './csv.ts';

export const readCsvFormat = (body: JsonObject): CsvFormat => {
  const delimiter = textIn(body, 'columnDelimiter') ?? 'COMMA';
  const lineEnding = textIn(body, 'lineEnding') ?? 'LF';
  if (!isDelimiterName(delimiter)) throw apiError(400, 'INVALIDJOB', `Unknown columnDelimiter: ${delimiter}`);
  if (!isLineEndingName(lineEnding)) throw apiError(400, 'INVALIDJOB', `Unknown lineEnding: ${lineEnding}`);
  return { delimiter, lineEnding };
};
