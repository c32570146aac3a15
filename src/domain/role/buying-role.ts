// The parts people play in a purchase, and which of them a title may suggest.

/** In the order in which a report lists them. */
export const BUYING_ROLES = [
  'economic_buyer',
  'decision_maker',
  'champion',
  'influencer',
  'technical_approver',
  'it_expert',
  'procurement',
  'user',
  'gatekeeper',
  'blocker',
] as const;
export type BuyingRole = (typeof BUYING_ROLES)[number];

/** Champions are known by what they do and blockers by what a rep says: no title makes one. */
export const TITLE_ROLES = [
  'economic_buyer',
  'decision_maker',
  'influencer',
  'technical_approver',
  'it_expert',
  'procurement',
  'user',
  'gatekeeper',
] as const satisfies readonly BuyingRole[];
export type TitleRole = (typeof TITLE_ROLES)[number];
