import { FileJson } from 'lucide-react'
import { useState } from 'react'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { DropPlace, FileButton } from './drop-place.tsx'

/**
 * Takes one JSON file, dropped or chosen, and gives on what stands in it. Another kind of file is answered in words.
 */
export function DefinitionDrop({
  label,
  hint,
  onRead,
}: {
  label: string
  hint: string
  onRead: (given: unknown, name: string) => void
}) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const take = async (file: File | undefined) => {
    if (!file) return
    if (!/\.json$/i.test(file.name)) return setWrong(say('new-other-kind', { name: file.name }))
    try {
      const given: unknown = JSON.parse(await file.text())
      setWrong(undefined)
      onRead(given, file.name)
    } catch {
      setWrong(say('new-unreadable', { name: file.name }))
    }
  }
  return (
    <DropPlace label={label} onFiles={([first]) => void take(first)}>
      <strong>{label}</strong>
      <span className="quiet">{hint}</span>
      <FileButton icon={FileJson} accept={['.json', 'application/json']} onFiles={([first]) => void take(first)}>
        {say('file-choose')}
      </FileButton>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropPlace>
  )
}
