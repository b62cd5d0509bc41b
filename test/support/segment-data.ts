/** Segments that were read as segments to be written. */
import type { Content, ElementData, SegmentData, Segments } from '../../src/model/message.ts';

export function segmentData(content: Content): readonly SegmentData[] {
  if (content.form !== 'segments') throw new Error('the content is a tree');
  const { segments } = content;
  return Array.from({ length: segments.count }, (_, segment) => ({
    tag: segments.tag(segment),
    elements: Array.from({ length: segments.elements(segment) }, (_, index) =>
      elementData(segments, segment, index + 1),
    ),
  }));
}

function elementData(segments: Segments, segment: number, element: number): ElementData {
  const repeats = Array.from({ length: segments.repeats(segment, element) }, (_, index) =>
    Array.from({ length: segments.components(segment, element, index + 1) }, (_, component) =>
      segments.value(segment, element, component + 1, index + 1),
    ),
  );
  return { repeats };
}
