import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { DropPlace, FileButton } from './drop-place.tsx'

export type FileDropProps = {
  readonly label: string
  readonly hint: string
  /** With its dot, in lower case. */
  readonly ending: string
  readonly icon: LucideIcon
  /** What is said of a file of another kind, by its name. */
  readonly otherKind: (name: string) => string
  readonly onFile: (file: File) => void
}

/** Takes one file of one kind, dropped or chosen, and gives it on unread. */
export function FileDrop({ label, hint, ending, icon, otherKind, onFile }: FileDropProps) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const take = (file: File | undefined) => {
    if (!file) return
    if (!file.name.toLowerCase().endsWith(ending)) return setWrong(otherKind(file.name))
    setWrong(undefined)
    onFile(file)
  }
  return (
    <DropPlace label={label} onFiles={([first]) => take(first)}>
      <strong>{label}</strong>
      <span className="quiet">{hint}</span>
      <FileButton icon={icon} accept={[ending]} onFiles={([first]) => take(first)}>
        {say('file-choose')}
      </FileButton>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropPlace>
  )
}
