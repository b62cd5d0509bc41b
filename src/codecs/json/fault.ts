/** Why a JSON text could not be read, as an exception inside the reader only. */
import type { FindingCode } from '../../model/catalogue.ts';

export interface JsonFault {
  readonly code: FindingCode;
  /** A whole sentence. */
  readonly text: string;
  /** Members from the outermost object on: `lines/0/price`. */
  readonly path: string;
  /** Byte offset in the part. */
  readonly at: number;
}

export class JsonStop extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.text);
    this.fault = fault;
  }
}
