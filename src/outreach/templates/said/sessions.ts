import type { Templates } from './template.ts'

/** Reminders of what is lacking, and what is said of a session: invited, moved, tomorrow, missed. */
export const sessionTemplates = {
  'need-reminder': {
    refusable: true,
    facts: { person: 'person', what: 'words', when: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Việc còn phải làm về thẻ và tài khoản định danh điện tử',
      text: [
        'Theo dữ liệu của cơ quan công an, công dân {person} còn phải: {what}.',
        'Đề nghị đến công an {unit} {when}. Nếu đã làm rồi, ông/bà không cần làm gì thêm.',
      ],
      phone:
        'Công dân {person} còn phải: {what}. Đề nghị đến công an {unit} {when}. ' +
        'Nếu đã làm rồi, không cần làm gì thêm.',
    },
    en: {
      subject: 'What remains to be done for the card and the electronic identity account',
      text: [
        'By the records of the police, {person} has yet to: {what}.',
        'Please come to the police of {unit} {when}. If it is done already, nothing more is needed.',
      ],
      phone:
        '{person} has yet to: {what}. Please come to the police of {unit} {when}. ' +
        'If it is done already, nothing more is needed.',
    },
  },
  /** Of a session that somebody is on the roster of: that they are asked to come. */
  'session-invitation': {
    refusable: true,
    facts: {
      code: 'words',
      person: 'person',
      what: 'words',
      hours: 'words',
      day: 'day',
      place: 'place',
      bring: 'words',
      unit: 'place',
      // Whom to tell: of a pupil at the school the homeroom teacher too.
      contact: 'words',
    },
    vi: {
      subject: 'Mời {person}: {what}',
      text: [
        '{unit} mời công dân {person} đến {what}.',
        'Thời gian: {hours}, ngày {day}',
        'Địa điểm: {place}',
        'Mang theo: {bring}',
        'Không mất phí. Nếu không đến được, xin báo {contact} để đổi buổi khác.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        '{unit} mời công dân {person} đến {what}: {hours} ngày {day}, tại {place}. Mang theo {bring}. ' +
        'Nếu không đến được, xin báo {contact} để đổi buổi. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'Invitation of {person}: {what}',
      text: [
        '{unit} asks {person} to come: {what}.',
        'When: {hours} on {day}',
        'Where: {place}',
        'Please bring: {bring}',
        'It is free. If you cannot come, tell {contact}, and another hour is found.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        '{unit} asks {person} to come: {what}, {hours} on {day}, at {place}. Bring {bring}. ' +
        'If you cannot, tell {contact}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'session-moved': {
    facts: { person: 'person', what: 'words', hours: 'words', day: 'day', place: 'place', unit: 'place' },
    vi: {
      subject: 'Đổi lịch: {what}',
      text: [
        'Buổi {what} của công dân {person} đã đổi lịch.',
        'Thời gian mới: {hours}, ngày {day}',
        'Địa điểm: {place}',
        'Lịch đã báo trước đây không còn đúng. Cần hỏi thêm, xin liên hệ {unit}.',
      ],
      phone: 'Đổi lịch: buổi {what} của công dân {person} chuyển sang {hours} ngày {day}, tại {place}. {unit}.',
    },
    en: {
      subject: 'Another hour: {what}',
      text: [
        'The session for {person} ({what}) was moved.',
        'New time: {hours} on {day}',
        'Where: {place}',
        'What you were told before no longer holds. For questions, please turn to {unit}.',
      ],
      phone: 'Moved: the session for {person} ({what}) is now {hours} on {day}, at {place}. {unit}.',
    },
  },
  'session-cancelled': {
    facts: { person: 'person', what: 'words', day: 'day', next: 'words', unit: 'place' },
    vi: {
      subject: 'Không tổ chức buổi ngày {day}',
      text: [
        'Buổi {what} ngày {day} của công dân {person} không tổ chức.',
        '{next}.',
        'Cần hỏi thêm, xin liên hệ {unit}.',
      ],
      phone: 'Buổi {what} ngày {day} của công dân {person} không tổ chức. {next}. {unit}.',
    },
    en: {
      subject: 'The session on {day} is not held',
      text: [
        'The session on {day} for {person} ({what}) is not held.',
        'Where else: {next}',
        'For questions, please turn to {unit}.',
      ],
      phone: 'The session on {day} for {person} ({what}) is not held. {next}. {unit}.',
    },
  },
  'session-tomorrow': {
    refusable: true,
    facts: {
      person: 'person',
      code: 'words',
      what: 'words',
      hours: 'words',
      day: 'day',
      place: 'place',
      bring: 'words',
    },
    vi: {
      subject: 'Nhắc lịch ngày mai, {day}: {what}',
      text: [
        'Ngày mai, {day}, công dân {person} đến {what}.',
        'Thời gian: {hours}',
        'Địa điểm: {place}',
        'Mang theo: {bring}',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Ngày mai, {day}: công dân {person} đến {what}, {hours}, tại {place}. Mang theo {bring}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'Tomorrow, {day}: {what}',
      text: [
        'Tomorrow, {day}, {person} is expected: {what}.',
        'When: {hours}',
        'Where: {place}',
        'Please bring: {bring}',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'Tomorrow, {day}: {person} is expected ({what}), {hours}, at {place}. Bring {bring}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'session-missed': {
    refusable: true,
    facts: { person: 'person', what: 'words', day: 'day', next: 'words', unit: 'place' },
    vi: {
      subject: 'Chưa làm được ngày {day}: {what}',
      text: [
        'Ngày {day}, công dân {person} chưa {what}.',
        '{next}.',
        'Nếu đã làm rồi, ông/bà không cần làm gì thêm. Cần hỏi, xin liên hệ {unit}.',
      ],
      phone: 'Ngày {day}, công dân {person} chưa {what}. {next}. Nếu đã làm rồi thì không cần làm gì thêm. {unit}.',
    },
    en: {
      subject: 'Not done on {day}: {what}',
      text: [
        'On {day} {person} was not served: {what}.',
        'Where to come next: {next}',
        'If it is done already, nothing more is needed. For questions, please turn to {unit}.',
      ],
      phone: 'On {day} {person} was not served: {what}. {next}. If done already, nothing more is needed. {unit}.',
    },
  },
} as const satisfies Templates
