// The one failure after which nobody knows whether the other side acted: cut connection, deadline passed, 5xx after sending.
// Callers of writes read back before they send again; callers of reads simply repeat.
import { UnavailableError } from '#errors/errors.ts';

export class OutcomeUnknownError extends UnavailableError {}
