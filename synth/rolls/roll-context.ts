import type { Hazard } from '../damage/damage.ts'
import type { Shown } from '../damage/defect.ts'
import { fontFace, inLegacyFont, type LegacyFont } from '../damage/legacy-font.ts'
import type { Random } from '../random.ts'
import type { School } from '../schools/school.ts'
import type { Field, Layout, Template } from './template.ts'
import type { Style } from './workbook.ts'

/** What a roll is written from: the school, and how it writes. */
export type RollContext = {
  school: School
  schoolYear: string
  template: Template
  layout: Layout
  heads: ReadonlyMap<Field, string>
  hazard: Hazard
  whole: ReadonlySet<string>
  font: LegacyFont | undefined
  /** The old font on everything, or only where names were pasted. */
  fontEverywhere: boolean
  shown: Shown
  random: Random
  isTaken: (number: string) => boolean
  timesHere: ReadonlyMap<string, number>
  schoolsOf: ReadonlyMap<string, number>
}

/** The letters as this school's font has them. */
export const shownText = ({ font, fontEverywhere }: RollContext, text: string) =>
  font && fontEverywhere ? inLegacyFont(text, font === 'vni' ? 'vni' : 'tcvn3') : text
export const textStyle = ({ font, fontEverywhere }: RollContext, style: Style = {}): Style =>
  font && fontEverywhere ? { ...style, font: fontFace[font === 'vni' ? 'vni' : 'tcvn3'] } : style
