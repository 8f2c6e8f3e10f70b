import type { TextStyle } from './text.ts'

/**
 * How large the letters of each text on a card are, and how small a long text may be set (`floor`) before it is
 * refused. Sizes are ems in millimetres; 1.55 mm is 4.4 points, as labels on such cards are, 1.5 mm the smallest that
 * is still read without a glass.
 */
export const styles = {
  country: { weight: 'bold', size: 2.4, floor: 2 },
  motto: { weight: 'semibold', size: 2.2, floor: 1.8 },
  title: { weight: 'bold', size: 4, floor: 3 },
  label: { weight: 'semibold', size: 1.55, floor: 1.4, leading: 1.35 },
  name: { weight: 'bold', size: 3.2, floor: 1.75, leading: 1.45 },
  value: { weight: 'semibold', size: 2.3, floor: 1.5 },
  small: { weight: 'regular', size: 1.55, floor: 1.3, leading: 1.35 },
  issuer: { weight: 'bold', size: 2, floor: 1.4, leading: 1.35 },
} as const satisfies Record<string, TextStyle>
