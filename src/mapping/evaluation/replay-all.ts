// Replays the policy day by day on accounts given from outside; one that cannot be read is answered with what is wrong with it.
import { z } from 'zod';
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import { dayText, parseDay } from '#domain/tier/day.ts';
import type { Policy } from '#domain/tier/policy.ts';
import { type KnownDay, replayTier } from '#domain/tier/replay-tier.ts';
import { createItemParser } from './evaluate-all.ts';
import { describeProblem, idOf, type RefusedItem } from './refused-item.ts';

export interface ReplayedDay {
  readonly date: string;
  readonly tier: string;
  readonly computedTier: string;
  readonly reasons: readonly string[];
}

export interface Replayed {
  readonly id: string;
  readonly days: readonly ReplayedDay[];
}

const itemSchema = z.object({
  id: z.string().min(1),
  days: z.array(z.object({ date: z.iso.date(), input: z.record(z.string(), z.unknown()) })).min(1),
});

/** One result an item, in the order given; nothing is thrown for a bad item. */
export function replayAll(
  items: readonly unknown[],
  policy: Policy,
  weights: FitWeights = policy.fit.weights.general,
): readonly (Replayed | RefusedItem)[] {
  return items.map((item) => replayOne(item, policy, weights));
}

function replayOne(item: unknown, policy: Policy, weights: FitWeights): Replayed | RefusedItem {
  const parsed = itemSchema.safeParse(item, { reportInput: true });
  if (!parsed.success) return { id: idOf(item), error: describeProblem(parsed.error) };
  const { id, days } = parsed.data;
  const known: KnownDay[] = [];
  for (const [index, { date, input }] of days.entries()) {
    const day = parseDay(date);
    const before = known.at(-1)?.day;
    if (before !== undefined && day <= before) {
      return {
        id,
        error: {
          path: `days[${index}].date`,
          message: `days must ascend; read "${date}" after "${dayText(before)}"`,
        },
      };
    }
    // Each day is an evaluation of its own: the state between them is what is replayed.
    const one = createItemParser(policy, weights)({ ...input, id, previous: null });
    if ('refused' in one) {
      const { path, message } = one.refused.error;
      return { id, error: { path: `days[${index}].input${path === '' ? '' : `.${path}`}`, message } };
    }
    const { previous: _previous, openOpportunity, override, ...facts } = one.input;
    known.push({ day, facts, openOpportunity, override });
  }
  const steps = replayTier(known, policy, weights);
  return {
    id,
    days: steps.map(({ tier, computedTier, reasons }, index) => ({
      date: days[index]?.date ?? '',
      tier,
      computedTier,
      reasons,
    })),
  };
}
