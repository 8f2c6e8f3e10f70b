import type { PdfTextStyle } from './pdf.ts'

/** The letters of the papers of an office, in points; a paper that has its own says so in its `…-pdf.ts`. */
export const types = {
  title: { face: 'bold', size: 15, leading: 22 },
  strong: { face: 'semibold', size: 10, leading: 14.5 },
  text: { face: 'regular', size: 10, leading: 14.5 },
  small: { face: 'regular', size: 8.5, leading: 12.5 },
  note: { face: 'italic', size: 9, leading: 13 },
  head: { face: 'semibold', size: 9.5, leading: 13.5 },
  section: { face: 'bold', size: 10.5, leading: 16 },
} as const satisfies Record<string, PdfTextStyle>
