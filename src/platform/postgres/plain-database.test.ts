import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusePlainDatabase } from './plain-database.ts'

const refused = (databaseUrl: string, databaseAppUrl = '', databaseDirectUrl = '') => {
  try {
    refusePlainDatabase({ databaseUrl, databaseAppUrl, databaseDirectUrl })
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}

test('a database on another machine is reached encrypted or not at all', () => {
  for (const url of [
    'postgres://house@db.tinh.example/house',
    'postgres://house@10.0.0.7:5432/house?sslmode=prefer',
    'postgres://house@10.0.0.7:5432/house?sslmode=disable',
    'postgres:///house?host=10.0.0.7',
  ]) {
    assert.equal(refused(url), 'database-in-the-clear', url)
    assert.equal(refused('', url), 'database-in-the-clear', `of the application: ${url}`)
    assert.equal(refused('', '', url), 'database-in-the-clear', `past a pooler: ${url}`)
  }
  for (const url of [
    '',
    'postgres://house@localhost/house',
    'postgres://house@127.0.0.1:5433/house',
    'postgres://house@[::1]/house',
    'postgres:///house?host=%2Frun%2Fpostgresql',
    'postgres://house@%2Frun%2Fpostgresql/house',
    'postgres://house@db.tinh.example/house?sslmode=verify-full&sslrootcert=ca.pem',
    'postgres://house@db.tinh.example/house?sslmode=require',
  ])
    assert.equal(refused(url), undefined, url)
})

test('an address by which the driver would encrypt without looking at the certificate is refused', () => {
  for (const url of [
    'postgres://house@10.0.0.7/house?sslmode=require&uselibpqcompat=true',
    'postgres://house@10.0.0.7/house?uselibpqcompat=true&sslmode=require&sslrootcert=ca.pem',
    'postgres://house@10.0.0.7/house?uselibpqcompat=true&sslmode=verify-ca&sslrootcert=ca.pem',
    'postgres://house@10.0.0.7/house?sslmode=no-verify',
    'postgres://house@10.0.0.7/house?sslmode=verify-full&sslmode=disable',
    'postgres://house@10.0.0.7/house?sslmode=require&sslmode=no-verify',
    'postgres://house@localhost/house?host=localhost&host=10.0.0.7',
    'postgres://house@10.0.0.7/house?ssl=true&sslmode=disable',
  ])
    assert.equal(refused(url), 'database-in-the-clear', url)
  for (const url of [
    'postgres://house@10.0.0.7/house?uselibpqcompat=true&sslmode=verify-full&sslrootcert=ca.pem',
    'postgres://house@10.0.0.7/house?host=10.0.0.7&host=localhost',
  ])
    assert.equal(refused(url), undefined, url)
})
