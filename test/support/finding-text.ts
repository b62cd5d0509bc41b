/** A finding as one line that people compare. */
import type { Finding } from '../../src/model/finding.ts';

export const rangeText = (at: { readonly start?: number; readonly end?: number }): string =>
  at.end === undefined ? `${at.start}` : `${at.start}-${at.end}`;

export const findingText = ({ code, severity, place, text }: Finding): string =>
  `${severity} ${code} at ${place.path} [${rangeText(place)}]: ${text}`;
