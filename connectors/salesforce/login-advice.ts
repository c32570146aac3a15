// What the token endpoint's refusals mean to the admin, click by click. Connected apps can no longer be created: all paths
// are those of an External Client App.

const APP_PATH = 'Setup > External Client App Manager > the app';

export interface LoginAdvice {
  readonly problem: string;
  readonly next: string;
}

interface LoginRule extends LoginAdvice {
  readonly match: RegExp;
}

// Matched against `error: error_description`, first hit wins.
const LOGIN_RULES: readonly LoginRule[] = [
  {
    match: /no client credentials user enabled/,
    problem: 'the app has no user to run as',
    next: `${APP_PATH} > Policies > OAuth Policies: enable the client credentials flow and choose a run-as user.`,
  },
  {
    match: /request not supported on this domain/,
    problem: 'client credentials work on the My Domain address only',
    next: 'Set loginUrl to https://YOUR-DOMAIN.my.salesforce.com (Setup > My Domain).',
  },
  {
    match: /invalid_client_id|client identifier invalid/,
    problem: 'there is no app with this client id in the org',
    next: `Copy the consumer key again: ${APP_PATH} > Settings > OAuth Settings. A new app takes up to ten minutes.`,
  },
  {
    match: /invalid_client\b|invalid client credentials/,
    problem: 'the client id or secret is wrong',
    next: `Copy the consumer key and secret again: ${APP_PATH} > Settings > OAuth Settings.`,
  },
  {
    match: /hasn'?t approved this consumer/,
    problem: 'the user is not allowed to use the app yet',
    next: `${APP_PATH} > Policies: permitted users "Admin approved users are pre-authorized", and add the user's permission set or profile.`,
  },
  {
    match: /audience is invalid/,
    problem: 'the assertion is meant for another host',
    next: 'Set auth.audience: https://test.salesforce.com for a sandbox, else https://login.salesforce.com.',
  },
  {
    match: /invalid assertion|invalid_assertion|user is not admin approved|invalid signature/,
    problem: 'the signed assertion is not accepted',
    next: `Check that the app holds the certificate of this private key (${APP_PATH} > Settings > OAuth Settings > JWT) and that the machine's clock is right.`,
  },
  {
    match: /expired access\/refresh token|token validity expired|expired authorization|invalid refresh token/,
    problem: 'the refresh token has expired or was revoked',
    next: `Authorise the app again and put the new refresh token into tierline.yaml; ${APP_PATH} > Policies > App Authorization tells how long one lives.`,
  },
  {
    match: /unsupported_grant_type|unauthorized_client|oauth_flow_disabled/,
    problem: 'the app does not allow this OAuth flow',
    next: `Enable the flow: ${APP_PATH} > Settings > OAuth Settings > Flow Enablement.`,
  },
  {
    match: /inactive_user|user is inactive/,
    problem: 'the user is inactive',
    next: 'Activate the user or let the app run as another one.',
  },
  {
    match: /inactive_org/,
    problem: 'the org is locked, closed or suspended',
    next: 'Ask Salesforce support or connect another org.',
  },
  {
    match: /invalid_grant/,
    problem: 'Salesforce does not accept the grant',
    next: "Check the user, the app's policies and the login history of the user in Setup.",
  },
];

const UNKNOWN_REFUSAL: LoginAdvice = {
  problem: 'Salesforce does not say why',
  next: "Look at the user's login history in Setup.",
};

/** `refusal` is `error: error_description` of the answer. */
export const loginAdviceFor = (refusal: string): LoginAdvice => {
  const text = refusal.toLowerCase();
  return LOGIN_RULES.find(({ match }) => match.test(text)) ?? UNKNOWN_REFUSAL;
};
