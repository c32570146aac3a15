// A stored plan as people and scripts read it: every field that would change, with the live value and why.
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { Store } from '#ports/store.ts';
import { FACTS_FIELD } from './plan/facts-field.ts';

export interface PlanLine {
  readonly id: string;
  readonly connection: string;
  readonly object: string;
  readonly recordId: string | null;
  readonly name: string | null;
  readonly field: string;
  readonly now: CanonicalValue;
  readonly after: CanonicalValue;
  readonly why: string;
}

export async function* readPlan(store: Store, run: string): AsyncGenerator<PlanLine, void> {
  for await (const change of store.plans.stream({ run })) yield* linesOfPlan(change);
}

export function linesOfPlan(change: PlannedChange): readonly PlanLine[] {
  const { id, connection, object, recordId, name } = change;
  return (
    change.fields
      // What is only remembered is no change that people would see.
      .filter(({ field, now, after }) => field !== FACTS_FIELD && !isSameValue(now, after))
      .map(({ field, now, after, why }) => ({
        id: `${id}:${field}`,
        connection,
        object,
        recordId,
        name,
        field,
        now,
        after,
        why,
      }))
  );
}
