/** Errors: things that could not be done, with what to do next. */
import type { Retry } from '../errors.ts';

export const errors = {
  'config-invalid': {
    retry: 'permanent',
    status: 422,
    meaning: 'A configuration, connector or mapping file has faults.',
  },
  'not-found': { retry: 'permanent', status: 404, meaning: 'There is nothing with that id.' },
  'not-allowed': { retry: 'permanent', status: 403, meaning: 'The key may not do this.' },
  unauthorized: { retry: 'permanent', status: 401, meaning: 'No key, or a wrong one.' },
  'request-invalid': {
    retry: 'permanent',
    status: 400,
    meaning: 'The request is not as the API says.',
  },
  'too-large': {
    retry: 'permanent',
    status: 413,
    meaning: 'The body is larger than limits.bodyBytes.',
  },
  conflict: {
    retry: 'permanent',
    status: 409,
    meaning: 'The state of the thing does not allow this.',
  },
  'cannot-encode': {
    retry: 'permanent',
    status: 422,
    meaning: 'A value cannot be written in the agreed syntax or character set.',
  },
  'store-busy': { retry: 'transient', status: 503, meaning: 'Another hub holds the store.' },
  'send-refused': {
    retry: 'permanent',
    status: 502,
    meaning: 'The destination refused the delivery.',
  },
  'send-failed': {
    retry: 'transient',
    status: 502,
    meaning: 'The destination could not be reached; nothing was sent.',
  },
  'send-unsure': {
    retry: 'ambiguous',
    status: 502,
    meaning: 'The delivery was sent, and no answer came: it may have arrived.',
  },
  'secret-missing': {
    retry: 'permanent',
    status: 500,
    meaning: 'A secret that a file refers to is not there.',
  },
  'file-unfinished': {
    retry: 'transient',
    status: 503,
    meaning:
      'A file was written to while it was read: it stays where it is and is taken when it rests.',
  },
  'body-stalled': {
    retry: 'transient',
    status: 408,
    meaning: 'The sender stopped sending before its body was whole: nothing was stored.',
  },
  'method-wrong': {
    retry: 'permanent',
    status: 405,
    meaning: 'This address takes another HTTP method.',
  },
  'not-ready': {
    retry: 'transient',
    status: 503,
    meaning: 'The hub is starting or stopping: send it again in a moment.',
  },
  internal: { retry: 'transient', status: 500, meaning: 'A fault of the hub.' },
} as const satisfies Record<string, { retry: Retry; status: number; meaning: string }>;
