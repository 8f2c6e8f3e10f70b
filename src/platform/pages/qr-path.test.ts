import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsqrModule from 'jsqr'
import sharp from 'sharp'
import { qrPath } from './qr-path.ts'

// The package's types give a namespace, what runs is the function.
const readQr = jsqrModule as unknown as typeof jsqrModule.default

async function readBack(text: string): Promise<string | undefined> {
  const { d, size } = qrPath(text)
  const whole = size + 8
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole * 5}" height="${whole * 5}" viewBox="-4 -4 ` +
    `${whole} ${whole}">` +
    `<rect x="-4" y="-4" width="${whole}" height="${whole}" fill="#fff"/><path d="${d}"/></svg>`
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return readQr(new Uint8ClampedArray(data), info.width, info.height)?.data
}

test('a code drawn by its outlines says what was put into it, short or long', async () => {
  for (const text of [
    'T-2023-000417',
    'https://dinhdanh.example/h/7Q2M-K9XA',
    'Tổ 5, Khu 3, Hồng Hà|Nữ',
    'Đường Lê Thánh Tông, '.repeat(12),
  ])
    assert.equal(await readBack(text), text)
})

test('outlines go along the edges of modules, and no corner of them is straight', () => {
  for (const way of qrPath('Tổ 5, Khu 3, Hồng Hà').d.split('Z').filter(Boolean)) {
    const corners = way
      .slice(1)
      .split('L')
      .map(point => point.split(' ').map(Number))
    for (const [i, [x = 0, y = 0]] of corners.entries()) {
      const [fromX = 0, fromY = 0] = corners.at(i - 1) ?? []
      const [, toY = 0] = corners[(i + 1) % corners.length] ?? []
      assert.notEqual(fromX === x, fromY === y)
      assert.equal(fromX === x, toY === y)
    }
  }
})
