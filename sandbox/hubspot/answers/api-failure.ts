// A refusal as HubSpot words it. The same refusal is a whole answer, or one entry of a 207's `errors`.

export interface FailureDetail {
  readonly message: string;
  readonly code?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface FailureOptions {
  readonly status: number;
  readonly category: string;
  readonly message: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly FailureDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly options: FailureOptions;

  constructor(options: FailureOptions) {
    super(options.message);
    this.options = options;
  }
}

export const answerBodyOf = (failure: ApiFailure, correlationId: string): Record<string, unknown> => {
  const { message, subCategory, context, errors, category } = failure.options;
  return {
    status: 'error',
    message,
    correlationId,
    ...(subCategory === undefined ? {} : { subCategory }),
    ...(context === undefined ? {} : { context }),
    ...(errors === undefined ? {} : { errors }),
    category,
  };
};

/** One row's refusal in a 207: there it has neither `errors` nor a correlation id. */
export const rowErrorOf = (failure: ApiFailure, traceId: string | null): Record<string, unknown> => {
  const { message, subCategory, context, category } = failure.options;
  return {
    status: 'error',
    category,
    ...(subCategory === undefined ? {} : { subCategory }),
    message,
    context: { ...context, ...(traceId === null ? {} : { objectWriteTraceId: [traceId] }) },
  };
};
