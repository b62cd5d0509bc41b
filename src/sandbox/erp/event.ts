/** What the sandbox ERP tells whoever watches it, after the commit. */
import type { Order, Remittance } from './forms.ts';
import type { Step, StepDone } from './fulfilment.ts';

export type ErpEvent =
  | {
      readonly what: 'order';
      readonly id: string;
      readonly repeated: boolean;
      readonly form: Order;
    }
  | {
      readonly what: 'payment';
      readonly id: string;
      readonly repeated: boolean;
      readonly form: Remittance;
    }
  | { readonly what: 'step'; readonly id: string; readonly step: Step; readonly done: StepDone }
  | {
      readonly what: 'pushed' | 'push-failed';
      /** The sales order. */
      readonly id: string;
      /** `orderResponse`, `shipment`, `invoice`. */
      readonly form: string;
      readonly attempt: number;
      readonly text: string;
    };
