// What the command line answers to wrong input: an exit code, a message that names file, record or field and what to do, no
// secret, and nothing written.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { castMarket } from '#test/flow/cast.ts';
import { AS_OF, type Flow, startFlow } from '#test/flow/flow-fixture.ts';
import { shippedMapping } from '#test/flow/shipped-mapping.ts';
import { changedSince, type Snapshot, takeSnapshot } from '#test/flow/snapshot.ts';
import { type CliResult, runCli } from './spawn-cli.ts';
import { makeVariant, type Variant } from './workspace-variant.ts';

const TIMEOUT_MS = 60_000;
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_3' },
      { name: 'Cobaltine', plays: 'tier_3', company: { domain: 'cobaltine.com' } },
      { name: 'Cobaltine', plays: 'tier_3', company: { domain: 'cobaltine-stores.de', country: 'DE' } },
    ]),
  );
}, TIMEOUT_MS);

async function sync(variant: Variant, args: readonly string[] = [], env = {}): Promise<CliResult> {
  const folder = await makeVariant(flow, variant);
  return runCli(['sync', '--workspace', folder, '--as-of', AS_OF, ...args], { env });
}

const secrets = () => [flow.salesforce.clientSecret, flow.hubspot.token, 'pat-na1-wrong', 'wrong-secret'];

function expectNoSecret({ stdout, stderr }: CliResult): void {
  for (const secret of secrets()) expect(`${stdout}${stderr}`).not.toContain(secret);
}

const withAccountMapping = (change: (text: string) => string): Variant => ({
  yaml: (document) => (document['mappings'] = 'mappings'),
  files: { 'mappings/salesforce/account.yaml': change(shippedMapping('salesforce/account.yaml')) },
});

const firmo = (content: string | Uint8Array, settings: object = {}, file = 'data/firmo.csv'): Variant => ({
  yaml: ({ sources }) => {
    sources.splice(0, sources.length, { id: 'firmo', kind: 'firmographics', file, ...settings });
  },
  files: { [file]: content },
});

const dryRun = async (variant: Variant, env = {}) => {
  const result = await sync(variant, ['--dry-run', '--json'], env);
  return {
    ...result,
    report: JSON.parse(result.stdout === '' ? 'null' : result.stdout) as {
      ignored: { sourceRows: number };
    },
  };
};

const csv = (content: string | Uint8Array, settings: object = {}): Variant => ({
  yaml: ({ sources }) => {
    sources.splice(0, sources.length, {
      id: 'firmo',
      kind: 'firmographics',
      file: 'data/firmo.csv',
      ...settings,
    });
  },
  files: { 'data/firmo.csv': content },
});

let before: Snapshot;

beforeEach(() => {
  before = takeSnapshot(flow);
  flow.salesforce.calls.reset();
  flow.hubspot.calls.reset();
});

