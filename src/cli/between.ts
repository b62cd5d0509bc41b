/** An interchange made up, in the envelope of a partner and us. */
import { ourId } from '../hub/identity.ts';
import type { Setup } from '../hub/parts.ts';
import { type Agreement, type Connector, parsePartyId } from '../model/connector.ts';
import type { InterchangeData } from '../model/envelope.ts';

export function between(
  setup: Setup,
  connector: Connector,
  {
    agreement: { application },
    direction,
  }: { readonly agreement: Agreement; readonly direction: 'sends' | 'receives' },
  interchange: InterchangeData,
): InterchangeData {
  const { standard } = interchange;
  const theirs = parsePartyId(connector.ids[standard] ?? 'PARTNER');
  const ours = parsePartyId(ourId(setup, connector, standard) ?? 'US');
  const order = <T>(them: T, us: T) =>
    direction === 'sends' ? { sender: them, receiver: us } : { sender: us, receiver: them };
  const names = order(application?.them ?? theirs.id, application?.us ?? ours.id);
  const groups = interchange.groups.map((group) => ({ ...group, ...names }));
  return { ...interchange, ...order(theirs, ours), groups };
}
