/** Every transport there is. To add one: one file or folder, and one line here. */
import type { Transport } from '../model/transport.ts';
import { directory } from './directory/directory.ts';
import { http } from './http/http.ts';

export const transports: readonly Transport[] = [directory, http];
