import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 2 ** 20

/** What this process may use, in MB: a container may have less than its machine. */
function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / MB)
}

const clamp = (least: number, value: number, most: number) => Math.floor(Math.min(Math.max(value, least), most))

/**
 * Containers often have 64 MB of shared memory, too little for a parallel query: such machines use files in its place.
 */
function sharedMemoryKind(): string {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return bsize * blocks >= 256 * MB ? 'posix' : 'mmap'
  } catch {
    return 'mmap'
  }
}

/** PostgreSQL reads a list of folders; quotes keep one with a comma or a blank in one piece. */
const quoteSetting = (folder: string) => `"${folder.replaceAll('"', '""')}"`

/**
 * How the house runs its PostgreSQL. Given at start, above anything in postgresql.conf.
 *
 * Nothing listens on the network. The log holds the server's own life alone: a failed statement's text, values and
 * details may be personal data, and reach the one who asked in any case.
 */
export function serverSettings(socketDir: string, safety: 'durable' | 'fast'): Readonly<Record<string, string>> {
  const mb = memoryBytes()
  return {
    listen_addresses: '',
    unix_socket_directories: quoteSetting(socketDir),
    unix_socket_permissions: '0700',
    max_connections: '100',

    // What a killed command began goes on for no longer, and holds its locks no longer; Windows cannot tell.
    ...(process.platform !== 'win32' && { client_connection_check_interval: '1s' }),

    shared_buffers: `${clamp(128, mb / 16, 1024)}MB`,
    effective_cache_size: `${clamp(256, mb / 2, 65536)}MB`,
    maintenance_work_mem: `${clamp(64, mb / 32, 512)}MB`,
    work_mem: '16MB',
    dynamic_shared_memory_type: sharedMemoryKind(),
    jit: 'off',

    // There is no replica: rows loaded into a table made in the same transaction need no log of their own.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    fsync: safety === 'durable' ? 'on' : 'off',
    full_page_writes: safety === 'durable' ? 'on' : 'off',
    synchronous_commit: safety === 'durable' ? 'on' : 'off',

    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: 'off',
  }
}
