import type { Transport } from '../../model/transport.ts';
import { receiveFromDirectory } from './receive.ts';
import { sendToDirectory } from './send.ts';
import { directoryInSettings, directoryOutSettings } from './settings.ts';

/** Files in a watched folder, files dropped into a folder. */
export const directory: Transport = {
  name: 'directory',
  inSettings: directoryInSettings,
  outSettings: directoryOutSettings,
  receive: receiveFromDirectory,
  send: sendToDirectory,
};
