// Starts the local CRMs for `demo` and `sandbox`; loaded only then, since a real workspace never needs them.
import type { RunningSandbox, SandboxOptions } from '#cli/services.ts';

export async function startLocalCrms(options: SandboxOptions): Promise<RunningSandbox> {
  const [{ startSandbox }, { writeSources }] = await Promise.all([
    import('#sandbox/start-sandbox.ts'),
    import('#sandbox/sources/write-sources.ts'),
  ]);
  const sandbox = await startSandbox(options);
  const { salesforce, hubspot, world } = sandbox;
  return {
    salesforce: {
      url: salesforce.url,
      clientId: salesforce.clientId,
      clientSecret: salesforce.clientSecret,
    },
    hubspot: { url: hubspot.url, token: hubspot.token },
    async writeSources(folder) {
      const written = await writeSources(world, folder);
      return written.map(({ file }) => file);
    },
    close: () => sandbox.close(),
  };
}
