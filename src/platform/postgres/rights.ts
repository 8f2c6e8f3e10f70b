/**
 * What a database and its owner's login must be allowed, and what is missing of it: all of it together, before anything
 * is changed, with the statements by which an administrator gives it.
 */

import { type Client, escapeIdentifier } from 'pg'
import { roles } from '../db.ts'
import { databaseProblem } from '../problems-database.ts'
import { foreignOwners, type OwnSchemas, takeOver } from './ownership.ts'
import { formerApplication, grantMaintenance, loginStatement, takesOn } from './roles.ts'

/** A right, role, extension or setting, as an administrator reads it, and what gives it. */
type NeededRight = { readonly isMissing: boolean; readonly lacks: string; readonly statements: readonly string[] }

type DatabaseState = {
  readonly me: string
  readonly database: string
  readonly version: number
  readonly superuser: boolean
  readonly createrole: boolean
  readonly inherits: boolean
  readonly encoding: string
  readonly standby: boolean
  readonly readonly: boolean
  readonly standardstrings: boolean
  readonly create: boolean
  /** May everybody connect, and make temporary tables? */
  readonly everybodyconnects: boolean
  readonly everybodystages: boolean
  readonly extension: 'installed' | 'trusted' | 'untrusted' | 'absent'
  /** Logins that own objects of ours and whose rights this one has not. */
  readonly owners: readonly string[]
}

const stateQuery = (schemas: OwnSchemas): string => `
  select current_user::text as me, current_database()::text as database,
    current_setting('server_version_num')::int as version,
    r.rolsuper as superuser, r.rolsuper or r.rolcreaterole as createrole, r.rolinherit as inherits,
    pg_encoding_to_char(d.encoding)::text as encoding, pg_is_in_recovery() as standby,
    current_setting('default_transaction_read_only')::bool as readonly,
    current_setting('standard_conforming_strings')::bool as standardstrings,
    has_database_privilege(d.oid, 'create') as "create",
    has_database_privilege('public', d.oid, 'connect') as everybodyconnects,
    has_database_privilege('public', d.oid, 'temporary') as everybodystages,
    case when exists (select from pg_extension where extname = 'btree_gist') then 'installed'
      when exists (select from pg_available_extension_versions where name = 'btree_gist' and trusted) then 'trusted'
      when exists (select from pg_available_extensions where name = 'btree_gist') then 'untrusted'
      else 'absent' end as extension,
    array(${foreignOwners(schemas)}) as owners
  from pg_roles r, pg_database d
  where r.rolname = current_user and d.datname = current_database()`

type RoleState = {
  readonly name: string
  readonly inherited: boolean
  readonly settable: boolean
  readonly grantable: boolean
  readonly connects: boolean
  readonly stages: boolean
}

const rolesQuery = `
  select rolname::text as name,
    pg_has_role(oid, 'usage') as inherited, pg_has_role(oid, ${takesOn}) as settable,
    pg_has_role(oid, 'member with admin option') as grantable,
    has_database_privilege(oid, current_database(), 'connect') as connects,
    has_database_privilege(oid, current_database(), 'temporary') as stages
  from pg_roles where rolname = any ($1)`

const settingsNeeded = (state: DatabaseState): NeededRight[] => {
  const { me, database, encoding, standby, readonly, standardstrings } = state
  const [owner, place, another] = [me, database, `${database}_utf8`].map(escapeIdentifier)
  return [
    {
      isMissing: encoding !== 'UTF8',
      lacks: `a database in UTF8 (this one is in ${encoding})`,
      statements: [`create database ${another} owner ${owner} encoding 'UTF8' template template0;`],
    },
    {
      isMissing: standby,
      lacks: 'a server that can be written (this one is a standby)',
      statements: ['-- give the address of the primary'],
    },
    {
      isMissing: readonly && !standby,
      lacks: 'transactions that write',
      // The administrator's own session reads only as well.
      statements: [
        'set default_transaction_read_only = off;',
        `alter database ${place} set default_transaction_read_only = off;`,
      ],
    },
    {
      isMissing: !standardstrings,
      lacks: 'strings as the standard has them',
      statements: [`alter database ${place} set standard_conforming_strings = on;`],
    },
  ]
}

