import { ChevronDown, CircleUserRound } from 'lucide-react'
import { useSession, useUnitName } from './session.tsx'

/** What stands in the bar for the officer: their unit and name. */
export function OfficerName() {
  const { name: officer } = useSession()
  const unit = useUnitName()
  return (
    <>
      <span className="who">
        {unit} <strong>{officer}</strong>
      </span>
      <CircleUserRound className="who-sign" size={24} aria-hidden />
      <ChevronDown size={16} aria-hidden />
    </>
  )
}
