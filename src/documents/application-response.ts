/**
 * An application response: what the receiver's application says of documents that it could read, where
 * no document answers them by itself (X12 824, EDIFACT APERAK). Named from UBL's ApplicationResponse.
 */
import Type, { type Static } from 'typebox';
import { contact, parties } from './party.ts';
import { dates, references, texts } from './reference.ts';
import { date, text, time } from './scalar.ts';
import { extensions, list, shape } from './shape.ts';

/** One fault of the document answered. */
export const responseFinding = shape('Response finding', {
  code: text('Code', '`missing`, `unknown`, `incorrect`, `outOfBalance` ..., or a raw code.'),
  text: text('Text', 'In a few words.'),
  lines: list('Lines', Type.String({ minLength: 1 }), 'In whole sentences.'),
  line: text('Line', 'Number of the line it speaks of, as that document has it.'),
  segment: text('Segment', 'Tag of the segment.'),
  position: text('Position', 'Of the segment in its message; the header counts as 1.'),
  element: text('Element', 'Position of the element in its segment.'),
  elementId: text('Element id', 'The standard’s number of the element.'),
  value: text('Value', 'The value that is wrong.'),
  newValue: text('New value', 'What was taken in its place.'),
});

export const documentResponse = shape('Document response', {
  response: text(
    'Response',
    '`accepted`, `acceptedWithErrors`, `rejected`; of parts of it `itemRejected` ..., or a raw code.',
  ),
  type: text('Type', 'Which document is answered: `order`, `invoice` ..., or a raw code.'),
  number: text('Number', 'Of the document answered.'),
  issueDate: date('Issue date', 'Of the document answered.'),
  message: text('Message', 'Name of the message answered: `850`.'),
  version: text('Version', 'Of that message.'),
  control: text('Control number', 'Of that message.'),
  group: text('Group', 'Control number of the functional group it came in.'),
  groupDate: date('Group date'),
  groupTime: time('Group time'),
  references,
  dates,
  findings: list('Findings', responseFinding),
});

export const applicationResponse = shape('Application response', {
  document: Type.Literal('applicationResponse'),
  number: text('Number', 'The number its sender gave the response, where there is one.'),
  type: text('Type', 'Kind of response, as its sender names it.'),
  purpose: text('Purpose', '`original`, `replace` ...'),
  issueDate: date('Issue date'),
  issueTime: time('Issue time'),
  parties,
  contacts: list('Contacts', contact),
  references,
  dates,
  texts,
  responses: list('Responses', documentResponse, 'One for each document that is answered.'),
  extensions,
});
export type ApplicationResponse = Static<typeof applicationResponse>;
export type DocumentResponse = Static<typeof documentResponse>;
export type ResponseFinding = Static<typeof responseFinding>;
