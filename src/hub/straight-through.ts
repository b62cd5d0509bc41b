/**
 * Straight through: a small transfer of one message is released, routed and written while its
 * content is at hand, and stored with its verdict in one commit. It is what release and dispatch
 * would make of it afterwards; where anything is in the way, they do.
 */
import type { Document } from '../documents/document.ts';
import type { Connector } from '../model/connector.ts';
import { messageKey } from '../model/message.ts';
import type { TransferRow } from '../model/rows.ts';
import type { AcceptedMessage, Onward, Verdict } from '../model/store.ts';
import { dispatchOne } from './dispatch.ts';
import type { ExaminedMessage } from './examine.ts';
import type { Parts } from './parts.ts';
import { type Read, readMessage, released } from './release.ts';

/** Of larger ones the commits are the least; they must not hold up the others. */
const BYTES_MAX = 64 * 1024;

export class StraightThrough {
  readonly #parts: Parts;
  readonly #transfer: TransferRow;
  readonly #isSmall: boolean;
  #messages = 0;
  #only: { readonly accepted: AcceptedMessage; readonly read: Read } | undefined;

  constructor(parts: Parts, transfer: TransferRow, connector: Connector) {
    this.#parts = parts;
    this.#transfer = transfer;
    const bytes = transfer.parts.reduce((sum, part) => sum + part.size, 0);
    // A serial connector's transfers wait for one another.
    this.#isSmall = connector.order !== 'serial' && bytes <= BYTES_MAX;
  }

  /** Reads the message by its mapping, while its content is valid. */
  add(examined: ExaminedMessage): void {
    this.#messages += 1;
    if (!this.#isSmall || this.#messages > 1 || examined.state !== 'accepted') return;
    const accepted = this.#accepted(examined);
    const read = readMessage(this.#parts, accepted, () => ({
      message: examined.message,
      placed: examined.checked?.root,
    }));
    this.#only = { accepted, read };
  }

  /** What is to be stored with the verdict, where all of the transfer can be. */
  async onward(verdict: Verdict): Promise<Onward | undefined> {
    const isWhole = this.#messages === 1 && verdict.overruled.length === 0;
    if (this.#only === undefined || !isWhole || verdict.state !== 'checked') return undefined;
    const { accepted, read } = this.#only;
    const message = await released(this.#parts, accepted, read);
    const made = message.document ?? message.response;
    if (made === undefined) return { messages: [message], dispatches: [] };
    const { transfer, connector } = accepted;
    const isOurs = message.document === undefined;
    const row = { ...made, isOurs, transfer, connector, at: verdict.at };
    const document = (): Document => read.document ?? (JSON.parse(made.body) as Document);
    const dispatch = await dispatchOne(this.#parts, row, document);
    return { messages: [message], dispatches: [dispatch] };
  }

  #accepted({ message, index, interchange, group, agreement }: ExaminedMessage): AcceptedMessage {
    const { id, connector, receivedAt, isTest, parts } = this.#transfer;
    return {
      transfer: id,
      index,
      part: interchange.part,
      digest: parts[interchange.part]?.digest ?? '',
      envelope: interchange.envelope,
      group: group?.envelope,
      message: messageKey(message.type),
      association: message.type.association,
      control: message.control,
      start: message.start,
      end: message.end,
      partner: interchange.partner?.id,
      mapping: agreement?.mapping,
      isTest,
      connector,
      receivedAt,
    };
  }
}
