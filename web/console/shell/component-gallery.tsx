import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { NoAnswer, Refusal } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Comparison } from '../parts/comparison.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { Figure, Sentence } from '../parts/figure.tsx'
import { Failed, Progress, State } from '../parts/page-state.tsx'
import { Cells, NumberEntry, PersonNumber } from '../parts/person-number.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { Steps } from '../parts/steps.tsx'
import { ActionBar, type Column, Table } from '../parts/table.tsx'
import { WorkbookDrop } from '../parts/workbook-drop.tsx'
import { Page } from './page.tsx'

/** The living page of all parts, for whoever builds a page or checks one. Its people and figures are invented. */
export function ComponentGallery() {
  const say = useSay()
  const [rows, setRows] = useState(200)
  return (
    <Page
      title={say('parts-title')}
      standing={<p>{say('parts-about')}</p>}
      strip={[say('parts-title'), 'Be Vietnam Pro']}
      margin={<Measures />}
    >
      <div className="parts">
        <Numbers />
        <Entries />
        <States />
      </div>
      <Piece head="So hai nguồn">
        <Sources />
      </Piece>
      <Piece head="Bảng">
        <p className="buttons">
          {[0, 200, 50_000, 100_000].map(count => (
            <Button key={count} look={count === rows ? ['row', 'chosen'] : 'row'} onPress={() => setRows(count)}>
              {numberText(count)} dòng
            </Button>
          ))}
        </p>
        <People count={rows} />
      </Piece>
    </Page>
  )
}

const Piece = ({ head, children }: { head: string; children: ReactNode }) => (
  <section className="piece">
    <h2 className="head">{head}</h2>
    {children}
  </section>
)

const Measures = () => (
  <section>
    <dl>
      <dt>Chữ</dt>
      <dd>Be Vietnam Pro 12 · 13 · 14 · 16 · 18 · 20 · 24 · 40</dd>
      <dt>Cách</dt>
      <dd>4 · 8 · 12 · 16 · 20 · 28</dd>
      <dt>Bo góc</dt>
      <dd>3, bảng 0</dd>
      <dt>Bóng</dt>
      <dd>không, chỉ hộp thoại và bảng chọn</dd>
    </dl>
  </section>
)

function Numbers() {
  return (
    <div>
      <Piece head="Số có đường dẫn, câu nói tình hình">
        <Sentence>
          Còn <Figure value={797} to={at('/bo-phan?so=797')} label="em" /> em, hôm qua{' '}
          <Figure value={812} to={at('/bo-phan?so=812')} label="em" />
        </Sentence>
      </Piece>
      <Piece head="Thước tiến độ">
        <Ruler done={1207} plan={2010} forecast={[2940, 3720]} target={6940} due="30/06" />
      </Piece>
      <Piece head="Số định danh, 3 · 1 · 2 · 6">
        <Cells number="022305007461" small />
        <p>
          <PersonNumber number="022305007461" />
        </p>
      </Piece>
      <Piece head="Trạng thái: chữ, hình, màu">
        <div className="rows">
          <div>
            <Chip kind="done">đã trao</Chip> đã xong
          </div>
          <div>
            <Chip kind="moving">đang in</Chip> bên khác đang làm
          </div>
          <div>
            <Chip kind="waiting">chờ ký, hạn 20/04</Chip> chờ ai đó, có hạn
          </div>
          <div>
            <Chip kind="late">quá hạn</Chip> sai, từ chối, trễ
          </div>
          <div>
            <Chip kind="not-begun">chưa làm</Chip> chưa bắt đầu
          </div>
        </div>
      </Piece>
    </div>
  )
}

function Entries() {
  const [number, setNumber] = useState('')
  const [phone, setPhone] = useState('0912 345 687')
  const [asked, setAsked] = useState(false)
  return (
    <div>
      <Piece head="Nút và phím">
        <div className="buttons">
          <Button look="primary" cap="1">
            Chính
          </Button>
          <Button cap="2">Phụ</Button>
          <Button look="text">Chữ</Button>
          <Button onPress={() => setAsked(true)}>Hủy số này</Button>
        </div>
        <DeedDialog
          open={asked}
          title="Hủy số 022 3 05 007461?"
          deed="Hủy số và lập lại"
          onClose={() => setAsked(false)}
          onDo={() => setAsked(false)}
        >
          <p>Số đã hủy không dùng lại được. Thẻ và tài khoản mang số này được báo ngay.</p>
        </DeedDialog>
      </Piece>
      <Piece head="Các bước">
        <Steps steps={['Khớp', 'Ảnh', 'Vân tay', 'Ký']} current={1} onGo={() => {}} />
      </Piece>
      <Piece head="Ô nhập">
        <NumberEntry label="Số định danh" value={number} onChange={setNumber} />
        <Field
          label="Điện thoại"
          value="0912 345 678"
          onChange={() => {}}
          hint="Gõ hai lần. Mã kích hoạt gửi về số này."
          type="tel"
        />
        <Field
          label="Gõ lại"
          value={phone}
          onChange={setPhone}
          error="Khác lần đầu ở số cuối: 678 và 687."
          type="tel"
        />
      </Piece>
      <Piece head="Thả tệp">
        <WorkbookDrop label="Danh sách học sinh của một trường" onFile={() => {}} />
      </Piece>
    </div>
  )
}

