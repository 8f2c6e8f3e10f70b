import type { Templates } from './template.ts'

/** What is said of cards on their way to the hand. */
export const cardTemplates = {
  'card-at-unit': {
    facts: { person: 'person', receipt: 'code', place: 'place', from: 'day', hours: 'words', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} đã về, mời đến nhận',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}.',
        'Nhận được từ ngày {from}: {hours}. Khi đến, ông/bà mang theo giấy hẹn.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}, nhận từ ngày {from}: {hours}. ' +
        'Mang theo giấy hẹn.',
    },
    en: {
      subject: 'The card of application {receipt} is ready',
      text: [
        'The {card} of {person} (application {receipt}) has come to {place}.',
        'It can be collected from {from} on: {hours}. Please bring the appointment slip.',
      ],
      phone:
        'The {card} of {person} (application {receipt}) can be collected at {place} from {from} on: {hours}. ' +
        'Bring the appointment slip.',
    },
  },
  'card-dispatched-to-school': {
    facts: { person: 'person', receipt: 'code', school: 'place', from: 'day', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} được trả tại trường',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}.',
        'Thẻ được trao tận tay tại trường từ ngày {from}; gia đình không cần đến trụ sở công an.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}, ' +
        'trao tận tay tại trường từ ngày {from}.',
    },
    en: {
      subject: 'The card of application {receipt} is handed over at school',
      text: [
        'The {card} of {person} (application {receipt}) is on its way to {school}.',
        'It is handed over in person at the school from {from} on; the family need not come to the police.',
      ],
      phone: 'The {card} of {person} (application {receipt}) is handed over in person at {school} from {from} on.',
    },
  },
  'card-handed-over': {
    facts: { person: 'person', receipt: 'code', on: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} đã được trả',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã được trả ngày {on}.',
        'Nếu chưa ai trong gia đình nhận thẻ, ông/bà báo ngay cho {unit}.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) đã được trả ngày {on}. Nếu chưa nhận, báo ngay cho {unit}.',
    },
    en: {
      subject: 'The card of application {receipt} has been handed over',
      text: [
        'The {card} of {person} (application {receipt}) was handed over on {on}.',
        'If nobody of the family has it, please tell {unit} at once.',
      ],
      phone:
        'The {card} of {person} (application {receipt}) was handed over on {on}. ' +
        'If you do not have it, tell {unit} at once.',
    },
  },
} as const satisfies Templates
