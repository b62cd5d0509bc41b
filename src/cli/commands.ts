/** The one list of commands. */
import { check } from './check.ts';
import type { Command } from './command.ts';
import { demo } from './demo.ts';
import { explain } from './explain.ts';
import { guide } from './guide.ts';
import { mapping } from './mapping.ts';
import { read } from './read.ts';
import { sample } from './sample.ts';
import { serve } from './serve.ts';
import { cancel, reissue, reload, replay, resend, status } from './status.ts';
import { translate } from './translate.ts';
import { validate } from './validate.ts';
import { write } from './write.ts';

export const commands: readonly Command[] = [
  serve,
  demo,
  check,
  validate,
  read,
  write,
  translate,
  explain,
  mapping,
  guide,
  sample,
  status,
  resend,
  cancel,
  reissue,
  replay,
  reload,
];
