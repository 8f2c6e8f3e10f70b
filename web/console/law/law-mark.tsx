import type { LawReference } from '../../../src/platform/law.ts'
import { lawMarkText, lawMarkWhy } from '../../../src/platform/pages/law-mark.ts'
import { useLanguage } from '../base/language.tsx'

/** Beside a due day, a fee or a need that a rule of low confidence decided; nothing beside the others. */
export function LawMark({ law }: { law: Pick<LawReference, 'article' | 'source' | 'confidence'> }) {
  const { language } = useLanguage()
  const why = lawMarkWhy(law, language)
  if (why === undefined) return null
  return (
    <abbr className="law-mark" title={why}>
      {lawMarkText(language)('low')}
    </abbr>
  )
}
