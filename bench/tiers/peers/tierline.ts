// Ours: companies streamed from the store, each judged by the policy as a sync does, with reasons and the state to remember.
import { describeCompany } from '#pipeline/plan/describe-company.ts';
import { explainJudgement } from '#pipeline/plan/explain-judgement.ts';
import { judgeCompany } from '#pipeline/plan/judge-company.ts';
import { prepareScoring } from '#pipeline/score/scoring.ts';
import { storedSources } from '#pipeline/stored-sources.ts';
import type { Json } from '#ports/store.ts';
import { benchSession } from '../bench-session.ts';
import { AS_OF } from '../invent-company.ts';
import { countTiers, type TierCounter } from '../tier-counts.ts';
import { withStore } from '../with-store.ts';

/** Read, score, tier: what the peers do, and no more. */
export async function tierByStream(databaseUrl: string): Promise<TierCounter> {
  return tierAll(databaseUrl, null);
}

/** The same with the reason in words, everything that `explain` shows and the state for the next night, all stored. */
export async function tierAndStore(databaseUrl: string): Promise<TierCounter> {
  return tierAll(databaseUrl, `bench-${process.pid}`);
}

async function tierAll(databaseUrl: string, run: string | null): Promise<TierCounter> {
  return withStore(databaseUrl, async (store) => {
    const session = benchSession(store);
    const scoring = await prepareScoring(session, AS_OF, await storedSources(session));
    const counts = countTiers();
    const writer = run === null ? null : await store.plans.openWriter(run);
    for await (const dossier of store.dossiers.stream()) {
      const judged = judgeCompany(dossier, scoring);
      if (judged === null) continue;
      counts.add(judged.step.tier);
      const evaluation =
        writer === null ? null : explainJudgement(dossier, judged, describeCompany(judged, scoring), scoring);
      const tierState = judged.state as unknown as Json;
      await writer?.addResult({ companyKey: dossier.companyKey, tierState, evaluation });
    }
    await writer?.commit(true);
    return counts;
  });
}
