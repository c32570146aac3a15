// Puts our section on a page layout and leaves everything else of it as it is. Knows no call.
import type { FieldToInstall } from '#ports/crm.ts';
import type { MetadataDocument } from './metadata-store.ts';

export const SECTION_LABEL = 'Tierline';

type Part = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly Part[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).filter(
    (part): part is Part => typeof part === 'object' && part !== null,
  );

const sectionsOf = (layout: MetadataDocument): readonly Part[] => listOf(layout['layoutSections']);
const columnsOf = (section: Part): readonly Part[] => listOf(section['layoutColumns']);
const itemsOf = (column: Part): readonly Part[] => listOf(column['layoutItems']);

export const missingOnLayout = (
  layout: MetadataDocument,
  fields: readonly FieldToInstall[],
): readonly FieldToInstall[] => {
  const placed = new Set(
    sectionsOf(layout)
      .flatMap(columnsOf)
      .flatMap(itemsOf)
      .map((item) => item['field']),
  );
  return fields.filter(({ name }) => !placed.has(name));
};

/** Adds the fields to our section, which is made below the first one when the layout has none. */
export const withFields = (layout: MetadataDocument, fields: readonly FieldToInstall[]): MetadataDocument => {
  const sections = [...sectionsOf(layout)];
  const standing = sections.findIndex((section) => section['label'] === SECTION_LABEL);
  const index = standing === -1 ? Math.min(1, sections.length) : standing;
  const section = sections[standing] ?? EMPTY_SECTION;
  sections.splice(index, standing === -1 ? 0 : 1, addItems(section, fields));
  return { ...layout, layoutSections: sections };
};

const EMPTY_SECTION: Part = {
  customLabel: true,
  detailHeading: true,
  editHeading: true,
  label: SECTION_LABEL,
  layoutColumns: [{ layoutItems: [] }, { layoutItems: [] }],
  style: 'TwoColumnsTopToBottom',
};

const addItems = (section: Part, fields: readonly FieldToInstall[]): Part => {
  const columns = columnsOf(section).map((column) => ({ ...column, layoutItems: [...itemsOf(column)] }));
  if (columns.length === 0) columns.push({ layoutItems: [] });
  for (const { name, editableByUsers } of fields) {
    // The shortest column, the left one first.
    const shortest = columns.reduce((best, column) =>
      column.layoutItems.length < best.layoutItems.length ? column : best,
    );
    shortest.layoutItems.push({ behavior: editableByUsers ? 'Edit' : 'Readonly', field: name });
  }
  return { ...section, layoutColumns: columns };
};

/** True when the layout shows the rows of that object beneath a record. */
export const showsRelatedList = (layout: MetadataDocument, crmObject: string): boolean =>
  listOf(layout['relatedLists']).some((list) => String(list['relatedList']).startsWith(`${crmObject}.`));
