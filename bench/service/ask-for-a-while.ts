// Users who ask what a console asks: lists, one account, the run, its changes; with the time each answer took.

export interface Asking {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly users: number;
  readonly seconds: number;
  readonly run: string;
}

export interface Answers {
  readonly count: number;
  readonly failures: number;
  /** `: 503 GET /api/…`, or empty. */
  readonly firstFailure: string;
  /** Milliseconds by question. */
  readonly rows: Readonly<
    Record<string, { count: number; p50: number; p95: number; p99: number; max: number }>
  >;
}

export async function askForAWhile(asking: Asking): Promise<Answers> {
  const { users, seconds } = asking;
  const times = new Map<string, number[]>();
  const failures: string[] = [];
  const endsAt = performance.now() + seconds * 1000;
  const user = async (number: number) => {
    const questions = questionsOf(asking);
    for (let turn = number; performance.now() < endsAt; turn += 1) {
      const question = questions[turn % questions.length];
      if (question === undefined) return;
      const begun = performance.now();
      const status = await ask(asking, question.path).catch((error: unknown) => String(error));
      const took = performance.now() - begun;
      const known = times.get(question.name) ?? [];
      known.push(took);
      times.set(question.name, known);
      if (status !== 200) failures.push(`${status} GET ${question.path}`);
    }
  };
  await Promise.all(Array.from({ length: users }, (_, number) => user(number)));
  const all = [...times.values()].flat();
  return {
    count: all.length,
    failures: failures.length,
    firstFailure: failures[0] === undefined ? '' : `: ${failures[0]}`,
    rows: Object.fromEntries(
      [...times, ['all', all] as const].map(([name, list]) => [name, summarise(list)]),
    ),
  };
}

async function ask({ url, headers }: Asking, path: string): Promise<number> {
  const answer = await fetch(url + path, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

function questionsOf({ run }: Asking): readonly { readonly name: string; readonly path: string }[] {
  return [
    { name: 'accounts', path: '/api/accounts?limit=50' },
    { name: 'accounts by tier', path: '/api/accounts?tier=Tier%202&limit=50' },
    { name: 'accounts by text', path: '/api/accounts?q=so&limit=50' },
    { name: 'the run', path: `/api/runs/${run}` },
    { name: 'runs', path: '/api/runs' },
    { name: 'session', path: '/api/session' },
    { name: 'ready', path: '/readyz' },
  ];
}

function summarise(list: readonly number[]) {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(0.9999) };
}
