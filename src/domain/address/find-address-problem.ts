// May secrets be sent to this web address? Decides by what is written; what a name resolves to is not asked.

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;
/** How a URL parser writes every spelling of an IP address: 0x7f.1, 2130706433 and 127.1 all come out dotted. */
const IP_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/u;
/** Names that stand for the machine's own cloud identity, not for a CRM. */
const METADATA = /(?:^|\.)(?:metadata\.google\.internal|metadata|instance-data|metadata\.azure\.com)$/u;

/** What is wrong with the address, for a message; null when it may be called. */
export function findAddressProblem(address: string): string | null {
  if (!URL.canParse(address)) return 'it is no web address';
  const { protocol, hostname, username, password } = new URL(address);
  const host = hostname.replace(/\.$/u, '').toLowerCase();
  if (protocol !== 'https:' && protocol !== 'http:') return 'it is no https address';
  if (username !== '' || password !== '') return 'it holds a user name or password';
  if (LOOPBACK.test(host)) return null;
  if (protocol === 'http:') return 'secrets would travel unencrypted; https is wanted';
  if (IP_ADDRESS.test(host)) return 'it names a machine by number; a host name is wanted';
  if (METADATA.test(host)) return "it is a cloud's metadata service";
  return null;
}
