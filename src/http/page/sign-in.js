// Signs in with a one-time link or a password. The token of a link stands behind the # and is taken out of the address at once.
const REFUSALS = {
  'visit-over': 'That took too long, or began in another browser. Please try again.',
  'provider-refused': 'The identity provider did not confirm who you are.',
  'email-not-proven': 'The identity provider does not vouch for your e-mail address.',
  'unknown-person': 'You are not a user here yet. Ask an admin to add you.',
  'another-person': 'Your e-mail address belongs to somebody else here. Ask an admin.',
  'not-connected': 'The CRM was not connected. Why stands in the log of the service; please try again.',
};

const element = (id) => document.getElementById(id);
const say = (text) => {
  element('message').textContent = text;
};
let csrfToken = null;

async function call(method, path, body) {
  const headers = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error([answer.detail, answer.next].filter(Boolean).join(' '));
  return answer;
}

async function show() {
  const session = await call('GET', '/api/session');
  csrfToken = session.csrfToken;
  const signedIn = session.user !== null;
  element('signed-in').hidden = !signedIn;
  element('link-form').hidden = signedIn;
  element('link-email-row').hidden = !session.needsFirstAdmin;
  element('password-form').hidden = signedIn || session.needsFirstAdmin;
  element('provider').hidden = signedIn || session.provider === null;
  element('provider-name').textContent = session.provider ?? '';
  element('who').textContent = signedIn ? `${session.user.email} (${session.user.role})` : '';
}

function onSubmit(form, send) {
  element(form).addEventListener('submit', (event) => {
    event.preventDefault();
    say('');
    send(new FormData(event.target))
      .then(() => event.target.reset())
      .then(show)
      .catch((error) => say(error.message));
  });
}

onSubmit('link-form', (fields) => {
  const token = fields.get('token').trim().split('#link=').at(-1);
  const email = fields.get('email').trim();
  const password = fields.get('password');
  return call('POST', '/api/session/link', {
    token,
    ...(email === '' ? {} : { email }),
    ...(password === '' ? {} : { password }),
  });
});

onSubmit('password-form', (fields) =>
  call('POST', '/api/session', { email: fields.get('email').trim(), password: fields.get('password') }),
);

element('sign-out').addEventListener('click', () => {
  call('DELETE', '/api/session')
    .then(show)
    .catch((error) => say(error.message));
});

const [, link] = /^#link=([\w-]+)$/u.exec(location.hash) ?? [];
const told = new URLSearchParams(location.search);
const refused = told.get('refused');
const connected = told.get('connected');
if (location.hash !== '' || location.search !== '') history.replaceState(null, '', '/');
if (link !== undefined) element('link-token').value = link;
if (refused !== null) say(REFUSALS[refused] ?? 'Signing in did not work.');
if (connected !== null) say(`${connected} is connected.`);
show().catch((error) => say(error.message));
