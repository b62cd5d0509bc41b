import type { Transport } from '../../model/transport.ts';
import { receiveOverHttp } from './receive.ts';
import { sendOverHttp } from './send.ts';
import { httpInSettings, httpOutSettings } from './settings.ts';

/** POST in below `/in/<connector>`, POST out to a URL. */
export const http: Transport = {
  name: 'http',
  inSettings: httpInSettings,
  outSettings: httpOutSettings,
  receive: receiveOverHttp,
  send: sendOverHttp,
};
