/** How goods travel and how they are packed. */

import { dates } from './reference.ts';
import { decimal, integer, text } from './scalar.ts';
import { list, part, shape } from './shape.ts';

export const carrier = shape('Carrier', {
  sequence: text('Sequence', 'Stage of the journey.'),
  scheme: text('Scheme', 'Who numbers carriers: SCAC and others.'),
  id: text('Id'),
  name: text('Name'),
  mode: text('Mode', 'Road, rail, sea, air, parcel.'),
  means: text('Means of transport'),
  conveyance: text('Conveyance', 'Voyage, flight or trip number.'),
  vehicle: text('Vehicle', 'Licence plate or id of the vessel.'),
  vehicleName: text('Vehicle name'),
  routing: text('Routing'),
  status: text('Status', 'Complete, partial.'),
  locationType: text('Location type'),
  location: text('Location'),
  service: text('Service level'),
  equipment: text('Equipment'),
  trackingNumber: text('Tracking number'),
});
export const equipment = list(
  'Equipment',
  shape('Equipment', {
    type: text('Type', 'Trailer, container.'),
    initial: text('Initial'),
    number: text('Number'),
    seal: text('Seal'),
  }),
);

/** How one line is packed: so many inner packs of such a size. */
export const pack = part('Pack', {
  count: integer('Count', 'Inner packs in an outer one.'),
  size: decimal('Size'),
  unit: text('Unit of the size'),
  type: text('Type'),
  weightType: text('Weight type'),
  weight: decimal('Weight', 'Gross weight of a pack.'),
  weightUnit: text('Weight unit'),
  volume: decimal('Volume'),
  volumeUnit: text('Volume unit'),
  inner: integer('Inner', 'Units in an inner pack.'),
});

export const carriers = list('Carriers', carrier);

export const packing = shape('Packing', {
  type: text('Type', 'Pallet, carton, and of what.'),
  count: integer('Count'),
  kind: text('Kind of commodity code'),
  commodity: text('Commodity'),
  description: text('Description'),
  weightType: text('Weight type'),
  weight: decimal('Weight'),
  weightUnit: text('Weight unit'),
  volume: decimal('Volume'),
  volumeUnit: text('Volume unit'),
});
export const packings = list('Packing', packing);

/** A weight, length or count that the standard names by a code. */
export const measure = shape('Measure', {
  type: text('Type'),
  dimension: text('Dimension'),
  value: decimal('Value'),
  unit: text('Unit'),
});
export const measures = list('Measures', measure);

export const mark = shape('Mark', {
  type: text('Type', '`sscc`, `tracking`, `carton`, or a raw code.'),
  id: text('Id'),
  to: text('To', 'Last id of a range.'),
  instruction: text('Instruction', 'What is to be marked how.'),
  dates,
});
export const marks = list('Marks', mark);

export const delivery = shape('Delivery terms', {
  function: text('Function'),
  code: text('Code', 'Incoterm, or the sender’s own.'),
  payment: text('Payment', 'Who pays the freight.'),
  scheme: text('Scheme'),
  locationType: text('Location type'),
  location: text('Location'),
  description: text('Description'),
});
export const deliveryTerms = list('Delivery terms', delivery);