describe('wrong input', { timeout: TIMEOUT_MS }, () => {
  // Holds for every test of this block.
  afterEach(() => {
    const written = changedSince(before, flow);
    const writes = flow.salesforce.calls.count('write') + flow.hubspot.calls.count('write');
    if (written.length > 0 || writes > 0) throw new Error(`${writes} writes changed ${written.join(', ')}`);
  });

  describe('in tierline.yaml', () => {
    it('a missing variable is named with its place', async () => {
      const result = await sync({
        yaml: ({ connections }) => {
          connections[0] = {
            ...connections[0],
            auth: {
              flow: 'client-credentials',
              loginUrl: flow.salesforce.url,
              clientId: 'x',
              clientSecret: '${SF_SECRET}',
            },
          };
        },
      });
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('tierline.yaml');
      expect(result.stderr).toContain('connections[0].auth.clientSecret');
      expect(result.stderr).toContain('Set SF_SECRET, or SF_SECRET_FILE');
    });

    it('an unknown key is named with the nearest known one', async () => {
      const result = await sync({ yaml: (document) => (document['conections'] = []) });
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/conections: unknown key; did you mean "connections"/u);
    });

    it('a value of the wrong type is named with what was read', async () => {
      const result = await sync({ yaml: (document) => (document['rates'] = { EUR: 'one and a bit' }) });
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/rates\.EUR: .*read "one and a bit"/u);
    });

    it('a file that is no YAML is named with the line', async () => {
      const folder = await makeVariant(flow);
      writeFileSync(path.join(folder, 'tierline.yaml'), 'name: acme\nconnections: [\n');
      const result = await runCli(['sync', '--workspace', folder]);
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/tierline\.yaml: .*line/su);
    });

    it('a secret of the wrong type is not shown', async () => {
      const result = await sync({
        yaml: ({ connections }) => {
          connections[1] = { ...connections[1], auth: { flow: 'access-token', token: ['pat-na1-wrong'] } };
        },
      });
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('connections[1].auth.token');
      expectNoSecret(result);
    });

    it('a missing workspace is named with how to make one', async () => {
      const result = await runCli(['sync', '--workspace', path.join(flow.folder, 'nowhere')]);
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('tierline init DIR');
    });
  });

  describe('in a mapping', () => {
    it('an unknown key is named with file, field and the nearest known one', async () => {
      const result = await sync(
        withAccountMapping((text) =>
          text.replace('industry: { crm: Industry, read: true }', 'industry: { crm: Industry, reads: true }'),
        ),
      );
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('mappings/salesforce/account.yaml');
      expect(result.stderr).toMatch(/fields\.industry\.reads: unknown key; did you mean "read"/u);
    });

    it('an unknown field of ours is named with the nearest known one', async () => {
      const result = await sync(withAccountMapping((text) => text.replace('  industry: {', '  industri: {')));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/fields\.industri: .*did you mean "industry"/u);
    });

    it('a type that a field cannot have is named', async () => {
      const result = await sync(
        withAccountMapping((text) =>
          text.replace(
            'industry: { crm: Industry, read: true }',
            'industry: { crm: Industry, read: true, type: number }',
          ),
        ),
      );
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/fields\.industry\.type: read "number", but industry is always text/u);
    });

    it('a field that the CRM lacks is named with object, file and what to do', async () => {
      const result = await sync(
        withAccountMapping((text) => text.replace('crm: NumberOfEmployees', 'crm: Staff__c')),
        ['--connection', 'sf'],
      );
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('Account.Staff__c');
      expect(result.stderr).toMatch(/account\.yaml: fields\.employees/u);
      expect(result.stderr).toContain('tierline setup --connection sf');
    });

    it('a policy that contradicts itself stops the run before any call', async () => {
      const result = await sync({
        yaml: (document) => (document['mappings'] = 'mappings'),
        files: { 'mappings/policy.yaml': 'fit: { strong: { enter: 60, stay: 55 } }\n' },
      });
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('policy.yaml');
      expect(result.stderr).toMatch(/fit\./u);
      expect(flow.salesforce.calls.count() + flow.hubspot.calls.count()).toBe(0);
    });
  });

  describe('towards the CRM', () => {
    it.each(['sf', 'hs'] as const)(
      'what %s does not accept as a login ends with 4 and says where to look',
      async (id) => {
        const result = await sync(
          {
            yaml: ({ connections }) => {
              const [sf, hs] = connections;
              if (id === 'sf') Object.assign(sf?.['auth'] as object, { clientSecret: 'wrong-secret' });
              else Object.assign(hs?.['auth'] as object, { token: 'pat-na1-wrong' });
            },
          },
          ['--connection', id],
        );
        expect(result.exitCode).toBe(4);
        expect(result.stderr).toContain(id);
        expect(result.stderr).toMatch(id === 'sf' ? /client ?secret|consumer/iu : /service key|token/iu);
        expectNoSecret(result);
      },
    );

    it('a wrong login address is named', async () => {
      const result = await sync(
        {
          yaml: ({ connections }) => {
            Object.assign(connections[0]?.['auth'] as object, {
              loginUrl: 'https://acme.lightning.force.com',
            });
          },
        },
        ['--connection', 'sf'],
      );
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/loginUrl/u);
      expect(result.stderr).toContain('my.salesforce.com');
    });

    it('an address that nobody answers at is told as such, and no stack is shown', async () => {
      const result = await sync(
        {
          yaml: ({ connections }) => {
            Object.assign(connections[1] ?? {}, { baseUrl: 'http://127.0.0.1:1' });
          },
        },
        ['--connection', 'hs'],
      );
      expect(result.exitCode).toBe(1);
      expect(result.stderr).toMatch(/hs/u);
      expect(result.stderr).not.toMatch(/\n\s+at /u);
      expectNoSecret(result);
    });
  });

  describe('in a source', () => {
    it('a missing file is named', async () => {
      const result = await sync(firmo('', { file: 'data/nowhere.csv' }));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('data/nowhere.csv');
      expect(result.stderr).toMatch(/Put the file there/u);
    });

    it('an unknown column is named with the nearest known one and how to pass over it', async () => {
      const result = await sync(firmo('domain,employes\nabalone.com,12\n'));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/firmo\.csv: the column "employes".*did you mean "employees"/u);
      expect(result.stderr).toContain('ignore: ["employes"]');
    });

    it('a column that names no company is asked for', async () => {
      const result = await sync(firmo('industry,employees\nSoftware,12\n'));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/no column that names the company/u);
    });

    it('another encoding than the one named is told with the line', async () => {
      const bytes = Buffer.from(
        'domain,industry\nabalone.com,Software\nm\u00fcller.de,Maschinenbau\n',
        'latin1',
      );
      const result = await sync(firmo(bytes));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/firmo\.csv is not UTF-8/u);
      expect(result.stderr).toContain('windows-1252');
    });

    it('a file that is no gzip is named', async () => {
      const result = await sync(firmo('domain\nabalone.com\n', {}, 'data/firmo.csv.gz'));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toContain('data/firmo.csv.gz');
    });

    it('an empty file is named', async () => {
      const result = await sync(firmo(''));
      expect(result.exitCode).toBe(5);
      expect(result.stderr).toMatch(/firmo\.csv has no usable header/u);
    });
  });

  describe('on the command line', () => {
    it('an unknown connection ends with 2 and the list', async () => {
      const result = await sync({}, ['--connection', 'sap']);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(/"sap".*sf, hs/u);
    });

    it('an ambiguous account ends with 2 and the list', async () => {
      const result = await sync({}, ['--account', 'Cobaltine']);
      expect(result.exitCode).toBe(2);
      for (const { id } of flow.sf.accounts().filter(({ name }) => name === 'Cobaltine'))
        expect(result.stderr).toContain(id);
    });

    it('an account that nobody knows ends with 2', async () => {
      const result = await sync({}, ['--account', 'Nobody Inc']);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toContain('"Nobody Inc"');
    });

    it.each([
      [['sync', '--as-of', 'yesterday'], /ISO 8601/u],
      [['sync', '--fast'], /unknown option '--fast'/u],
      [['synch'], /unknown command 'synch'/u],
      [['setup'], /--connection/u],
      [['sync', '--approve', 'x', '--dry-run'], /--approve/u],
    ] as const)('%j ends with 2 and says why', async (args, why) => {
      const folder = await makeVariant(flow);
      const result = await runCli([...args, ...(args[0] === 'synch' ? [] : ['--workspace', folder])]);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(why);
    });

    it('a list that is not there ends with 2', async () => {
      const result = await sync({}, ['--list', 'nowhere.txt']);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toContain('nowhere.txt');
    });
  });
});

