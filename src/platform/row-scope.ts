import { type Id, isId } from './ids.ts'

/**
 * The rows that row-level security lets a work see: none, those of some units, or all of the installation (system and
 * operator).
 */
export type RowScope =
  | 'none'
  | 'house'
  | {
      readonly units: readonly Id<'unit' | 'school'>[]
      /** Appointments whose own part of a unit or school it sees besides: a teacher's class. */
      readonly parts?: readonly string[]
      /**
       * The units may be all of the province. Where they are, the database looks up nobody's residence one by one; it
       * compares them with every commune, so that saying this alone opens nothing (`units.whole_province_in_scope`).
       */
      readonly whole?: true
    }

/**
 * Every setting `dinhdanh.…` that a row-security policy reads. Set by literals of SET LOCAL, for one transaction; empty
 * elsewhere.
 */
export const rowSettings = [
  'sees',
  'scope',
  'whole',
  'parts',
  'person',
  'writes_own_on',
  'actor',
  'needs',
  'in_sign_in_scope',
  'signing_in',
  'holder_signing_in',
  'engineer',
  'engineer_signing_in',
] as const

type RowSetting = (typeof rowSettings)[number]
export type RowSettings = { readonly [Name in RowSetting]?: string }

/** The settings by which a scope is read. Throws a RangeError where an id is no UUID. */
export function settingsOfScope(scope: RowScope): RowSettings {
  if (scope === 'none') return {}
  if (scope === 'house') return { sees: 'house' }
  if (!scope.units.every(isId)) throw new RangeError('a scope is built from UUIDs only')
  const { units, parts = [], whole } = scope
  if (!parts.every(isId)) throw new RangeError('a scope is built from UUIDs only')
  return {
    scope: `{${units.join(',')}}`,
    ...(whole && { whole: 'yes' }),
    ...(parts.length > 0 && { parts: `{${parts.join(',')}}` }),
  }
}

/** The setting by which a person sees what is their own. Throws a RangeError where the id is no UUID. */
export function settingOfPerson(personId: Id<'person'> | undefined): RowSettings {
  if (personId === undefined) return {}
  if (!isId(personId)) throw new RangeError('a person is named by a UUID only')
  return { person: personId }
}

/** Statements that set them for the transaction at hand. */
export const statementsOfSettings = (settings: RowSettings): string[] =>
  Object.entries(settings).map(([name, value]) => `set local dinhdanh.${name} = '${value.replaceAll("'", "''")}'`)

/** The same in one text. */
export const setLocally = (settings: RowSettings) =>
  statementsOfSettings(settings)
    .map(text => `${text};`)
    .join(' ')

/** A statement that tells who the server takes this connection for, and what it is allowed to see now. */
export const readBackStatement = `select current_user::text as "user", ${rowSettings
  .map(name => `coalesce(current_setting('dinhdanh.${name}', true), '') as ${name}`)
  .join(', ')}`

/** The same, with the text that the database gives of something else. */
export const readBackWith = (expression: string) => `${readBackStatement}, ${expression} as standing`

/** What `readBackStatement` gives. */
export type ReadBack = { readonly user: string; readonly standing?: string | null } & {
  readonly [Name in RowSetting]: string
}

/** The first thing that is other than meant: 'user' or a setting; undefined where all is as it should be. */
export const differenceOf = (found: ReadBack | undefined, user: string, settings: RowSettings) =>
  found?.user === user ? rowSettings.find(name => found[name] !== (settings[name] ?? '')) : 'user'
