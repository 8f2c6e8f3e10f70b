import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserText } from './browser-text.ts'

test('a browser is called by its program and system, and by what it sent where neither is known', () => {
  const chrome =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36'
  assert.equal(browserText(chrome), 'Chrome, Android')
  assert.equal(browserText(`${chrome.replace('Linux; Android 14', 'Windows NT 10.0')} Edg/131.0`), 'Edge, Windows')
  assert.equal(browserText('curl/8.5.0'), 'curl/8.5.0')
})
