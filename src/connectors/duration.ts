/** Durations and sizes as people write them: `4h`, `1h30m`, `90s`, `2d`; `16MB`, `512 KB`. */
const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds; undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d{1,6}(\.\d{1,3})?[smhd]){1,4}$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)([smhd])/g);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * secondsOf[unit ?? '']!,
    0,
  );
}

/** `within 4h` or `4h`, in seconds. */
export const parseWithin = (text: string): number | undefined =>
  parseDuration(text.replace(/^within\s{1,4}/, ''));

const bytesOf: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Bytes; undefined for what is no size. A number alone is bytes. */
export function parseSize(text: string): number | undefined {
  const found = /^(\d{1,12}) ?(B|KB|MB|GB)?$/.exec(text);
  return found === null ? undefined : Number(found[1]) * bytesOf[found[2] ?? 'B']!;
}
