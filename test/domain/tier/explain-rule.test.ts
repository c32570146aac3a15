import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessAccount, NOTHING_REMEMBERED } from '#domain/tier/assess-account.ts';
import { explainRule } from '#domain/tier/explain-rule.ts';
import { anAccount, SURGING, shippedPolicy, TWO_ENGAGED } from './account.ts';
import { randomAccount } from './what-if/random-account.ts';

const ruleOf = (account: Parameters<typeof assessAccount>[0], remembered = NOTHING_REMEMBERED) => {
  const assessment = assessAccount(account, remembered, shippedPolicy);
  return { assessment, rule: explainRule(assessment, shippedPolicy) };
};

describe('the rule of a tier', () => {
  it('is the row that spoke, with the cell it spoke of', () => {
    const best = anAccount({ topics: [...SURGING], events: [...TWO_ENGAGED], topicsConfigured: 1 });
    expect(ruleOf(best).rule).toEqual({
      fit: 'strong',
      acv: 'large',
      intent: true,
      engaged: true,
      gives: 'Tier 1',
      reason: 'GOLDILOCKS_JUST_RIGHT',
      from: 'method',
    });
    expect(ruleOf(anAccount({ excluded: 'competitor' })).rule).toBeNull();
  });

  it('gives the computed tier of any account, a veto apart, or says that no row was asked', () => {
    fc.assert(
      fc.property(randomAccount, (account) => {
        const { assessment, rule } = ruleOf(account, account.previous ?? NOTHING_REMEMBERED);
        const [code = ''] = assessment.reasons;
        const isBefore = /^(?:EXCLUDED|MUST_HAVE_MISS|DATA_INCOMPLETE)/u.test(code);
        const isVetoed = code === 'ABLE_VETO' || code === 'SUCCESS_VETO';
        const said = rule === null ? null : isVetoed ? rule.gives : [rule.gives, rule.reason];
        expect(said).toEqual(isBefore ? null : isVetoed ? 'Tier 1' : [assessment.computedTier, code]);
      }),
    );
  });
});