describe('unusual but right input', { timeout: TIMEOUT_MS }, () => {
  it('a secret may come from a file', async () => {
    const secret = path.join(flow.folder, 'hs-token');
    writeFileSync(secret, `${flow.hubspot.token}\n`);
    const result = await dryRun(
      {
        yaml: ({ connections }) => {
          Object.assign(connections[1]?.['auth'] as object, { token: '${HS_TOKEN}' });
        },
      },
      { HS_TOKEN_FILE: secret },
    );
    expect(result.exitCode).toBe(0);
    expectNoSecret(result);
  });

  it('a CSV may have a BOM, CRLF, semicolons, quotes, doubled quotes and line breaks in quotes', async () => {
    const text =
      '\uFEFFdomain;name;industry\r\nabalone.com;"Abalone; the ""first"""; Software\r\ncobaltine.com;"Cobal\r\ntine";Software\r\n';
    const result = await dryRun(csv(text));
    expect(result.exitCode).toBe(0);
    expect(result.report.ignored.sourceRows).toBe(0);
  });

  it('a broken line is counted, and `check` names it with its reason', async () => {
    const text =
      'domain,employees\nabalone.com,many\ncobaltine.com,12\n,4\nabalone.com,5,6\n"abalone.com,7\n';
    const variant = csv(text);
    const result = await dryRun(variant);
    expect(result.exitCode).toBe(0);
    expect(result.report.ignored.sourceRows).toBe(4);

    const folder = await makeVariant(flow, variant);
    const checked = await runCli(['check', '--workspace', folder]);
    expect(checked.stdout).toMatch(/1 rows, 4 refused/u);
    expect(checked.stdout).toMatch(/line 2: employees is not a number \(read "many"\)/u);
    expect(checked.stdout).toMatch(/line 4: nothing in the row names a company/u);
    expect(checked.stdout).toMatch(/line 5: the line has 3 columns, the header 2/u);
    expect(checked.stdout).toMatch(/line 6: a quote is opened and never closed/u);
  });

  it('a file in another encoding is read when it is named', async () => {
    const bytes = Buffer.from('domain,industry\nabalone.com,Möbel\n', 'latin1');
    expect((await dryRun(csv(bytes, { encoding: 'windows-1252' }))).exitCode).toBe(0);
  });

  it('one JSON document stands on standard output, and nothing else', async () => {
    const result = await dryRun({});
    expect(result.report).toMatchObject({ schema: 'tierline.sync/1', mode: 'dry-run' });
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
  });
});
