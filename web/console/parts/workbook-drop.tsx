import { FileSpreadsheet } from 'lucide-react'
import { useState } from 'react'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { DropPlace, FileButton } from './drop-place.tsx'

const workbookFiles = ['.xlsx', '.csv'] as const

/**
 * Takes one workbook, dropped or chosen. Other kinds of file are answered in words, and old ones say how to save them
 * anew.
 */
export function WorkbookDrop({
  label,
  onFile,
  maxBytes = 30_000_000,
  kinds = workbookFiles,
  hint,
}: {
  label: string
  /** Endings of the files that are taken. */
  kinds?: readonly string[]
  hint?: string
  onFile: (file: File) => void
  maxBytes?: number
}) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const take = (file: File | undefined) => {
    if (!file) return
    if (!kinds.some(ending => file.name.toLowerCase().endsWith(ending)))
      return setWrong(
        say(/\.xls$/i.test(file.name) ? 'file-old-kind' : 'file-other-kind', {
          name: file.name,
          kinds: kinds.join(', '),
        }),
      )
    if (file.size > maxBytes) return setWrong(say('file-too-large', { n: Math.floor(maxBytes / 1_000_000) }))
    setWrong(undefined)
    onFile(file)
  }
  return (
    <DropPlace label={label} onFiles={([first]) => take(first)}>
      <strong>{label}</strong>
      <span className="quiet">{hint ?? say('file-hint')}</span>
      <FileButton icon={FileSpreadsheet} accept={kinds} onFiles={([first]) => take(first)}>
        {say('file-choose')}
      </FileButton>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropPlace>
  )
}
