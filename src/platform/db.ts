import { createHash } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolClient, types } from 'pg'
import type { DB } from '../../db/types.ts'
import { problems } from './problem.ts'

/** A transaction, or a connection inside one. All SQL goes through it. */
export type Tx = Kysely<DB>

export type Database = {
  readonly url: string
  /** Runs as the application's role: owns nothing, bypasses nothing. */
  readonly kysely: Kysely<DB>
  /** One connection as the same role, for COPY. */
  connect(): Promise<PoolClient>
  end(): Promise<void>
}

export const databaseProblem = problems({
  'database-unreachable': {
    status: 503,
    title: 'The database cannot be reached',
    vi: 'Không kết nối được cơ sở dữ liệu',
    fix: 'Check DATABASE_URL: host, port, database name, user and password; and that the server is running.',
    fixVi:
      'Kiểm tra DATABASE_URL: máy chủ, cổng, tên cơ sở dữ liệu, người dùng, mật khẩu; và máy chủ có đang chạy không.',
  },
  'database-too-old': {
    status: 503,
    title: 'The PostgreSQL server is older than version 15',
    vi: 'Máy chủ PostgreSQL cũ hơn phiên bản 15',
    fix: 'Use PostgreSQL 15 or newer.',
    fixVi: 'Dùng PostgreSQL 15 trở lên.',
  },
  'database-grant-missing': {
    status: 503,
    title: 'The login of DATABASE_URL lacks a right that the installation needs',
    vi: 'Tài khoản trong DATABASE_URL thiếu quyền mà hệ thống cần',
    fix: 'Run the statement given in "statement" as an administrator of the server, then start again.',
    fixVi: 'Chạy câu lệnh ghi ở "statement" bằng quyền quản trị máy chủ, rồi khởi động lại.',
  },
  'database-newer': {
    status: 503,
    title: 'This database was made by a newer release',
    vi: 'Cơ sở dữ liệu này do phiên bản mới hơn tạo ra',
    fix: 'Start the newer release; nothing was changed.',
    fixVi: 'Hãy chạy phiên bản mới hơn; chưa có gì bị thay đổi.',
  },
  'migration-changed': {
    status: 503,
    title: 'A migration that this database already has was changed afterwards',
    vi: 'Một bước nâng cấp đã áp dụng vào cơ sở dữ liệu này bị sửa sau đó',
    fix: 'Restore the file of the release that made the database; nothing was changed.',
    fixVi: 'Khôi phục tệp gốc của phiên bản đã tạo cơ sở dữ liệu; chưa có gì bị thay đổi.',
  },
})

// Days stay text ('YYYY-MM-DD'): a Date would shift them by the zone. Counts fit a double.
types.setTypeParser(types.builtins.DATE, text => text)
types.setTypeParser(types.builtins.INT8, text => Number(text))

/** The three roles of house.md 9.1; the owner is the login of DATABASE_URL. */
export const roles = { application: 'dinhdanh_application', maintenance: 'dinhdanh_maintenance' } as const

const keptPlan = '/* kept plan */'
const planNames = new Map<string, string>()

function planNameOf(text: string): string {
  const known = planNames.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 32)
  planNames.set(text, known)
  return known
}

/** Which statements keep their plan: those that say so, or every one that has parameters. */
type KeptPlans = 'marked' | 'all'

/**
 * A statement whose text begins with the comment "kept plan" is prepared once a connection (its plan is made anew where
 * it should be: PREPARE, "Notes"). For those that are sent hundreds of times a second: most of what such a one takes is
 * being read and planned. Its text must be the same for however many rows.
 */
function namePreparedPlans(client: PoolClient, plans: KeptPlans): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  Object.assign(client, {
    query: (text: unknown, values: unknown, ...more: unknown[]) =>
      typeof text === 'string' &&
      (text.trimStart().startsWith(keptPlan) || (plans === 'all' && Array.isArray(values) && values.length > 0))
        ? query({ name: planNameOf(text), text, values }, ...more)
        : query(text, values, ...more),
  })
}

/**
 * Opens the database at the address `url`. `connections`: how many there are at most. `plans`: `all` is for tests,
 * whose tables stay small: a plan that serves every parameter may be a slow one where a ward has hundreds of rows and
 * the province a million.
 */
export function openDatabase(
  url: string,
  { connections = 16, role = roles.application as string, plans = 'marked' as KeptPlans } = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 15_000,
    application_name: 'dinhdanh',
  })
  pool.on('connect', client => {
    namePreparedPlans(client, plans)
    // A connection may die while a work computes between two statements; the next statement fails by itself.
    client.on('error', () => {})
    // Queued before anything else on this connection; a failure surfaces at the first statement.
    client.query(`set role ${role}; set time zone 'UTC'`).catch(() => undefined)
  })
  // An idle connection that the server closed is replaced by the next; the pool would otherwise end the process.
  pool.on('error', () => {})
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    url,
    kysely,
    connect: () => pool.connect(),
    end: () => kysely.destroy(),
  }
}

/** Sends text that may hold several statements in one message (simple protocol: no parameters). */
export const runSimpleQuery = (tx: Tx, text: string) => tx.executeQuery(CompiledQuery.raw(text))
