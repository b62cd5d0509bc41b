/** Why an XML file could not be read to its end, as a value until it is a finding. */
import type { FindingCode } from '../../model/catalogue.ts';

export interface XmlFault {
  readonly code: FindingCode;
  /** A whole sentence. */
  readonly text: string;
  /** Names of the open elements: `cXML/Request`. */
  readonly path: string;
  /** Byte offset in the part. */
  readonly at: number;
}

/** Stops the parser at the first fault: what follows a fault is a guess. */
export class XmlStop extends Error {
  readonly fault: XmlFault;

  constructor(fault: XmlFault) {
    super(fault.text);
    this.fault = fault;
  }
}
