import { describe, expect, it } from 'vitest';
import { windowOf } from '#connectors/salesforce/call/vendor-clock.ts';

const HEADER = 'Mon, 02 Nov 2026 08:00:05 GMT';

describe('windowOf', () => {
  it('encloses every instant at which the call may have been worked on', () => {
    expect(windowOf(HEADER, 1200)).toEqual({
      from: '2026-11-02T08:00:03.000Z',
      to: '2026-11-02T08:00:05.999Z',
    });
  });

  it('is a whole second for a call that took no time', () => {
    expect(windowOf(HEADER, 0)).toEqual({ from: '2026-11-02T08:00:05.000Z', to: '2026-11-02T08:00:05.999Z' });
  });

  it.each([undefined, 'yesterday'])('is unknown without a clock (%s)', (header) => {
    expect(windowOf(header, 0)).toBeNull();
  });
});
