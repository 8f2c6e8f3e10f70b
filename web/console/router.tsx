import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { AccountPage } from './pages/accounts/account-page.tsx'
import { AccountsPage } from './pages/accounts/accounts-page.tsx'
import { AnswerPage } from './pages/accounts/answer-page.tsx'
import { AccountFunnelPage } from './pages/accounts/funnel-page.tsx'
import { AccountsPaperPage } from './pages/accounts/paper-page.tsx'
import { accountSearch } from './pages/accounts/search.ts'
import { OfficersPage } from './pages/administration/officers-page.tsx'
import { UnitsPage } from './pages/administration/units-page.tsx'
import { AllPlaces } from './pages/all-places.tsx'
import { AttendancePage } from './pages/attendance/attendance-page.tsx'
import { AttendancePaperPage } from './pages/attendance/attendance-paper.tsx'
import { attendanceSearch } from './pages/attendance/search.ts'
import { CampaignPage } from './pages/campaign/campaign-page.tsx'
import { NewCampaignPage } from './pages/campaign/new-page.tsx'
import { PeoplePage } from './pages/campaign/people-page.tsx'
import { RiskPage, riskSearch } from './pages/campaign/risk-page.tsx'
import { campaignSearch, peopleSearch } from './pages/campaign/search.ts'
import { TargetsPage } from './pages/campaign/targets-page.tsx'
import { batchesSearch, batchSearch, boxesSearch, stageSearch } from './pages/cards/addresses.ts'
import { BatchPage } from './pages/cards/batch-page.tsx'
import { BatchesPage } from './pages/cards/batches-page.tsx'
import { BlanksPage } from './pages/cards/blanks-page.tsx'
import { BoxLabelPage } from './pages/cards/box-label-page.tsx'
import { BoxPage } from './pages/cards/box-page.tsx'
import { BoxesPage } from './pages/cards/boxes-page.tsx'
import { GiveSheetPage } from './pages/cards/give-sheet-page.tsx'
import { GivenListPage } from './pages/cards/given-list-page.tsx'
import { HandOverPage } from './pages/cards/hand-over-page.tsx'
import { LifePage } from './pages/cards/life-page.tsx'
import { GivenListsPage } from './pages/cards/lists-page.tsx'
import { NewListPage } from './pages/cards/new-list-page.tsx'
import { CardsPage } from './pages/cards/pipeline-page.tsx'
import { PlanPage } from './pages/cards/plan-page.tsx'
import { StagePage } from './pages/cards/stage-page.tsx'
import { StagePaperPage } from './pages/cards/stage-paper-page.tsx'
import { directiveSearch, directivesSearch, orderSearch, silentSearch } from './pages/directives/directive.ts'
import { DirectivePage } from './pages/directives/directive-page.tsx'
import { DirectivesPage } from './pages/directives/directives-page.tsx'
import { OrderPage } from './pages/directives/order-page.tsx'
import { SilentPage } from './pages/directives/silent-page.tsx'
import { ApplicationPage } from './pages/enrolment/application-page.tsx'
import { ApplicationsPage } from './pages/enrolment/applications-page.tsx'
import { GapsPage } from './pages/enrolment/gaps-page.tsx'
import { PacketsPage } from './pages/enrolment/packets-page.tsx'
import { queueSearch as applicationSearch, gapSearch, packetSearch } from './pages/enrolment/search.ts'
import { StationsPage } from './pages/enrolment/stations-page.tsx'
import { listSearch as houseListSearch } from './pages/groups/group.ts'
import { GroupPage } from './pages/groups/group-page.tsx'
import { GroupsPage } from './pages/groups/groups-page.tsx'
import { HouseListPage } from './pages/groups/house-list-page.tsx'
import { HousePaperPage } from './pages/groups/house-paper-page.tsx'
import { NewGroupPage } from './pages/groups/new-group-page.tsx'
import { listSearch } from './pages/lists/filter.ts'
import { ListPage } from './pages/lists/list-page.tsx'
import { ListPaperPage } from './pages/lists/paper-page.tsx'
import { FlightPage } from './pages/parties/flight-page.tsx'
import { PartiesPage } from './pages/parties/parties-page.tsx'
import { flightSearch } from './pages/parties/party.ts'
import { PartyPage } from './pages/parties/party-page.tsx'
import { PartsPage } from './pages/parts-page.tsx'
import { CollectPage } from './pages/register/collect-page.tsx'
import { CollectionsPage } from './pages/register/collections-page.tsx'
import { CorrectPage } from './pages/register/correct-page.tsx'
import { CorrectionPage, CorrectionsPage } from './pages/register/corrections-page.tsx'
import { NewNumberPage } from './pages/register/new-number-page.tsx'
import { PersonPage } from './pages/register/person-page.tsx'
import { SearchPage } from './pages/register/search-page.tsx'
import { ReportPaperPage } from './pages/reports/paper-page.tsx'
import { ReportPage } from './pages/reports/report-page.tsx'
import { ReportsPage } from './pages/reports/reports-page.tsx'
import { errandSearch } from './pages/rolls/errand.ts'
import { ErrandsPage } from './pages/rolls/errands-page.tsx'
import { ledgerSearch } from './pages/rolls/ledger.ts'
import { LedgerPage } from './pages/rolls/ledger-page.tsx'
import { QueuePage } from './pages/rolls/queue-page.tsx'
import { queueSearch } from './pages/rolls/review-queue.ts'
import { rollSearch } from './pages/rolls/roll.ts'
import { RollPage } from './pages/rolls/roll-page.tsx'
import { RollsPage } from './pages/rolls/rolls-page.tsx'
import { RosterPage } from './pages/sessions/roster-page.tsx'
import { SessionsPage } from './pages/sessions/sessions-page.tsx'
import { SetupPage } from './pages/sessions/setup-page.tsx'
import { SheetPage } from './pages/sessions/sheet-page.tsx'
import { rosterSearch, weekSearch } from './pages/sessions/week.ts'
import { MorningPage } from './pages/today/morning-page.tsx'
import { TodayPage } from './pages/today/today-page.tsx'
import { UnknownPlace } from './pages/unknown-place.tsx'
import { base } from './places.ts'
import { parseSearch, type Search, writeSearch } from './search.ts'
import { SessionGate } from './session.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  ),
  notFoundComponent: UnknownPlace,
})

