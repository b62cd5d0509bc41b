import { peakMegabytes } from '../hub/processes.ts';

const EVERY_MS = 200;

/** Looks at a process's peak until it is told to stop: it can be asked only while it lives. */
export function watchPeak(pid: number): { stop(): number } {
  let peak = 0;
  const look = (): void => {
    try {
      peak = Math.max(peak, peakMegabytes(pid) || 0);
    } catch {
      // It has ended.
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}
