import { whomToAsk } from '../../../src/inspection/first-day/contract.ts'
import { useLanguage } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'

/** Who administers the officer's unit, or the nearest above: by name, as this installation knows them. */
export function WhomToAsk() {
  const { say, language } = useLanguage()
  const { data } = useAsk(whomToAsk, {})
  if (!data) return null
  return (
    <ul className="plain-list">
      {data.people.map(({ name, roleName, unitName }) => (
        <li key={`${name} ${unitName}`}>
          {say('ask-administrator', { name, role: roleName[language], unit: unitName })}
        </li>
      ))}
      {data.people.length === 0 && <li>{say('ask-commander')}</li>}
    </ul>
  )
}
