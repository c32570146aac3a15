// What an admin may set about sizing the market (`market size`). Decides nothing itself.

export interface MarketPolicy {
  /** How far back own history is looked at. */
  readonly historyMonths: number;
  /** Decided first deals before the own win rate is believed. */
  readonly minimumDecided: number;
  /** Companies of high fit before their share with a deal is believed. */
  readonly minimumCompanies: number;
  /** Won deals before their mean value is believed. */
  readonly minimumWins: number;
}
