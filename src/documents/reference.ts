/** References, dates and texts: what may hang on a document, a line or a party. */
import Type from 'typebox';
import { date, text, time } from './scalar.ts';
import { list, shape } from './shape.ts';

export const reference = shape('Reference', {
  type: text('Type', 'What is referred to: `contract`, `promotion`, or a raw code `x12:LW`.'),
  id: text('Id'),
  line: text('Line', 'Line of the document referred to.'),
  text: text('Text'),
  date: date('Date', 'Date of the document referred to.'),
});

export const dated = shape('Date', {
  type: text('Type', 'What happens then: the code of the standard it came from.'),
  date: date('Date'),
  time: time('Time'),
  periodFormat: text('Period format'),
  period: text('Period', 'A period or a date in another form, as sent.'),
});

export const remark = shape('Text', {
  type: text('Type', 'What the text is for.'),
  id: text('Id', 'Code or number of the text.'),
  title: text('Title'),
  function: text('Function'),
  agency: text('Agency', 'Who keeps the list the id is from.'),
  language: text('Language'),
  lines: list('Lines', Type.String({ minLength: 1 })),
});

export const item = shape('Item id', {
  scheme: text('Scheme', 'Who numbers the item: `buyer`, `seller`, `gtin`, `manufacturer` ...'),
  id: text('Id'),
});

export const described = shape('Description', {
  type: text('Type', 'Free form or coded.'),
  characteristic: text('Characteristic'),
  agency: text('Agency', 'Who keeps the list the code is from.'),
  code: text('Code'),
  text: text('Text'),
  language: text('Language'),
});

export const references = list('References', reference);
export const dates = list('Dates', dated, 'Dates that have no field of their own.');
export const texts = list('Texts', remark);
export const items = list('Item ids', item);
export const descriptions = list('Descriptions', described);
