import { describe, expect, it } from 'vitest';
import { UnavailableError } from '#errors/errors.ts';
import { createPasswords } from '#people/passwords.ts';

const QUICK = { N: 16, r: 1, p: 1 } as const;

describe('a password hash', () => {
  it('costs what OWASP asks for, says so itself, and is another one each time', async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash('correct horse battery');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/u);
    expect(await passwords.verify('correct horse battery', hash)).toBe(true);
    expect(await passwords.verify('correct horse batterz', hash)).toBe(false);
  });

  it('made with other parameters can still be checked', async () => {
    const hash = await createPasswords({ N: 32, r: 2, p: 2 }).hash('correct horse battery');
    expect(await createPasswords(QUICK).verify('correct horse battery', hash)).toBe(true);
  });

  it('that is none, or is broken, lets nobody in', async () => {
    const passwords = createPasswords(QUICK);
    expect(await passwords.verify('', null)).toBe(false);
    expect(await passwords.verify('x', 'bcrypt$1$2')).toBe(false);
    expect(await passwords.verify('x', 'scrypt$16$1$1$AAAA$')).toBe(false);
  });

  it('is made in turn, and no line grows without end', async () => {
    const passwords = createPasswords(QUICK);
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('x')));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({ reason: expect.any(UnavailableError) });
    expect(await passwords.hash('x')).toContain('scrypt');
  });
});
