import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOutage } from '../problems-database.ts'

/** As pg throws what a server or a pooler says. */
const said = (code: string, message: string) => Object.assign(new Error(message), { code })

test('a pooler whose server is away is an outage, and another violation of the protocol is a fault', () => {
  for (const message of [
    'server login has been failing, try again later (server_login_retry)',
    'server login failed: FATAL the database system is starting up',
    'invalid server parameter',
    'query_wait_timeout',
  ]) {
    const outage = findOutage(said('08P01', message))
    assert.deepEqual([outage?.code, outage?.kind.status, outage?.headers['retry-after']], ['database-away', 503, '5'])
  }
  assert.equal(findOutage(said('08P01', 'bind message supplies 1 parameters, but it requires 2')), undefined)
  assert.equal(findOutage(said('42601', 'syntax error at or near "server login"')), undefined)
})
