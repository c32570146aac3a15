// What people read in another language than English, in both CRMs, and what a change of language costs.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { CONNECTIONS } from './crm-view.ts';
import { AS_OF, type Flow, type FlowRun, startFlow } from './flow-fixture.ts';

let flow: Flow;
let again: FlowRun;
let asked: Readonly<Record<'sf' | 'hs', readonly (string | null)[]>>;

function speak(locale: string): void {
  const file = path.join(flow.folder, 'tierline.yaml');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), locale }));
}

const textsOf = (connection: 'sf' | 'hs') =>
  flow
    .crm(connection)
    .accounts()
    .flatMap(({ reason, nextStep }) => [reason, nextStep]);

beforeAll(async () => {
  flow = await startFlow({
    ...castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'] } },
      { name: 'Bergamot', plays: 'tier_1', company: { crms: ['hubspot'] } },
    ]),
    settings: { locale: 'ja' },
  });
  await flow.sync();
  asked = { sf: textsOf('sf'), hs: textsOf('hs') };
  again = await flow.sync();
  speak('zh-TW');
});

describe.each(CONNECTIONS)('a Japanese team in %s', (connection) => {
  it('reads reasons, next steps and tasks in Japanese', () => {
    expect(asked[connection]).toEqual([
      expect.stringMatching(
        /^Tier 1（2026年11月20日から）。適合度100：.*。「erp migration」を調査中（\d+、11月18日確認）。.*次回見直し2027年2月19日。$/u,
      ),
      '購買グループを整理し、この企業に提供するプログラムを選択してください。',
    ]);
    expect(flow.crm(connection).tasks()).toMatchObject([{ subject: '購買グループの整理' }]);
  });

  it('finds our fields under Japanese names', async () => {
    const label = await flow.withSession(async ({ connections }) => {
      const found = connections.find(({ id }) => id === connection);
      const schema = await found?.crm.describe(connection === 'sf' ? 'Account' : 'companies');
      const name = connection === 'sf' ? 'Tierline_Tier_Reason__c' : 'tierline_tier_reason';
      return schema?.fields.get(name)?.label;
    });
    expect(label).toBe('Tierline Tierの理由');
  });

  it('is not written to again when nothing changed', () => {
    expect(again.of(connection).written).toBe(0);
  });
});

describe('a change of language', () => {
  it('writes the texts anew, once, and leaves tasks as they were made (invariant W27)', async () => {
    const change = await flow.sync();
    for (const connection of CONNECTIONS) {
      expect(change.of(connection).changes.account).toEqual({ update: 1 });
      expect(textsOf(connection)[0]).toMatch(/^Tier 1（自2026年11月20日起）。契合度100：/u);
      expect(flow.crm(connection).tasks()).toMatchObject([{ subject: '購買グループの整理' }]);
    }
    const settled = await flow.sync();
    expect(CONNECTIONS.map((connection) => settled.of(connection).written)).toEqual([0, 0]);
  });
});
