import { describe, expect, it } from 'vitest';
import { findActNow } from '#domain/engagement/find-act-now.ts';
import { anEvent, shippedPolicy } from '#test/domain/tier/account.ts';

const find = (...events: ReturnType<typeof anEvent>[]) => findActNow(events, shippedPolicy.engagement);

describe('an act-now event', () => {
  it('is a request, a meeting or a trial of the last 28 days', () => {
    for (const type of ['demo_request', 'meeting', 'trial'] as const) {
      expect(find(anEvent(type, 28, 'Ines', 'user'))).toEqual({ isOn: true, byKnownRole: true });
      expect(find(anEvent(type, 28.01, 'Ines', 'user')).isOn).toBe(false);
    }
    expect(find(anEvent('call', 0, 'Ines', 'decision_maker')).isOn).toBe(false);
  });

  it('by a stranger asks to act, but does not make the account engaged', () => {
    expect(find(anEvent('demo_request', 1, 'form-7', 'unknown'))).toEqual({ isOn: true, byKnownRole: false });
  });

  it('by a blocker or gatekeeper is by a known role', () => {
    expect(find(anEvent('meeting', 1, 'Rolf', 'blocker')).byKnownRole).toBe(true);
    expect(find(anEvent('meeting', 1, 'Desk', 'gatekeeper')).byKnownRole).toBe(true);
  });

  it('is none when nobody can be called back, or one of our own did it', () => {
    expect(find(anEvent('trial', 1))).toEqual({ isOn: false, byKnownRole: false });
    expect(find(anEvent('trial', 1, 'colleague', 'excluded')).isOn).toBe(false);
  });
});
