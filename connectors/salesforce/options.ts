// What a Salesforce connection is told: who it is, which API version it speaks, how patient it may be.
import { DEFAULT_RETRY, type RetryPolicy } from '../calls/retry.ts';

interface LoginHost {
  /** `https://acme.my.salesforce.com`; client credentials work on the My Domain host only. */
  readonly loginUrl: string;
  readonly clientId: string;
}

export interface ClientCredentialsAuth extends LoginHost {
  readonly flow: 'client-credentials';
  readonly clientSecret: string;
}

export interface JwtBearerAuth extends LoginHost {
  readonly flow: 'jwt-bearer';
  readonly username: string;
  /** PEM of the key whose certificate the External Client App holds. */
  readonly privateKey: string;
  /** Who the assertion is for; found from the login URL when left out. */
  readonly audience?: string;
}

export interface RefreshTokenAuth extends LoginHost {
  readonly flow: 'refresh-token';
  /** Left out for a public client. */
  readonly clientSecret?: string;
  /** Left out when the app is connected in the browser: the stored one is used. */
  readonly refreshToken?: string;
}

export type SalesforceAuth = ClientCredentialsAuth | JwtBearerAuth | RefreshTokenAuth;

export interface SalesforceTimings {
  readonly tokenDeadlineMs: number;
  /** SOQL itself is given up by Salesforce after 120 s. */
  readonly readDeadlineMs: number;
  /** 200 rows with every trigger of a big org; Salesforce ends any call after 10 minutes. */
  readonly writeDeadlineMs: number;
  /** Upload and download of bulk data. */
  readonly transferDeadlineMs: number;
  readonly metadataDeadlineMs: number;
  readonly retry: RetryPolicy;
  /** The first look at a bulk job waits so long … */
  readonly bulkFirstPollMs: number;
  /** … and so much longer for each thousand rows, so that one look mostly suffices. */
  readonly bulkPollPerThousandMs: number;
  /** Later looks wait half as long again each time, up to this. */
  readonly bulkPollCapMs: number;
  /** A job that takes longer is left to Salesforce, not deleted. */
  readonly bulkPatienceMs: number;
}

export const DEFAULT_TIMINGS: SalesforceTimings = {
  tokenDeadlineMs: 30_000,
  readDeadlineMs: 150_000,
  writeDeadlineMs: 300_000,
  transferDeadlineMs: 600_000,
  metadataDeadlineMs: 180_000,
  retry: DEFAULT_RETRY,
  bulkFirstPollMs: 2000,
  bulkPollPerThousandMs: 300,
  bulkPollCapMs: 60_000,
  bulkPatienceMs: 2 * 60 * 60_000,
};

export interface SalesforceOptions {
  readonly connection: string;
  readonly auth: SalesforceAuth;
  /** `62.0`: always our own, the client's default is from 2020. */
  readonly apiVersion: string;
  /** Share of the org's daily calls after which we stop, 0 to 1. */
  readonly dailyShare: number;
  readonly timings?: Partial<SalesforceTimings>;
}
