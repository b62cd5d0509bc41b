/** A cXML order for tests; `change` edits its text. */

import { cxml } from '../../../../src/codecs/cxml/cxml.ts';
import type { CodecEvent } from '../../../../src/model/codec.ts';
import { defaultDecodeLimits as limits } from '../../../../src/model/codec.ts';
import type { InterchangeData } from '../../../../src/model/envelope.ts';
import type { TreeData } from '../../../../src/model/message.ts';

export const order = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<cXML payloadID="1@hub" timestamp="2026-03-01T14:05:00+01:00">
  <Header>
    <From>
      <Credential domain="NetworkId" type="marketplace"><Identity>market</Identity></Credential>
      <Credential domain="DUNS"><Identity>123456789</Identity></Credential>
    </From>
    <To><Credential domain="NetworkId"><Identity>AN02</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkId">
        <Identity>network</Identity><SharedSecret>coyote</SharedSecret>
      </Credential>
      <UserAgent>tester</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="test">
    <OrderRequest><OrderRequestHeader orderID="DO1"/></OrderRequest>
  </Request>
</cXML>
`;

export function decode(bytes: string | Uint8Array, chunkBytes = Number.POSITIVE_INFINITY) {
  const events: CodecEvent[] = [];
  const decoder = cxml.decoder((event) => events.push(event), { limits });
  const all = Buffer.from(bytes as string);
  for (let at = 0; at < all.length; at += chunkBytes) {
    decoder.write(all.subarray(at, Math.min(all.length, at + chunkBytes)));
  }
  decoder.end();
  return events;
}

/** What is to be written around a message, with the given differences. */
export const interchange = (
  root: TreeData,
  name: string,
  changes: Partial<InterchangeData> = {},
): InterchangeData => ({
  standard: 'cxml',
  control: '1772370300.17@tradelane',
  sender: { qualifier: 'DUNS', id: '987654321' },
  receiver: { qualifier: 'NetworkId', id: 'AN01' },
  preparedAt: '2026-03-01T14:05:00',
  offset: '+01:00',
  isTest: false,
  wantsAcknowledgement: true,
  syntax: {
    version: '1.0',
    charset: 'utf8',
    element: '',
    component: '',
    terminator: '',
    decimalMark: '.',
  },
  groups: [
    {
      functionalId: '',
      control: '',
      sender: '',
      receiver: '',
      version: '',
      messages: [
        {
          type: { standard: 'cxml', version: '1.2', name },
          control: '1772370300.17@tradelane',
          content: { form: 'tree', root },
        },
      ],
    },
  ],
  ...changes,
});
