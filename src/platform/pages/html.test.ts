import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { html, languageCookie, languageOf, page, words } from './html.ts'

test('nothing that is written into a page can become markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=') }), text => {
      const { html: written } = html`<p title="${text}">${text}</p>`
      const inside = written.slice('<p title="'.length, -'</p>'.length)
      assert.doesNotMatch(inside.replace('">', ''), /[<>"']/)
    }),
  )
})

test('absent pieces write nothing, lists write each, markup stands as it is', () => {
  assert.equal(html`${false}${null}${undefined}${['a', html`<b>${'<'}</b>`]}${0}`.html, 'a<b>&lt;</b>0')
})

test('a page speaks Vietnamese unless asked for English, and keeps a choice', () => {
  assert.equal(languageOf({}), 'vi')
  assert.equal(languageOf({ 'accept-language': 'fr' }), 'vi')
  assert.equal(languageOf({ 'accept-language': 'en-GB,vi;q=0.5' }), 'en')
  assert.equal(languageOf({ 'accept-language': 'en', cookie: 'a=1; language=vi' }), 'vi')
  assert.match(page('vi', 'Sổ <dân cư>', html`<p>x</p>`), /<html lang="vi">[\s\S]*Sổ &lt;dân cư&gt;/)
})

test('over https a choice of language is kept in a cookie of this host alone, and read before an older one', () => {
  const kept = languageCookie('en', { isHttps: true })
  assert.match(kept, /^__Host-language=en; Path=\/; .*SameSite=Lax; Secure$/)
  assert.match(languageCookie('en', { isHttps: false }), /^language=en; Path=\/; .*SameSite=Lax$/)
  assert.equal(languageOf({ cookie: `language=vi; ${kept.split(';')[0]}` }), 'en')
  assert.equal(languageOf({ cookie: 'my__Host-language=en; language=vi' }), 'vi')
})

test('each text is there in both languages', () => {
  const say = words({ card: ['thẻ', 'card'] })
  assert.deepEqual([say('vi')('card'), say('en')('card')], ['thẻ', 'card'])
})
