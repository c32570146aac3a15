import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIT_CRITERIA } from '#domain/fit/fit-policy.ts';
import { MappingError } from '#errors/errors.ts';
import { createMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadIcp, parseIcp } from '#mapping/icp/load-icp.ts';

function refusal(text: string): string {
  try {
    parseIcp(text, 'mappings/icp.yaml');
  } catch (error) {
    if (error instanceof MappingError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the shipped ICP', () => {
  it('has the eight criteria of the general template', () => {
    const icp = loadIcp();
    expect(icp.criteria.map(({ name }) => name)).toEqual([...FIT_CRITERIA.general]);
    expect(icp).toMatchObject({ template: 'general', assumed: true, weights: null });
    expect(icp.avoid.map(({ reason }) => reason)).toEqual(['competitor', 'unserved']);
  });
});

describe('the ICP of a workspace', () => {
  it('stands instead of the shipped one, as a whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'icp-'));
    writeFileSync(
      join(folder, 'icp.yaml'),
      'assumed: false\ncriteria: { geo: { field: country, exact: [KR] } }\n',
    );
    const icp = loadIcp(createMappingFiles(folder));
    rmSync(folder, { recursive: true });
    expect(icp.criteria.map(({ name }) => name)).toEqual(['geo']);
    expect(icp).toMatchObject({ assumed: false, avoid: [] });
  });

  it('may use the criteria of the e-commerce template', () => {
    const icp = parseIcp(
      'template: ecommerce\ncriteria: { shipmentVolume: { field: parcels, exact: { from: 9000 } } }',
      'icp.yaml',
    );
    expect(icp.criteria[0]).toMatchObject({ name: 'shipmentVolume', field: 'parcels' });
  });
});

describe('an ICP that looks odd and is right', () => {
  it.each([
    [
      'a must-have met by adjacent alone',
      'maturity: { field: maturity, exact: { from: 6 }, adjacent: { from: 4 }, mustHave: true }',
    ],
    ['numbers as words', 'employees: { field: employees, exact: [1, 2] }'],
    ['a range on a text of codes', 'industry: { field: industry, exact: { from: 7370, to: 7379 } }'],
    [
      'an adjacent range beside exact',
      'employees: { field: employees, exact: { from: 100 }, adjacent: { from: 50, to: 99 } }',
    ],
    ['a field of the user', 'maturity: { field: itMaturity, exact: { from: 40 }, mustHave: true }'],
  ])('is taken: %s', (_what, criterion) => {
    expect(refusal(`criteria: { ${criterion} }`)).toBe('accepted');
  });
});

describe('an ICP that is wrong (invariant L7)', () => {
  it.each([
    ['a template that there is not', 'template: retail\ncriteria: {}', 'template'],
    [
      'a criterion of the other template',
      'criteria: { origin: { field: country, exact: [DE] } }',
      'criteria.origin: unknown key',
    ],
    ['a misspelt key', 'criteria: { geo: { field: country, exakt: [DE] } }', 'did you mean "exact"'],
    ['a criterion that matches nothing', 'criteria: { geo: { field: country } }', 'criteria.geo.exact'],
    ['no criterion', 'criteria: {}', 'criteria: read no criterion'],
    [
      'a range upside down',
      'criteria: { employees: { field: employees, exact: { from: 9, to: 2 } } }',
      'criteria.employees.exact: read from 9 to 2',
    ],
    [
      'a range without ends',
      'criteria: { employees: { field: employees, exact: {} } }',
      'a range without ends',
    ],
    [
      'words beside a range',
      'criteria: { employees: { field: employees, exact: { from: 9 }, adjacent: [many] } }',
      'words beside a range',
    ],
    [
      'a word on two sides',
      'criteria: { budget: { field: budget, exact: [Yes], adjacent: [YES] } }',
      'criteria.budget.adjacent: read "YES", which is in exact too',
    ],
    [
      'a country that is no code',
      'criteria: { geo: { field: country, exact: [Germany] } }',
      'read "Germany"; wanted: a two-letter country code',
    ],
    [
      'weights that do not add up',
      'criteria: { geo: { field: country, exact: [DE] } }\nweights: { geo: 90 }',
      'weights: read weights that add up to 90',
    ],
    [
      'a criterion without its weight',
      'criteria: { geo: { field: country, exact: [DE] }, tech: { field: t, exact: [a] } }\nweights: { geo: 100 }',
      'no weight for tech',
    ],
    [
      'a weight without its criterion',
      'criteria: { geo: { field: country, exact: [DE] } }\nweights: { geo: 60, tech: 40 }',
      'weights.tech: read a weight without a criterion',
    ],
    [
      'a country that there is not',
      'criteria: { geo: { field: country, exact: [DE, ZZ] } }',
      'criteria.geo.exact: read "ZZ", which is no country',
    ],
    [
      'an adjacent range that adds nothing',
      'criteria: { employees: { field: employees, exact: { from: 100 }, adjacent: { from: 200, to: 900 } } }',
      'criteria.employees.adjacent: read a range that lies within exact',
    ],
    [
      'words for a number',
      'criteria: { revenue: { field: annualRevenue, exact: [large] } }',
      'criteria.revenue.exact: read "large", and annualRevenue is a number',
    ],
    [
      'a range for a list',
      'criteria: { tech: { field: technologies, exact: { from: 3 } } }',
      'criteria.tech.exact: read a range, and technologies is no number',
    ],
    [
      'a criterion on what Tierline computed',
      'criteria: { maturity: { field: engagement, exact: { from: 50 } } }',
      'criteria.maturity.field: read engagement, which Tierline writes itself',
    ],
    [
      'a must-have that no company can meet, by range',
      'criteria: { maturity: { field: maturity, exact: { from: 6 }, mustHave: true } }',
      'criteria.maturity.mustHave: read true, and no company can meet it: maturity is 1 to 5',
    ],
    [
      'a must-have that no company can meet, by word',
      'criteria: { budget: { field: budget, exact: [approved], mustHave: true } }',
      'budget is one of confirmed, likely, unknown, frozen',
    ],
    [
      'a word that is sought and avoided',
      'criteria: { geo: { field: country, exact: [US], adjacent: [FR] } }\navoid: [{ field: country, in: [fr], reason: x }]',
      'avoid[0].in: read "fr", which criteria.geo.adjacent looks for',
    ],
    [
      'an avoid rule without a reason',
      'criteria: { geo: { field: country, exact: [DE] } }\navoid: [{ field: type, in: [x] }]',
      'avoid[0].reason',
    ],
  ])('is refused for %s', (_what, text, message) => {
    const told = refusal(text);
    expect(told).toContain('mappings/icp.yaml');
    expect(told).toContain(message);
  });
});
