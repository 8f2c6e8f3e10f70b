import { rowReasons } from '../../platform/csv/import.ts'
import { words } from '../../platform/pages/html.ts'
import { rowReasonTexts } from './words-row-reason.ts'

export const say = words({ ...rowReasons, ...rowReasonTexts })
