import { escapeLiteral } from 'pg'
import { roles } from '../db.ts'

/**
 * The schemas of an installation; `all` of a database that it has for itself. What others keep beside it is left alone.
 */
export type OwnSchemas = readonly string[] | 'all'

const isIn = (schemas: OwnSchemas): string =>
  schemas === 'all'
    ? `nspname !~ '^(pg_|information_schema$|public$)'`
    : `nspname in (${schemas.map(name => escapeLiteral(name)).join(', ')})`

/**
 * In SQL: everything in an installation's schemas that has an owner of its own, as `(owner, change)`: a sequence of a
 * column and a row's type have their table's. `change` is a statement without the new owner's name.
 */
const ownedObjects = (schemas: OwnSchemas): string => `
    select nspowner as owner, format('alter schema %I', nspname) as change from pg_namespace where ${isIn(schemas)}
    union all
    select relowner, format('alter %s %s', case relkind when 'S' then 'sequence' when 'v' then 'view'
        when 'm' then 'materialized view' else 'table' end, c.oid::regclass)
      from pg_class c join pg_namespace n on n.oid = relnamespace
      where ${isIn(schemas)} and relkind in ('r', 'p', 'v', 'm', 'S')
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
          and relkind = 'S' and deptype in ('a', 'i'))
    union all
    select proowner, format('alter routine %s', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = pronamespace where ${isIn(schemas)}
    union all
    select typowner, format('alter %s %s', case typtype when 'd' then 'domain' else 'type' end, t.oid::regtype)
      from pg_type t join pg_namespace n on n.oid = typnamespace
      where ${isIn(schemas)} and (typtype in ('d', 'e', 'r')
        or typtype = 'c' and (select relkind from pg_class where oid = typrelid) = 'c')`

/** In SQL: the names of those who own something of an installation, and whose rights the login has not. */
export const foreignOwners = (schemas: OwnSchemas): string => `
  select distinct pg_get_userbyid(owner)::text from (${ownedObjects(schemas)}) o
  where not pg_has_role(owner, 'usage') and pg_get_userbyid(owner) <> '${roles.maintenance}'`

/**
 * Gives a login all that an installation has in the database at hand, and nothing else: one line, for who may. What
 * belongs to the maintenance role stays its own: functions that run by its rights.
 */
export const takeOver = (login: string, schemas: OwnSchemas): string =>
  `do $$ declare one text; begin for one in
    select format('%s owner to %I', change, ${escapeLiteral(login)}) from (${ownedObjects(schemas)}) o
      where pg_get_userbyid(owner) not in (${escapeLiteral(login)}, '${roles.maintenance}')
    loop execute one; end loop; end $$;`.replace(/\s+/g, ' ')
