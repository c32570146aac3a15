// Stops us cleanly before more than our share of a CRM's daily calls is used. Fed by the vendor's own limit headers, so that
// calls made by others count too. It does not know which call is made, nor when the vendor's day ends.
import { BudgetError } from '#errors/errors.ts';

export interface DailyCalls {
  readonly used: number;
  readonly limit: number;
}

export interface CallBudget {
  /** As last told by the vendor plus what we sent since; null until it has told. */
  readonly daily: DailyCalls | null;
  /** Throws BudgetError when `calls` more would pass the share. Ask for all calls of a job at once, before it begins. */
  assertRoomFor(calls: number): void;
  /** One call was sent. */
  spend(): void;
  /** The vendor's latest word. */
  told(daily: DailyCalls): void;
}

export interface CallBudgetOptions {
  readonly connection: string;
  /** 0 to 1 of the day's calls, everybody's together. */
  readonly dailyShare: number;
}

export const createCallBudget = ({ connection, dailyShare }: CallBudgetOptions): CallBudget => {
  let told: DailyCalls | null = null;
  let sentSince = 0;
  const daily = (): DailyCalls | null =>
    told === null ? null : { used: told.used + sentSince, limit: told.limit };

  return {
    get daily() {
      return daily();
    },
    assertRoomFor(calls) {
      const now = daily();
      if (now === null) return;
      const allowed = Math.floor(now.limit * dailyShare);
      if (now.used + calls <= allowed) return;
      throw new BudgetError(
        `${connection}: ${now.used} of the day's ${now.limit} API calls are used; our share ends at ${allowed}`,
        {
          next: 'Run again when the allowance has recovered (what is stored is kept), or raise apiBudget.dailyShare in tierline.yaml.',
        },
      );
    },
    spend() {
      sentSince += 1;
    },
    told(latest) {
      told = latest;
      sentSince = 0;
    },
  };
};
