import type { Templates } from './template.ts'

/** What is said of hours at counters. */
export const appointmentTemplates = {
  'appointment-booked': {
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Đã giữ chỗ ngày {on}',
      text: [
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Ông/bà đến trước 10 phút và báo số ở bàn hướng dẫn. Đến trễ thì số được gọi sau người đang chờ, ' +
          'không mất chỗ.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số {ticket}, tại {site}. Đến trước 10 phút. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'An appointment on {on}',
      text: [
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}.',
        'Please come 10 minutes early and give the ticket at the guidance desk. Late tickets are called after those ' +
          'who are waiting; they are not lost.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}. Come 10 minutes early. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'appointment-moved': {
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Lịch hẹn đã đổi sang ngày {on}',
      text: [
        'Lịch hẹn của công dân {person} đã đổi sang {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Lịch hẹn trước không còn. Nếu giờ mới không tiện, ông/bà đổi lại bất cứ lúc nào.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Lịch hẹn của công dân {person} đã đổi sang {at} ngày {on}, số {ticket}, tại {site}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'The appointment was moved to {on}',
      text: [
        'The appointment of {person} was moved to {at} on {on}, ticket {ticket}, at {site}.',
        'The former hour is free again. If the new one does not suit, it can be changed at any time.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'The appointment of {person} was moved to {at} on {on}, ticket {ticket}, at {site}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'appointment-cancelled': {
    facts: { person: 'person', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Đã hủy lịch hẹn ngày {on}',
      text: [
        'Lịch hẹn {ticket} của công dân {person}, {at} ngày {on}, tại {site}, đã hủy theo đề nghị của ông/bà.',
        'Nếu ông/bà không đề nghị, xin báo cho nơi hẹn để giữ lại giờ.',
      ],
      phone:
        'Lịch hẹn {ticket} của công dân {person}, {at} ngày {on}, tại {site}, đã hủy. ' +
        'Nếu ông/bà không đề nghị, xin báo nơi hẹn.',
    },
    en: {
      subject: 'The appointment on {on} was cancelled',
      text: [
        'The appointment {ticket} of {person} at {at} on {on}, at {site}, was cancelled at your request.',
        'If you did not ask for this, tell the place of the appointment, so that you keep an hour.',
      ],
      phone:
        'The appointment {ticket} of {person} at {at} on {on}, {site}, was cancelled. If you did not ask, tell them.',
    },
  },
  'appointment-place-closed': {
    facts: { person: 'person', on: 'day', site: 'place', next: 'words' },
    vi: {
      subject: 'Nơi hẹn ngày {on} không làm việc',
      text: ['{site} không làm việc ngày {on}, nên lịch hẹn của công dân {person} không giữ được.', '{next}'],
      phone: '{site} không làm việc ngày {on}. Lịch hẹn của công dân {person}: {next}',
    },
    en: {
      subject: 'The place of the appointment on {on} is closed',
      text: ['{site} is closed on {on}, so the appointment of {person} cannot be kept.', '{next}'],
      phone: '{site} is closed on {on}. The appointment of {person}: {next}',
    },
  },
  'appointment-reminder': {
    refusable: true,
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Nhắc lịch hẹn ngày {on}',
      text: [
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Nếu không đến được, ông/bà đổi hoặc hủy để nhường chỗ cho người khác.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Nhắc: công dân {person} có lịch hẹn lúc {at} ngày {on}, số {ticket}, tại {site}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'A reminder of the appointment on {on}',
      text: [
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}.',
        'If you cannot come, please move or cancel it, so that somebody else can have the hour.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'Reminder: {person} has an appointment at {at} on {on}, ticket {ticket}, at {site}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
} as const satisfies Templates