const getParentRoute = () => root

const home = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/hom-nay' })
  },
})

const routes = [
  home,
  createRoute({ getParentRoute, path: '/tat-ca', component: AllPlaces }),
  createRoute({ getParentRoute, path: '/bo-phan', component: PartsPage }),
  createRoute({ getParentRoute, path: '/hom-nay', component: TodayPage }),
  createRoute({ getParentRoute, path: '/hom-nay/in', component: MorningPage }),
  createRoute({ getParentRoute, path: '/chien-dich', component: CampaignPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/nguoi', component: PeoplePage, validateSearch: peopleSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/moi', component: NewCampaignPage }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-tieu', component: TargetsPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/nguy-co', component: RiskPage, validateSearch: riskSearch }),
  createRoute({ getParentRoute, path: '/danh-sach', component: ListPage, validateSearch: listSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/in', component: ListPaperPage, validateSearch: listSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/pho-cap', component: AttendancePage, validateSearch: attendanceSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/pho-cap/in', component: AttendancePaperPage, validateSearch: attendanceSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-dao', component: DirectivesPage, validateSearch: directivesSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-dao/moi', component: OrderPage, validateSearch: orderSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-dao/$id', component: DirectivePage, validateSearch: directiveSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/chua-nhap', component: SilentPage, validateSearch: silentSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe', component: GroupsPage }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/moi', component: NewGroupPage }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/$id', component: GroupPage }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/goi-cua/$id', component: HouseListPage, validateSearch: houseListSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/goi-cua/$id/in', component: HousePaperPage }),
  createRoute({ getParentRoute, path: '/ra-soat', component: RollsPage }),
  createRoute({ getParentRoute, path: '/ra-soat/viec', component: ErrandsPage, validateSearch: errandSearch }),
  createRoute({ getParentRoute, path: '/ra-soat/hang-cho', component: QueuePage, validateSearch: queueSearch }),
  createRoute({ getParentRoute, path: '/ra-soat/so', component: LedgerPage, validateSearch: ledgerSearch }),
  createRoute({ getParentRoute, path: '/ra-soat/$id', component: RollPage, validateSearch: rollSearch }),
  createRoute({ getParentRoute, path: '/lich-luu-dong', component: SessionsPage, validateSearch: weekSearch }),
  createRoute({ getParentRoute, path: '/lich-luu-dong/doi-may-diem', component: SetupPage }),
  createRoute({ getParentRoute, path: '/lich-luu-dong/$id', component: RosterPage, validateSearch: rosterSearch }),
  createRoute({ getParentRoute, path: '/lich-luu-dong/$id/in', component: SheetPage }),
  createRoute({ getParentRoute, path: '/thu-nhan', component: ApplicationsPage, validateSearch: applicationSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/goi', component: PacketsPage, validateSearch: packetSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/khoang-trong', component: GapsPage, validateSearch: gapSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/tram', component: StationsPage }),
  createRoute({ getParentRoute, path: '/thu-nhan/$id', component: ApplicationPage, validateSearch: applicationSearch }),
  createRoute({ getParentRoute, path: '/the', component: CardsPage }),
  createRoute({ getParentRoute, path: '/the/danh-sach', component: StagePage, validateSearch: stageSearch }),
  createRoute({ getParentRoute, path: '/the/danh-sach/in', component: StagePaperPage, validateSearch: stageSearch }),
  createRoute({ getParentRoute, path: '/the/dot', component: BatchesPage, validateSearch: batchesSearch }),
  createRoute({ getParentRoute, path: '/the/dot/moi', component: PlanPage }),
  createRoute({ getParentRoute, path: '/the/dot/$id', component: BatchPage, validateSearch: batchSearch }),
  createRoute({ getParentRoute, path: '/the/phoi', component: BlanksPage }),
  createRoute({ getParentRoute, path: '/the/thung', component: BoxesPage, validateSearch: boxesSearch }),
  createRoute({ getParentRoute, path: '/the/thung/$id', component: BoxPage }),
  createRoute({ getParentRoute, path: '/the/thung/$id/nhan', component: BoxLabelPage }),
  createRoute({ getParentRoute, path: '/the/trao', component: HandOverPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach', component: GivenListsPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/moi', component: NewListPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/$id', component: GivenListPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/$id/in', component: GiveSheetPage }),
  createRoute({ getParentRoute, path: '/the/$id', component: LifePage }),
  createRoute({ getParentRoute, path: '/tai-khoan', component: AccountsPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/in', component: AccountsPaperPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/den-dau', component: AccountFunnelPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/$id', component: AccountPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/$id/tra-loi/$demand', component: AnswerPage }),
  createRoute({ getParentRoute, path: '/dan-cu', component: SearchPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id', component: PersonPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/dinh-chinh', component: CorrectPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/lap-lai-so', component: NewNumberPage }),
  createRoute({ getParentRoute, path: '/dan-cu/dinh-chinh', component: CorrectionsPage, validateSearch: ({ cua }: Search) => ({ cua }) }),
  createRoute({ getParentRoute, path: '/dan-cu/dinh-chinh/$id', component: CorrectionPage }),
  createRoute({ getParentRoute, path: '/dan-cu/lap-so', component: CollectionsPage }),
  createRoute({ getParentRoute, path: '/dan-cu/lap-so/moi', component: CollectPage }),
  createRoute({ getParentRoute, path: '/bao-cao', component: ReportsPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/bao-cao/in', component: ReportPaperPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/bao-cao/$id', component: ReportPage }),
  createRoute({ getParentRoute, path: '/quan-tri', component: OfficersPage }),
  createRoute({ getParentRoute, path: '/quan-tri/don-vi', component: UnitsPage, validateSearch: ({ ngay, ma }: Search) => ({ ngay, ma }) }),
  createRoute({ getParentRoute, path: '/quan-tri/ben-lien-ket', component: PartiesPage }),
  createRoute({ getParentRoute, path: '/quan-tri/ben-lien-ket/$id', component: PartyPage }),
  createRoute({ getParentRoute, path: '/quan-tri/ma-yeu-cau', component: FlightPage, validateSearch: flightSearch }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: base,
  scrollRestoration: true,
  parseSearch,
  stringifySearch: writeSearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
