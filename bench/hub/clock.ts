/** Milliseconds of the machine's monotonic clock: every process of the machine reads the same one. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
