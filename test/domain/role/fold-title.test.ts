import { describe, expect, it } from 'vitest';
import { foldTitle } from '#domain/role/fold-title.ts';

describe('foldTitle', () => {
  it.each([
    ['  Geschäftsführer ', 'geschaftsfuhrer'],
    ['Leiter/in Einkauf (m/w/d)', 'leiter einkauf'],
    ['Einkäufer*innen', 'einkaufer'],
    ['Chargé(e) de clientèle (H/F)', 'charge de clientele'],
    ['Directeur·rice général·e', 'directeur general'],
    ['Director/a Comercial', 'director comercial'],
    ['P.D.G.', 'pdg'],
    ['V.P. Sales', 'vp sales'],
    ['Dir. Sales', 'dir. sales'],
    ['Vice‑President – Sales', 'vice president sales'],
    ['ＣＥＯ', 'ceo'],
    ['プロダクト・マネージャー', 'プロダクト マネージャー'],
    ['ﾏﾈｰｼﾞｬｰ', 'マネージャー'],
    ['대표이사'.normalize('NFD'), '대표이사'],
    ['STRAßENBAU', 'strassenbau'],
  ])('%s becomes %s', (title, folded) => {
    expect(foldTitle(title)).toBe(folded);
  });

  it('keeps what is no gender ending', () => {
    expect(foldTitle('Manager (Asia)')).toBe('manager (asia)');
    expect(foldTitle('Sales/Marketing')).toBe('sales/marketing');
  });

  it('changes nothing when done twice', () => {
    for (const title of ['Leiter/in (m/w/d)', 'P.D.G.', 'Élève–Ingénieur', '部長 兼 課長']) {
      expect(foldTitle(foldTitle(title))).toBe(foldTitle(title));
    }
  });
});
