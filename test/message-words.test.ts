import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templates } from '../src/outreach/templates/templates.ts'
import { messageTemplateWords } from '../web/console/messages/words-template.ts'

test('the list of messages has words for each template, and for no other', () => {
  assert.deepEqual(
    Object.keys(messageTemplateWords).sort(),
    Object.keys(templates)
      .map(name => `message-template-${name}`)
      .sort(),
  )
})