const refused = new Refusal(
  409,
  {
    type: '/problems/under-age',
    title: 'Born on 03/05/2009, not yet 14',
    title_vi: 'Em sinh 03/05/2009, chưa đủ 14 tuổi',
    fix: 'Old enough from 03/05/2023.',
    fix_vi: 'Chưa làm thẻ theo luật đang áp dụng. Em đủ tuổi từ 03/05/2023.',
  },
  '01HY-7KQ2-M4',
)

const States = () => (
  <div>
    <Piece head="Trống">
      <State
        so="Chưa có danh sách trường nào"
        todo="Bắt đầu ở trường còn nhiều em nhất: kéo tệp của trường vào Rà soát."
        buttons={<Button look="primary">Nhận danh sách trường</Button>}
      />
    </Piece>
    <Piece head="Đang làm, rời được">
      <Progress
        what="Đang đối chiếu 812 dòng"
        done={530}
        whole={812}
        todo="Đã xong 530 dòng, khoảng 12 giây nữa. Rời trang này được; xong sẽ báo ở Hôm nay."
      />
    </Piece>
    <Piece head="Một phần">
      <State
        so="Mới có 11 trên 13 huyện"
        todo="Vân Đồn và Cô Tô chưa gửi số hôm nay. Tổng dưới đây thiếu hai đơn vị này, lần cuối 19/04 17:30."
        buttons={<Button>Xem số hôm qua</Button>}
      />
    </Piece>
    <Piece head="Từ chối">
      <Failed error={refused} />
    </Piece>
    <Piece head="Hỏng">
      <Failed error={new NoAnswer(undefined)} retry={() => {}} kept />
    </Piece>
  </div>
)

const Sources = () => (
  <Comparison
    caption="Dòng 47 so với dữ liệu dân cư"
    sources={['Trường ghi', 'Dữ liệu dân cư']}
    fields={[
      { label: 'Họ và tên', left: 'Hoàng Gia Khanh', right: 'Hoàng Gia Khánh' },
      { label: 'Ngày sinh', left: '03/07/2005', right: '07/03/2005', kind: 'day' },
      {
        label: 'Số định danh',
        left: '022208009316',
        right: '022205004718',
        kind: 'number',
        verdict: { kind: 'late', said: 'số của người khác' },
      },
      { label: 'Giới tính', left: 'Nam', right: 'Nam' },
      { label: 'Nơi thường trú', left: undefined, right: 'Tổ 3, khu 5, phường Hồng Hà' },
    ]}
  />
)

type Invented = {
  readonly id: string
  readonly name: readonly [string, string]
  readonly number: string
  readonly day: string
  readonly place: string
  readonly at: number
}

const families = [
  'Phạm Ngọc',
  'Nguyễn Hoàng Bảo Thiên',
  'Ngô Hoàng Gia',
  'Chìu Sủi',
  'Công Tằng Tôn Nữ Thị Thùy',
  'Đặng Hải',
]
const givens = ['Ánh', 'Bảo', 'Đức', 'Hân', 'Khánh', 'Lìn', 'Quỳnh', 'Yến']

/** Made by counting, so that the page looks the same every time. */
const inventedPeople = (count: number): Invented[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    name: [families[(at * 7) % families.length] ?? '', givens[(at * 5) % givens.length] ?? ''],
    number: `0222050${String((at * 7919) % 100_000).padStart(5, '0')}`,
    day: `${String((at % 28) + 1).padStart(2, '0')}/${String((at % 12) + 1).padStart(2, '0')}/2005`,
    place:
      ['THPT Cửa Lục', 'Trung tâm Giáo dục nghề nghiệp và Giáo dục thường xuyên Hồng Hà', 'THCS Bãi Sậy'][at % 3] ?? '',
    at,
  }))

const peopleColumns: readonly Column<Invented>[] = [
  {
    id: 'name',
    head: 'Họ và tên',
    width: 'minmax(200px, 2fr)',
    onPhone: true,
    sortBy: ({ name: [family, given], at }) =>
      `${givens.indexOf(given)} ${families.indexOf(family)} ${String(at).padStart(6, '0')}`,
    show: ({ name: [family, given] }) => (
      <>
        {family} <b>{given}</b>
      </>
    ),
  },
  { id: 'day', head: 'Ngày sinh', width: '90px', show: ({ day }) => day },
  {
    id: 'number',
    head: 'Số định danh',
    width: '130px',
    sortBy: ({ number }) => number,
    show: ({ number }) => <PersonNumber number={number} />,
  },
  {
    id: 'place',
    head: 'Trường',
    width: 'minmax(140px, 2fr)',
    show: ({ place }) => <span className="quiet">{place}</span>,
  },
  {
    id: 'state',
    head: 'Trạng thái',
    width: '110px',
    end: true,
    onPhone: true,
    show: ({ at }) =>
      at % 4 === 1 ? <Chip kind="waiting">chờ ký</Chip> : at % 4 === 3 ? <Chip kind="late">quá hạn</Chip> : null,
  },
]

function People({ count }: { count: number }) {
  const people = useMemo(() => inventedPeople(count), [count])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  if (count === 0)
    return (
      <State so="Không ai còn thiếu gì ở đây" todo="Bỏ bớt bộ lọc để xem rộng hơn." buttons={<Button>Bỏ lọc</Button>} />
    )
  return (
    <div className="parts-table">
      <Table
        label="Người"
        rows={people}
        columns={peopleColumns}
        idOf={({ id }) => id}
        selected={selected}
        onSelect={setSelected}
      />
      <ActionBar count={selected.size} end={`${numberText(count)} dòng`}>
        <Button look="primary">Xếp {numberText(selected.size)} em vào đợt 24/04</Button>
      </ActionBar>
    </div>
  )
}
