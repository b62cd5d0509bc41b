/** Things that could not be done. Faults in data are findings (finding.ts), not errors. */
import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/**
 * What to do next. transient: the same again later. ambiguous: it may have arrived; never repeat
 * blindly. permanent: repeating cannot help.
 */
export type Retry = 'transient' | 'ambiguous' | 'permanent';

export class HubError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  /** Facts for the log and for problem+json; never a secret, never a payload. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retry?: Retry; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HubError';
    this.code = code;
    this.retry = options.retry ?? errorCatalogue[code].retry;
    this.details = options.details ?? {};
  }
}

export const isHubError = (error: unknown): error is HubError => error instanceof HubError;
