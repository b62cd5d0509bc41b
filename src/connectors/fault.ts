/** One fault of a configuration file, said so that a person can mend it. */
export interface ConfigFault {
  /** Below the installation: `connectors/acme.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** What to write instead. */
  readonly fix: string;
}

export const faultText = (fault: ConfigFault): string =>
  `${fault.file}:${fault.line} ${fault.text} ${fault.fix}`;
