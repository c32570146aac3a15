// A property or group definition as the wire shows it.

import type { PropertyDefinition, PropertyGroup } from './definition.ts';
import { formatTimestamp } from './stored-value.ts';

export const renderProperty = (definition: PropertyDefinition): Record<string, unknown> => ({
  updatedAt: formatTimestamp(definition.updatedAtMs),
  createdAt: formatTimestamp(definition.createdAtMs),
  name: definition.name,
  label: definition.label,
  type: definition.type,
  fieldType: definition.fieldType,
  description: definition.description,
  groupName: definition.groupName,
  options: definition.options,
  ...(definition.ownerReference ? { referencedObjectType: 'OWNER' } : {}),
  externalOptions: definition.ownerReference,
  displayOrder: definition.displayOrder,
  calculated: false,
  hasUniqueValue: definition.hasUniqueValue,
  hidden: definition.hidden,
  ...(definition.hubspotDefined ? { hubspotDefined: true } : {}),
  modificationMetadata: {
    archivable: !definition.hubspotDefined,
    readOnlyDefinition: definition.hubspotDefined,
    readOnlyValue: definition.readOnlyValue,
    ...(definition.hubspotDefined ? { readOnlyOptions: false } : {}),
  },
  formField: definition.formField,
  dataSensitivity: 'non_sensitive',
  // A live property of HubSpot's own was seen without `archived`; a portal's own always has it.
  ...(definition.hubspotDefined && definition.archivedAtMs === null
    ? {}
    : { archived: definition.archivedAtMs !== null }),
  ...(definition.archivedAtMs === null ? {} : { archivedAt: formatTimestamp(definition.archivedAtMs) }),
});

export const renderGroup = ({
  name,
  label,
  displayOrder,
  archived,
}: PropertyGroup): Record<string, unknown> => ({
  name,
  label,
  displayOrder,
  archived,
});
