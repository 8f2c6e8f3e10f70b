import type { SecretSource } from '../../platform/settings/secrets.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

const placeName: Readonly<Record<SecretSource['from'], string>> = {
  credentials: 'the folder of credentials',
  keys: 'keys/',
  environment: 'the environment',
  config: 'config.json',
}

/** From where each secret comes. The environment shows in lists of processes, and config.json lies in each copy. */
export function checkSecrets(house: LookedAtHouse): DoctorCheck {
  const sources = house.secretSources()
  const told = Object.entries(Object.groupBy(sources, ({ from }) => from)).map(
    ([from, list]) => `${list.map(({ secret }) => secret).join(', ')} from ${placeName[from as SecretSource['from']]}`,
  )
  const isDemonstration = house.record()['demonstration'] !== undefined
  return {
    what: 'secrets',
    ok: isDemonstration || sources.every(({ from }) => from === 'credentials' || from === 'keys'),
    found: told.join('; ') || 'none',
    todo: 'let the secret manager give them: docs/operations.md, Secrets from a secret manager',
    advice: true,
  }
}
