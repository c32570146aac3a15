// What every kind of metadata component can do, and how a component is refused.
import type { XmlElement } from './xml.ts';

export interface MetadataError {
  readonly statusCode: string;
  readonly message: string;
}

export const metadataError = (statusCode: string, message: string): MetadataError => ({
  statusCode,
  message,
});

export const requiredFieldMissing = (name: string): MetadataError =>
  metadataError('REQUIRED_FIELD_MISSING', `Required field is missing: ${name}`);

export const noSuchComponent = (type: string, fullName: string): MetadataError =>
  metadataError(
    'INVALID_CROSS_REFERENCE_KEY',
    `Entity of type '${type}' named '${fullName}' cannot be found`,
  );

export interface ComponentListing {
  readonly fullName: string;
  readonly id: string;
}

export interface ComponentType {
  readonly xmlName: string;
  readonly directoryName: string;
  readonly suffix: string;
  readonly childXmlNames: readonly string[];
  exists(fullName: string): boolean;
  /** Creates or replaces; an empty list means it was saved. */
  save(fullName: string, component: XmlElement): readonly MetadataError[];
  remove(fullName: string): readonly MetadataError[];
  /** The component's elements, `fullName` first; null when there is none. */
  read(fullName: string): readonly XmlElement[] | null;
  list(): readonly ComponentListing[];
}
