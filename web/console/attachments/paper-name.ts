import { sayAttachedPaper } from '../../../src/attachments/words.ts'
import { numberText, roundedText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import type { AttachedFile } from './case-doors.ts'

/** What each paper is called: by its kind, and by its place among several of one kind. */
export function usePaperNames(all: readonly AttachedFile[]): (one: AttachedFile) => string {
  const { say, language } = useLanguage()
  const words = sayAttachedPaper(language)
  return one => {
    const alike = all.filter(({ paper }) => paper === one.paper)
    const paper = words(one.paper)
    return alike.length > 1 ? say('paper-of-page', { paper, n: alike.indexOf(one) + 1 }) : paper
  }
}

const kilobyte = 1000

/** 812 KB, 3,4 MB. */
export const sizeText = (bytes: number): string =>
  bytes < kilobyte * kilobyte
    ? `${numberText(Math.max(1, Math.round(bytes / kilobyte)))} KB`
    : `${roundedText(bytes / (kilobyte * kilobyte), 1)} MB`
