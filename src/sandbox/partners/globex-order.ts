/** Globex's purchase order: a cXML OrderRequest with the seller's part numbers and its own. */
import type { LocalTime } from '../../model/zoned.ts';
import { addDays } from '../days.ts';
import { multiply, round, sum } from '../decimal.ts';
import type { Bought, Wanted } from './desk.ts';
import { escapeXml } from './escape-xml.ts';

const article = (part: string, sku: string, description: string, price: string): Bought => ({
  part,
  sku,
  gtin: '',
  description,
  price,
});

export const globexAssortment: readonly Bought[] = [
  article('GX-01-100', 'TL-100', 'Cordless drill 18 V', '129.00'),
  article('GX-01-120', 'TL-120', 'Angle grinder 125 mm', '89.90'),
  article('GX-02-200', 'TL-200', 'Battery 18 V 5.0 Ah', '59.95'),
  article('GX-02-210', 'TL-210', 'Fast charger 18 V', '44.40'),
  article('GX-03-300', 'TL-300', 'Drill bit set, 25 pieces <metal & wood>', '18.75'),
  article('GX-03-320', 'TL-320', 'Safety glasses', '6.80'),
];

export interface GlobexParties {
  /** cXML NetworkIds. */
  readonly me: string;
  readonly hub: string;
  readonly sharedSecret: string;
}

export function globexOrder(
  orderNumber: string,
  lines: readonly Wanted[],
  parties: GlobexParties,
  now: LocalTime,
): string {
  const stamp = `${now.text}${now.offset}`;
  const wantedOn = `${addDays(now.text.slice(0, 10), 6)}T12:00:00${now.offset}`;
  const nets = lines.map((line) => round(multiply(line.quantity, line.price), 2));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<cXML payloadID="${orderNumber}.${compact(now.text)}@globex.example" timestamp="${stamp}" xml:lang="en-US">
  <Header>
    <From>${credential(parties.me)}</From>
    <To>${credential(parties.hub)}</To>
    <Sender>
      ${credential(parties.me, `<SharedSecret>${escapeXml(parties.sharedSecret)}</SharedSecret>`)}
      <UserAgent>Globex Procure 4.2</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="production">
    <OrderRequest>
      <OrderRequestHeader orderID="${orderNumber}" orderDate="${stamp}" orderType="regular" type="new" requestedDeliveryDate="${wantedOn}">
        <Total>${money(sum(nets, 2))}</Total>
        <ShipTo>${shipTo}</ShipTo>
        <BillTo>${billTo}</BillTo>
        <Comments xml:lang="en-US">Deliver before noon &amp; ring at gate 2.</Comments>
      </OrderRequestHeader>
${lines.map(itemOut).join('\n')}
    </OrderRequest>
  </Request>
</cXML>
`;
}

const compact = (text: string): string => text.replace(/\D/g, '');

const credential = (id: string, secret = ''): string =>
  `<Credential domain="NetworkId"><Identity>${escapeXml(id)}</Identity>${secret}</Credential>`;

const money = (amount: string): string => `<Money currency="USD">${amount}</Money>`;

const itemOut = (
  line: Wanted,
): string => `      <ItemOut lineNumber="${line.line}" quantity="${line.quantity}">
        <ItemID><SupplierPartID>${line.sku}</SupplierPartID><BuyerPartID>${line.part}</BuyerPartID></ItemID>
        <ItemDetail>
          <UnitPrice>${money(line.price)}</UnitPrice>
          <Description xml:lang="en-US">${escapeXml(line.description)}</Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <Classification domain="UNSPSC">27112700</Classification>
        </ItemDetail>
      </ItemOut>`;

const shipTo = `
          <Address addressID="BOS-2" isoCountryCode="US">
            <Name xml:lang="en-US">Globex Boston Works</Name>
            <PostalAddress>
              <DeliverTo>Receiving</DeliverTo>
              <Street>88 Foundry Road</Street>
              <City>Boston</City>
              <State>MA</State>
              <PostalCode>02127</PostalCode>
              <Country isoCountryCode="US">United States</Country>
            </PostalAddress>
          </Address>
        `;

const billTo = `
          <Address addressID="HQ" isoCountryCode="US">
            <Name xml:lang="en-US">Globex Corporation</Name>
            <PostalAddress>
              <Street>1 Harbor Plaza</Street>
              <Street>Suite 400</Street>
              <City>Boston</City>
              <State>MA</State>
              <PostalCode>02110</PostalCode>
              <Country isoCountryCode="US">United States</Country>
            </PostalAddress>
          </Address>
        `;
