import { describe, expect, it } from 'vitest';
import { judgeApprover, needsApproval } from '#domain/configuration/approval-rule.ts';

describe('a version of the configuration (invariant C13)', () => {
  it('waits when one of its files is named, or any when all are', () => {
    const rule = { files: ['policy.yaml'] };
    expect(needsApproval(['icp.yaml', 'policy.yaml'], rule)).toBe(true);
    expect(needsApproval(['icp.yaml', 'keys/policy.yaml'], rule)).toBe(false);
    expect(needsApproval(['icp.yaml'], { files: 'all' })).toBe(true);
    expect(needsApproval(['policy.yaml'], { files: [] })).toBe(false);
  });

  it('is approved by another person than its author, and by no program', () => {
    expect(judgeApprover('user:u_1', { isPerson: true, person: 'user:u_2' })).toBe('may');
    expect(judgeApprover('user:u_1', { isPerson: true, person: 'user:u_1' })).toBe('author');
    expect(judgeApprover('user:u_1', { isPerson: false, person: 'user:u_2' })).toBe('no-person');
    expect(judgeApprover('user:ann', { isPerson: true, person: 'command-line:ann' })).toBe('may');
  });
});
