// Carries out an uploaded file: each line becomes one insert, update, upsert or delete, and one result.
// Empty cells leave a field alone, `#N/A` clears it, `Account.Ext__c` names a parent by its external id.

import { deleteRow } from '../dml/delete-row.ts';
import type { DmlContext } from '../dml/dml-context.ts';
import { type DmlError, dmlError, duplicateInCall } from '../dml/dml-error.ts';
import { type DmlOutcome, refused } from '../dml/dml-outcome.ts';
import { findUpsertField, upsertRow } from '../dml/upsert-row.ts';
import { insertRow, updateRow } from '../dml/write-row.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { parseId } from '../org/salesforce-id.ts';
import { type CsvFormat, readCsv } from './csv.ts';

export const INGEST_OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;
export type IngestOperation = (typeof INGEST_OPERATIONS)[number];

export interface IngestTask {
  readonly context: DmlContext;
  readonly object: ObjectDefinition;
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | null;
  readonly format: CsvFormat;
  readonly csv: string;
}

export interface IngestLine {
  readonly cells: readonly string[];
  readonly outcome: DmlOutcome;
}

export type IngestResult =
  | { readonly header: readonly string[]; readonly lines: readonly IngestLine[] }
  | { readonly problem: string };

const CLEAR = '#N/A';
/** Rows are saved in chunks of this many; duplicates are noticed within one. */
const CHUNK = 200;

export const runIngest = (task: IngestTask): IngestResult => {
  const reading = readCsv(task.csv, task.format);
  if ('problem' in reading) return reading;
  const { header } = reading;
  const known = header.map((name) => isKnownColumn(task, name));
  const unknown = header.find((_name, index) => known[index] === false);
  if (unknown !== undefined && task.context.org.quirks.bulkUnknownColumn === 'fail') {
    return { problem: `InvalidBatch : Field name not found : ${unknown}` };
  }
  const seen = new Set<string>();
  const lines = reading.lines.map((cells, index): IngestLine => {
    if (index % CHUNK === 0) seen.clear();
    const input = toInput(header, known, cells);
    return { cells, outcome: translate(runLine(task, input, seen)) };
  });
  return { header, lines };
};

const isKnownColumn = ({ context, object }: IngestTask, name: string): boolean => {
  const { org, access } = context;
  const [first = '', nested] = name.split('.');
  if (nested !== undefined) {
    return object.fields.some((field) => field.relationshipName?.toLowerCase() === first.toLowerCase());
  }
  const field = org.schema.findField(object, first);
  return field !== undefined && access.sees(object, field);
};

type Input = Record<string, unknown>;

const toInput = (header: readonly string[], known: readonly boolean[], cells: readonly string[]): Input => {
  const input: Input = {};
  for (const [index, name] of header.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '' || known[index] === false) continue;
    const value = cell === CLEAR ? null : cell;
    const [first = '', nested] = name.split('.');
    input[first] = nested === undefined || value === null ? value : { [nested]: value };
  }
  return input;
};

const runLine = (task: IngestTask, input: Input, seen: Set<string>): DmlOutcome => {
  const { context, object, operation } = task;
  switch (operation) {
    case 'insert':
      return insertRow(context, object, input);
    case 'upsert':
      return upsertLine(task, input, seen);
    case 'update':
    case 'delete':
    case 'hardDelete': {
      const id = idIn(input);
      if (id === null) {
        return refused([
          dmlError(
            'MISSING_ARGUMENT',
            `Id not specified in an ${operation === 'update' ? 'update' : 'delete'} call`,
          ),
        ]);
      }
      const key = parseId(id) ?? id;
      if (seen.has(key) && context.org.quirks.duplicateIdInUpdate === 'error') {
        return refused([duplicateInCall(`Duplicate id in list: ${key}`)], key);
      }
      seen.add(key);
      if (operation === 'update') return updateRow(context, object, id, input);
      const outcome = deleteRow(context, object, id);
      if (outcome.success && operation === 'hardDelete') context.org.purge(object.name, outcome.id);
      return outcome;
    }
  }
};

const upsertLine = (task: IngestTask, input: Input, seen: Set<string>): DmlOutcome => {
  const { context, object, externalIdFieldName } = task;
  const field = findUpsertField(context, object, externalIdFieldName ?? '');
  if (field === null) {
    return refused([
      dmlError(
        'INVALID_FIELD',
        `Field name provided, ${externalIdFieldName ?? ''} is not an External ID or indexed field for ${object.name}`,
      ),
    ]);
  }
  const key = Object.entries(input).find(([name]) => name.toLowerCase() === field.name.toLowerCase())?.[1];
  if (typeof key === 'string') {
    if (seen.has(key)) return refused([duplicateInCall(`Duplicate external id specified: ${key}`)]);
    seen.add(key);
  }
  return upsertRow(context, object, field, input);
};

const idIn = (input: Input): string | null => {
  const id = Object.entries(input).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return typeof id === 'string' ? id : null;
};

/** A cell of the wrong type is a row error here, not a fault of the whole call. */
const translate = (outcome: DmlOutcome): DmlOutcome =>
  outcome.success ? outcome : { ...outcome, errors: outcome.errors.map(translateError) };

const translateError = (error: DmlError): DmlError => {
  if (error.statusCode !== 'JSON_PARSER_ERROR') return error;
  const value = / value (.*) or request may be missing/s.exec(error.message)?.[1] ?? '';
  return dmlError(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `${error.fields[0] ?? ''}: value not of required type: ${value}`,
    error.fields,
  );
};

/** `CODE:message:Field --`, as sf__Error prints it. */
export const printRowErrors = (errors: readonly DmlError[]): string =>
  errors
    .map(({ statusCode, message, fields }) => {
      const named = fields.length === 0 ? '--' : `${fields.join(',')} --`;
      return `${statusCode}:${message}:${named}`;
    })
    .join(';');
