// One record as the org stores it. Rows are never changed in place: a query's page may still hold the old one.

/** Dates are `YYYY-MM-DD`, datetimes `YYYY-MM-DDThh:mm:ss.000+0000`: both compare as text. */
export type FieldValue = string | number | boolean | null;

export type Row = Readonly<Record<string, FieldValue>>;

export const valueOf = (row: Row, field: string): FieldValue => row[field] ?? null;

export const textOf = (row: Row, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' ? value : null;
};

export const idOf = (row: Row): string => String(row['Id']);

export const isDeleted = (row: Row): boolean => row['IsDeleted'] === true;
