import { type Id, isId } from './ids.ts'

/**
 * The rows that row-level security lets a work see: none, those of some units, or all of the installation (system and
 * operator).
 */
export type RowScope = 'none' | 'house' | { readonly units: readonly Id<'unit' | 'school'>[] }

/** The settings that row-level security reads, as literals for one statement. */
export function scopeSettings(scope: RowScope): string {
  if (scope === 'none') return ''
  if (scope === 'house') return `set local dinhdanh.sees = 'house';`
  if (!scope.units.every(isId)) throw new RangeError('a scope is built from UUIDs only')
  return `set local dinhdanh.scope = '{${scope.units.join(',')}}';`
}

/** The setting by which a person sees what is their own. */
export function ownSetting(personId: Id<'person'> | undefined): string {
  if (personId === undefined) return ''
  if (!isId(personId)) throw new RangeError('a person is named by a UUID only')
  return `set local dinhdanh.person = '${personId}';`
}
