import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCitizens } from '../../../test/a-citizen.ts'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { setConsequences } from '../../audit/record.ts'
import * as dataProtection from '../../data-protection/data-protection.ts'

/** The page on which a person asks something about their own data, and the file of it. */

const house = await openHouse({ withUnits: true })
setConsequences({ 'own-data.downloaded': [dataProtection.answerByCopy] })
const signIn = await openCitizens(house)
const own = await anActivatedAccount(house, { name: 'Hoàng Gia Khánh', bornOn: '1985-03-07' })
const other = await anActivatedAccount(house, { name: 'Lê Bảo Ngọc', bornOn: '1985-08-01' })
const place = '/citizen/requests'

const requestsOf = (personId: string) =>
  house.owner<{ id: string; kind: string; state: string; words: string }>(
    'select id, kind, state, words from data_protection.request where person_id = $1 order by received_at',
    [personId],
  )

test('a person files a request on their page, sees its last day, and takes it back', async () => {
  const browser = await signIn.signedIn(own)
  const words = 'Đề nghị <b>hạn chế</b> gửi tin nhắn cho tôi'
  const filed = await browser.send(await browser.open(place), { step: 'file', kind: 'restrict', words })
  assert.equal(filed.url.split('?')[1], 'done=filed')
  assert.match(filed.text, /Hạn trả lời: ngày 05\/05\/2023/)
  assert.match(filed.text, /&lt;b&gt;hạn chế/)
  const [request] = await requestsOf(own.personId)
  await browser.send(filed, { step: 'take-back', request: request?.id ?? '' })
  assert.deepEqual(
    (await requestsOf(own.personId)).map(({ state }) => state),
    ['withdrawn'],
  )
})

test('a request without a kind or without a sentence is told so, and what was typed stays', async () => {
  const browser = await signIn.signedIn(own)
  const page = await browser.open(place)
  const without = await browser.send(page, { step: 'file', kind: '', words: 'Xin cho biết dữ liệu của tôi' })
  assert.equal(without.page?.status, 400)
  assert.match(without.text, /Chọn một yêu cầu/)
  assert.match(without.text, />Xin cho biết dữ liệu của tôi<\/textarea>/)
  const short = await browser.send(page, { step: 'file', kind: 'erase', words: 'xóa' })
  assert.match(short.text, /bằng một câu/)
})

test('a person neither sees nor takes back what another asks, whatever id the form is given', async () => {
  const theirs = await signIn.signedIn(other)
  await theirs.send(await theirs.open(place), { step: 'file', kind: 'erase', words: 'Đề nghị xóa ảnh của tôi' })
  const [request] = await requestsOf(other.personId)
  const browser = await signIn.signedIn(own)
  const page = await browser.open(place)
  assert.doesNotMatch(page.text, /xóa ảnh của tôi/)
  const refused = await browser.send(page, { step: 'take-back', request: request?.id ?? '' })
  assert.equal(refused.page?.status, 404)
  assert.equal((await requestsOf(other.personId))[0]?.state, 'received')
})

test('the file of one’s data needs a fresh proof, answers a request for it, and comes ten times a day', async () => {
  const browser = await signIn.signedIn(own, ['passcode', 'totp'])
  await browser.send(await browser.open(place), { step: 'file', kind: 'copy', words: 'Xin một bản sao dữ liệu' })
  const page = await browser.open('/citizen/download')
  const fetch = () => browser.send(page, { step: 'download' })
  const file = JSON.parse((await fetch()).text)
  assert.ok(file.data_requests.some(({ kind }: { kind: string }) => kind === 'copy'))
  assert.equal((await requestsOf(own.personId)).find(({ kind }) => kind === 'copy')?.state, 'answered')
  for (let n = 1; n < 10; n += 1) assert.equal((await fetch()).page?.status, 200)
  assert.equal((await fetch()).page?.status, 429)

  await house.owner(
    `update signin.session set factors = (select jsonb_agg(jsonb_set(f, '{at}', to_jsonb(now() - interval '1 hour')))
     from jsonb_array_elements(factors) f) where person_id = $1`,
    [own.personId],
  )
  const stale = await browser.open('/citizen/download')
  assert.doesNotMatch(stale.text, /name="step" value="download"/)
})
