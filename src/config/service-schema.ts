// The shape of `service:` in tierline.yaml: how `tierline serve` is reached and who may sign in from where.
import { z } from 'zod';
import { ACCESS_ROLES } from '#domain/access/access-role.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';

const origin = z
  .url({ protocol: /^https?$/u, error: 'a web address (https://…) is wanted' })
  .refine((text) => !URL.canParse(text) || isBare(new URL(text)), {
    error: 'only scheme, host and port are wanted: a path of its own is not supported',
  })
  .transform((text) => new URL(text).origin);

const issuer = z
  .url({ protocol: /^https?$/u, error: 'a web address (https://…) is wanted' })
  .refine((text) => text.startsWith('https:') || isThisMachine(text), {
    error: 'an issuer that is not on this machine needs https',
  });

const domain = z
  .string()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u, 'a domain such as acme.com is wanted, in lower case');

const oidc = z
  .strictObject({
    name: z.string().min(1).default('your company account').describe('What the sign-in link says.'),
    issuer: issuer.describe(
      'As the identity provider names itself; its /.well-known/openid-configuration is read.',
    ),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    domains: z
      .record(domain, z.enum(ACCESS_ROLES))
      .default({})
      .describe(
        'Domain of a proven e-mail → role of people who come for the first time. Others must be users already.',
      ),
  })
  .describe('Sign-in with OpenID Connect; the callback is PUBLICURL/sign-in/provider/callback.');

const approval = z
  .strictObject({
    files: z
      .union([z.literal('all'), z.array(z.enum(MAPPING_FILE_NAMES))])
      .default(['policy.yaml'])
      .describe('Files whose versions wait until another person than their author approves them; or all.'),
  })
  .prefault({});

export const serviceSchema = z
  .strictObject({
    publicUrl: origin
      .exactOptional()
      .describe(
        'Where people reach the service, such as https://tierline.acme.com. With https, cookies are Secure.',
      ),
    trustProxy: z
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe('How many proxies stand before the service: whose X-Forwarded-… headers count.'),
    metrics: z
      .enum(['protected', 'open'])
      .default('protected')
      .describe('protected: /metrics needs an API key. open: anyone who reaches the port may read it.'),
    oidc: oidc.exactOptional(),
    approval,
  })
  .prefault({});

function isBare({ pathname, search, hash, username }: URL): boolean {
  return pathname === '/' && search === '' && hash === '' && username === '';
}

function isThisMachine(text: string): boolean {
  return URL.canParse(text) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);
}