/** The role that works of maintenance take on. The owner inherits its rights, and backs up by them. */
function maintenanceNeeded(state: DatabaseState, role: RoleState | undefined): NeededRight {
  const name = roles.maintenance
  const inherits = state.version >= 160_000 || state.inherits
  // Since PostgreSQL 16 who may make roles grants only those that it made.
  const mayGrant = state.version >= 160_000 ? role?.grantable : state.createrole || role?.grantable
  return {
    isMissing: role ? !(role.inherited && role.settable) && !(mayGrant && inherits) : !(state.createrole && inherits),
    lacks: role ? `to be a member of ${name} that inherits` : `the role ${name}, and to be a member of it`,
    statements: [
      ...(role ? [] : [`create role ${name} nologin;`]),
      grantMaintenance(state.version, escapeIdentifier(state.me)),
      ...(inherits ? [] : [`alter role ${escapeIdentifier(state.me)} inherit;`]),
    ],
  }
}

const rolesNeeded = (
  state: DatabaseState,
  known: ReadonlyMap<string, RoleState>,
  whyRefused: string | undefined,
): NeededRight[] => [
  {
    isMissing: !known.has(formerApplication) && !state.createrole,
    lacks: `the role ${formerApplication}`,
    statements: [`create role ${formerApplication} nologin;`],
  },
  maintenanceNeeded(state, known.get(roles.maintenance)),
  {
    isMissing: !known.has(roles.application) && !state.createrole,
    lacks: `the login ${roles.application}`,
    statements: [`${loginStatement("password '…'")};`],
  },
  {
    isMissing: whyRefused !== undefined,
    lacks: `that ${roles.application} enters the database (${whyRefused})`,
    statements: [`alter role ${roles.application} login password '…';`],
  },
]

/** What is made in the database; the application and works of maintenance stage rows in temporary tables. */
function objectsNeeded(
  state: DatabaseState,
  known: ReadonlyMap<string, RoleState>,
  schemas: OwnSchemas,
): NeededRight[] {
  const [owner, place] = [escapeIdentifier(state.me), escapeIdentifier(state.database)]
  const application = known.get(roles.application)
  const stagers = [roles.application, roles.maintenance].filter(
    name => !(known.get(name)?.stages ?? state.everybodystages),
  )
  return [
    {
      isMissing: !state.create,
      lacks: 'to make schemas in the database',
      statements: [`grant create on database ${place} to ${owner};`],
    },
    {
      isMissing: state.extension === 'absent',
      lacks: 'the extension btree_gist among those of the server',
      statements: ['-- install the package postgresql-contrib of the server'],
    },
    {
      isMissing: state.extension === 'untrusted' && !state.superuser,
      lacks: 'to make the extension btree_gist',
      statements: ['create extension btree_gist with schema public;'],
    },
    {
      isMissing: !(application?.connects ?? state.everybodyconnects),
      lacks: `that ${roles.application} may connect`,
      statements: [`grant connect on database ${place} to ${roles.application};`],
    },
    {
      isMissing: stagers.length > 0,
      lacks: `that ${stagers.join(' and ')} may make temporary tables`,
      statements: [`grant temporary on database ${place} to ${stagers.join(', ')};`],
    },
    {
      isMissing: state.owners.length > 0,
      lacks: `to own what ${state.owners.join(', ')} owns in the database`,
      statements: [takeOver(state.me, schemas)],
    },
  ]
}

/**
 * Refuses a database where something is missing that an administrator must give, with all of it at once. `whyRefused`
 * tries the application's login, where that exists. Throws database-grant-missing.
 */
export async function refuseMissingRights(
  owner: Client,
  schemas: OwnSchemas,
  whyRefused: () => Promise<string | undefined>,
): Promise<void> {
  const state = (await owner.query<DatabaseState>(stateQuery(schemas))).rows[0]
  if (!state) throw new Error('the database does not know its own login')
  const names = [formerApplication, roles.maintenance, roles.application]
  const { rows } = await owner.query<RoleState>(rolesQuery, [names])
  const known = new Map(rows.map(role => [role.name, role]))
  const refusedBecause = known.has(roles.application) ? await whyRefused() : undefined
  const missing = [
    ...settingsNeeded(state),
    ...rolesNeeded(state, known, refusedBecause),
    ...objectsNeeded(state, known, schemas),
  ].filter(({ isMissing }) => isMissing)
  if (missing.length > 0)
    throw databaseProblem('database-grant-missing', {
      lacks: missing.map(({ lacks }) => lacks),
      statements: missing.flatMap(({ statements }) => statements),
    })
}
