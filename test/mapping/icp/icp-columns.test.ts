import { describe, expect, it } from 'vitest';
import { columnsOfIcp } from '#mapping/icp/icp-columns.ts';
import { parseIcp } from '#mapping/icp/load-icp.ts';

const columnsOf = (text: string) => columnsOfIcp(parseIcp(text, 'icp.yaml'));

const origin = (words: string) =>
  columnsOf(`{ template: ecommerce, criteria: { origin: { field: originCountry, exact: ${words} } } }`);

describe('the columns a profile asks of firmographics', () => {
  it('are those of its own fields, numbers for ranges and lists for words', () => {
    expect(
      columnsOf(`
template: ecommerce
criteria:
  companySize: { field: employees, exact: { from: 50 } }
  shipmentVolume: { field: shipmentVolume, exact: { from: 10000 } }
  productCategory: { field: productCategory, exact: [Apparel], adjacent: [Shoes] }
`),
    ).toEqual([
      { name: 'shipment_volume', type: 'number' },
      { name: 'product_category', type: 'list' },
    ]);
  });

  it('are countries for a place told in codes, and words for one told otherwise', () => {
    expect(origin('[CN, VN]')).toEqual([{ name: 'origin_country', type: 'country' }]);
    expect(origin('[CN, Asia]')).toEqual([{ name: 'origin_country', type: 'list' }]);
  });

  it('are those of the avoid list too', () => {
    expect(
      columnsOf(
        '{ criteria: { geo: { field: country, exact: [DE] } }, avoid: [{ field: sellsTo, in: [Government], reason: x }] }',
      ),
    ).toEqual([{ name: 'sells_to', type: 'list' }]);
  });
});
