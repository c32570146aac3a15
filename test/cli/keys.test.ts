// `tierline keys …` on a workspace, as an admin types it.
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from '#test/flow/cast.ts';
import { AS_OF, type Flow, startFlow } from '#test/flow/flow-fixture.ts';
import { runInProcess } from './run-in-process.ts';

const TIMEOUT_MS = 60_000;
let flow: Flow;

const cli = (...args: readonly string[]) => runInProcess(flow, ['keys', ...args]);

const jsonOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as Record<string, unknown>;
const keyOf = (name: string) => flow.sf.accounts().find((account) => account.name === name)?.key ?? '';

beforeAll(async () => {
  const company = { crms: ['salesforce'] as const };
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_3', company },
      { name: 'Bergamot', plays: 'tier_3', company },
      { name: 'Cobaltine', plays: 'tier_3', company: { ...company, domain: 'one.com' } },
      { name: 'Cobaltine', plays: 'tier_3', company: { ...company, domain: 'two.com', country: 'DE' } },
    ]),
  );
  await flow.sync();
}, TIMEOUT_MS);

describe('tierline keys', { timeout: TIMEOUT_MS }, () => {
  it('`show` prints the records of a company and what put them there, by domain', async () => {
    const { stdout, exitCode } = await cli('show', 'abalone.com');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(keyOf('Abalone'));
    expect(stdout).toMatch(/sf 001\w+ {2}Abalone {2}\(stands alone; since run \d/u);
  });

  it('`merge` of a name that several accounts have exits with 2 and lists them', async () => {
    const { stderr, exitCode } = await cli('merge', 'Abalone', 'Cobaltine');
    expect(exitCode).toBe(2);
    expect(stderr.match(/sf 001\w+ {2}co_\w+ {2}Cobaltine/gu)).toHaveLength(2);
  });

  it('`merge --dry-run` says what would become of the keys and changes nothing', async () => {
    const { stdout, stderr } = await cli('merge', 'Abalone', 'Bergamot', '--dry-run');
    expect(stdout.trim()).toBe(`${keyOf('Bergamot')} would be merged into ${keyOf('Abalone')}`);
    expect(stderr).toContain('1 accounts would move');
    expect(jsonOf(await cli('changes', '--kind', 'merge', '--json'))).toEqual({
      schema: 'tierline.keys.changes/1',
      changes: [],
    });
  });

  it('`merge` keeps who said it and why, and `changes` tells of it', async () => {
    const result = jsonOf(
      await cli('merge', 'Abalone', 'Bergamot', '--reason', 'one group', '--by', 'ada', '--json'),
    );
    expect(result).toMatchObject({
      schema: 'tierline.keys.merge/1',
      effect: 'now',
      judgements: [{ by: 'ada', reason: 'one group', verdict: 'same' }],
      movedAccounts: 1,
    });
    const { stdout } = await cli('changes', '--kind', 'merge');
    expect(stdout).toContain(`merge ${keyOf('Bergamot')} into ${keyOf('Abalone')}: judgement`);
    expect((await cli('show', keyOf('Bergamot'))).stdout).toContain('ada said sf');
  });

  it('`split` of every account of a company exits with 2', async () => {
    const { stderr, exitCode } = await cli('split', 'one.com', flow.sf.accounts()[2]?.id ?? '');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nothing would stay');
  });

  it('`review` prints one document, also when nothing waits; `answer` of an unknown pair exits with 2', async () => {
    expect(jsonOf(await cli('review', '--json'))).toEqual({
      schema: 'tierline.keys.review/1',
      open: 0,
      questions: [],
      answers: [],
    });
    const { stderr, exitCode } = await cli('answer', 'nosuchpair', 'same');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('tierline keys review');
    expect((await cli('answer', 'nosuchpair', 'perhaps')).exitCode).toBe(2);
  });
});
