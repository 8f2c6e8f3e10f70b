import assert from 'node:assert/strict'
import { test } from 'node:test'
import opentype from 'opentype.js'
import { digitsFont, digitWeights } from './digits-font.ts'

for (const weight of digitWeights)
  test(`the ten digits of weight ${weight} stand on one width, and each in its middle`, async () => {
    const bytes = await digitsFont(weight)
    const font = opentype.parse(bytes.buffer)
    const width = Math.round((weight >= 600 ? 0.635 : 0.62) * font.unitsPerEm)

    for (const digit of '0123456789') {
      const glyph = font.charToGlyph(digit)
      const { xMin, xMax } = glyph.getMetrics()
      assert.equal(glyph.advanceWidth, width, digit)
      assert.ok(xMax > xMin, `${digit} is drawn`)
      assert.ok(Math.abs(xMin - (width - xMax)) <= 2, `${digit} stands in the middle`)
    }
    assert.ok(bytes.byteLength < 5000, 'it is small')
  })
