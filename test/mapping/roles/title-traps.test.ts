import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TITLE_ROLES } from '#domain/role/buying-role.ts';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';

const { suggest } = loadRoleCatalogue();

describe('titles that mislead', () => {
  it.each([
    ['代表', 'economic_buyer'],
    ['取締役会長', 'economic_buyer'],
    ['이사회 의장', 'economic_buyer'],
    ['Gerente General', 'economic_buyer'],
    ['副董事长', 'decision_maker'],
    ['副社長', 'decision_maker'],
    ['부대표', 'decision_maker'],
    ['副总', 'decision_maker'],
    ['stv. Geschäftsführer', 'decision_maker'],
    ['Directeur général adjoint', 'decision_maker'],
    ['Deputy CEO', 'decision_maker'],
    ['工場長', 'decision_maker'],
    ['공장장', 'decision_maker'],
    ['厂长', 'decision_maker'],
    ['Werksleiter', 'decision_maker'],
    ['Gerente de planta', 'decision_maker'],
    ['지사장', 'decision_maker'],
    ['영업대표', 'user'],
    ['销售代表', 'user'],
    ['部長代理', 'influencer'],
    ['Product Owner', 'influencer'],
    ['Chefe de Produção', 'influencer'],
    ['总经理助理', 'gatekeeper'],
    ['Assistenz der Geschäftsführung', 'gatekeeper'],
    ['Ehemaliger Vorstand', 'gatekeeper'],
    ['전 대표이사', 'gatekeeper'],
    ['元社長', 'gatekeeper'],
    ['CTO & Co-Founder', 'technical_approver'],
    ['Chief Legal Officer', 'technical_approver'],
    ['供应链经理', 'procurement'],
    ['공급망관리 팀장', 'procurement'],
    ['Leiter Supply Chain', 'procurement'],
    ['Front-end engineer', 'it_expert'],
    ['Responsable du système qualité', 'influencer'],
    ['Técnico de seguridad laboral', 'user'],
    ['Chef de projet', 'influencer'],
    ['Chief of Staff', 'influencer'],
    ['Flugbegleiterin', 'user'],
    ['Bid Manager', 'influencer'],
    ['Projektleiter Bildung', 'influencer'],
  ])('%s: %s', (title, role) => {
    expect(suggest(title).role).toBe(role);
  });

  it.each(['Ninja', 'n/a', '---', 'Mr.', '不明', ''])(
    'say nothing when nothing is understood: %j',
    (title) => {
      expect(suggest(title)).toEqual({ role: null, confidence: 0.1 });
    },
  );

  it('are doubted where German and French share a word', () => {
    expect(suggest('Chef').confidence).toBeLessThanOrEqual(0.5);
  });

  it('are doubted where Japanese and Chinese share the characters but not the rank', () => {
    expect(suggest('主任')).toEqual({ role: 'user', confidence: 0.5 });
    expect(suggest('车间主任')).toEqual({ role: 'decision_maker', confidence: 0.9 });
  });

  it('are doubted when a word is left that might be a function of its own', () => {
    expect(suggest('Director').confidence).toBe(0.9);
    expect(suggest('Director of Beekeeping').confidence).toBe(0.7);
  });
});

describe('any title', () => {
  it('gets one of the roles that a title may suggest, or none, with a confidence from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (title) => {
        const { role, confidence } = suggest(title);
        expect(role === null || TITLE_ROLES.includes(role)).toBe(true);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['Directrice générale', 'Head of Purchasing', '購買部 課長', '구매팀장', 'Geschäftsführer'])(
    'means the same in capitals, decomposed and full width: %s',
    (title) => {
      const fullWidth = title.replaceAll(/[!-~]/gu, (character) =>
        String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfe_e0),
      );
      for (const spelling of [title.toUpperCase(), title.normalize('NFD'), fullWidth, `  ${title}\t`]) {
        expect(suggest(spelling)).toEqual(suggest(title));
      }
    },
  );

  it('is read in well under a tenth of a millisecond', () => {
    const startedAtMs = performance.now();
    for (let count = 0; count < 5000; count += 1) suggest(`Senior Regional Director of Sales ${count}`);
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
  });
});
