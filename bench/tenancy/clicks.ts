import { ACTIONS, LEAD_ACTIONS, OPTIONS, VIEWS } from '../../src/blocks/kit/ids.ts';
import { choice, day, type Effect, type Needs, person, several, text, type Way, type Window } from './way.ts';
import type { Kind } from './who-may.ts';
import type { Place } from './world.ts';

type Clicked = { value?: string; window?: Window; channelId?: string };
type Click = [needs: Needs, effect: Effect, click: (at: Place, kind: Kind) => Clicked];
type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS] | (typeof LEAD_ACTIONS)[keyof typeof LEAD_ACTIONS];

const about = (which: Exclude<keyof Place['numbers'], 'own'>) => (at: Place) => ({
  value: refOf(at, at.numbers[which]),
});
const refOf = ({ programId }: Place, number: number) => `${programId}.${number}`;
const reportsOf = (at: Place) => ({ value: `${refOf(at, at.numbers.fresh)}.0` });
const inWindow = (metadata: string, value = '', values: Window['values'] = {}): Clicked => ({
  value,
  window: { callbackId: 'any', metadata, values },
});
const decision = (at: Place, number: number) => JSON.stringify({ ref: refOf(at, number) });
const setup = { pick_way_to_ask: choice('none'), objective: text('99.9'), period: text('30'), threshold: text('') };

const SETTINGS = { shows: 'Program settings' };
const onFresh = (needs: Needs, effect: Effect = 'titles'): Click => [needs, effect, about('fresh')];

/** Every button and menu, as somebody uses it. */
const CLICKS: Record<ActionId, Click> = {
  [ACTIONS.fileDefect]: ['report', 'areas', () => ({})],
  [ACTIONS.meantReport]: ['report', 'areas', () => ({ value: 'Something new has broken' })],
  [ACTIONS.meantCommand]: ['decide', 'changes', ({ numbers }) => ({ value: `tickets ${numbers.fresh} 3` })],
  [ACTIONS.showDefect]: onFresh('read'),
  [ACTIONS.showReports]: ['read', 'titles', reportsOf],
  [ACTIONS.reportsPage]: ['read', 'titles', (at) => inWindow(refOf(at, at.numbers.fresh), reportsOf(at).value)],
  [ACTIONS.reportsNextPage]: ['read', 'titles', (at) => inWindow(refOf(at, at.numbers.fresh), reportsOf(at).value)],
  [ACTIONS.listPage]: ['read', 'titles', (at) => ({ value: pageValue(at) })],
  [ACTIONS.listNextPage]: ['read', 'titles', (at) => ({ value: pageValue(at) })],
  [ACTIONS.openRules]: ['read', 'titles', (at) => inWindow(`${at.programId}`)],
  [ACTIONS.titleTyped]: [
    'read',
    'titles',
    (at) => ({
      window: {
        callbackId: VIEWS.report,
        metadata: JSON.stringify({ programId: at.programId, offered: [] }),
        values: { title: text('webhook times out') },
      },
    }),
  ],
  [ACTIONS.joinRepeat]: [
    'read',
    'changes',
    (at, kind) => ({
      value: `${at.numbers.fresh}`,
      window: {
        callbackId: VIEWS.repeats,
        metadata: JSON.stringify({ programId: at.programId, number: at.numbers.own[kind] }),
      },
    }),
  ],
  [ACTIONS.reportOutcome]: [
    'report',
    { shows: 'waits for a decision' },
    (at, kind) => ({ value: refOf(at, at.numbers.own[kind]) }),
  ],
  [ACTIONS.stillSeeing]: ['read', 'titles', about('claimed')],
  [ACTIONS.notSeeing]: ['read', 'changes', about('claimed')],
  [ACTIONS.confirmFix]: ['read', 'changes', about('claimed')],
  [ACTIONS.answerQuestion]: ['read', 'titles', about('asked')],
  [ACTIONS.accept]: onFresh('decide'),
  [ACTIONS.acceptRisk]: onFresh('decide'),
  [ACTIONS.dismiss]: onFresh('decide'),
  [ACTIONS.needInfo]: onFresh('decide'),
  [ACTIONS.merge]: onFresh('decide'),
  [ACTIONS.split]: onFresh('decide'),
  [ACTIONS.defer]: onFresh('decide'),
  [ACTIONS.addRule]: onFresh('decide'),
  [ACTIONS.assign]: onFresh('decide'),
  [ACTIONS.reassignAll]: ['decide', 'titles', (at) => ({ value: leftBy(at) })],
  [ACTIONS.relabel]: onFresh('decide'),
  [ACTIONS.keepProving]: ['decide', 'changes', about('reduced')],
  [ACTIONS.claim]: ['decide', 'titles', about('accepted')],
  [ACTIONS.recommit]: ['decide', 'titles', about('accepted')],
  [ACTIONS.snooze]: ['decide', 'titles', about('accepted')],
  [ACTIONS.changeDue]: ['decide', 'titles', about('accepted')],
  [ACTIONS.reopen]: ['decide', 'titles', about('dismissed')],
  [ACTIONS.undoMerge]: ['decide', 'changes', about('merged')],
  [ACTIONS.moreDecisions]: [
    'decide',
    'titles',
    (at) => ({ value: `${ACTIONS.accept}|${refOf(at, at.numbers.fresh)}` }),
  ],
  [ACTIONS.closeTriage]: ['decide', 'changes', (at) => ({ value: `${at.programId}.${at.triageId}` })],
  [ACTIONS.decideSeveral]: ['decide', 'titles', (at) => ({ value: `${at.programId}.${at.triageId}` })],
  [ACTIONS.newDates]: ['decide', 'titles', (at) => ({ value: `${at.programId}.${at.triageId}` })],
  [ACTIONS.undoSeveral]: ['decide', 'changes', (at) => ({ value: `${at.programId}.${at.batchId}` })],
  [ACTIONS.openTriage]: ['decide', { shows: 'Triage is open already' }, (at) => ({ value: `${at.programId}` })],
  [ACTIONS.judgeFix]: [
    'decide',
    'titles',
    (at) => ({
      value: 'judge',
      window: {
        callbackId: VIEWS.accept,
        metadata: decision(at, at.numbers.fresh),
        values: { owner: person(at.deciderId), due: day('2026-12-11') },
      },
    }),
  ],
  [ACTIONS.splitPicked]: [
    'decide',
    'titles',
    (at) => inWindow(decision(at, at.numbers.fresh), '', { reports: several(at.reportId) }),
  ],
  [ACTIONS.switchRule]: ['decide', 'changes', (at) => inWindow(`${at.programId}`, `${at.ruleId}:off`)],
  [ACTIONS.undoRuleMove]: ['decide', 'changes', (at) => inWindow(`${at.programId}`, `${at.ruleId}`)],
  [ACTIONS.loadSample]: ['lead', 'changes', (at) => ({ channelId: at.bareChannelId })],
  [ACTIONS.setUpRituals]: ['lead', SETTINGS, (at) => ({ value: `${at.programId}` })],
  [ACTIONS.openSettings]: ['lead', SETTINGS, (at) => ({ value: `${at.programId}` })],
  [ACTIONS.openSignals]: ['lead', 'titles', (at) => inWindow(`${at.programId}`)],
  [ACTIONS.addSignalSource]: ['lead', 'areas', (at) => inWindow(`${at.programId}`)],
  [ACTIONS.openSignalSource]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.sourceId}`)],
  [ACTIONS.openLeftOut]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.sourceId}`)],
  [ACTIONS.openSourceRules]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.sourceId}`)],
  [ACTIONS.rotateSignalSecret]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.sourceId}`)],
  [ACTIONS.pauseSignalSource]: ['lead', 'changes', (at) => inWindow(`${at.programId}`, `${at.sourceId}:pause`)],
  [ACTIONS.removeSignalSource]: ['lead', 'changes', (at) => inWindow(`${at.programId}`, `${at.sourceId}`)],
  [ACTIONS.openTicketForm]: onFresh('decide'),
  [ACTIONS.completeClaim]: ['decide', 'titles', about('claimed')],
  [ACTIONS.openTrackers]: ['lead', 'titles', (at) => inWindow(`${at.programId}`)],
  [LEAD_ACTIONS.connectGithub]: ['lead', { shows: 'Connect GitHub' }, (at) => inWindow(`${at.programId}`)],
  [LEAD_ACTIONS.connectJira]: ['lead', { shows: 'Connect Jira' }, (at) => inWindow(`${at.programId}`)],
  [LEAD_ACTIONS.connectLinear]: ['lead', { shows: 'Connect Linear' }, (at) => inWindow(`${at.programId}`)],
  [LEAD_ACTIONS.openTracker]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.trackerId}`)],
  [LEAD_ACTIONS.tryTracker]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.trackerId}`)],
  [LEAD_ACTIONS.lookAtHistory]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.trackerId}`)],
  [LEAD_ACTIONS.nameAccount]: ['lead', 'titles', (at) => ({ value: `${at.programId}:${at.accountId}` })],
  [LEAD_ACTIONS.openTrackerPeople]: ['lead', 'titles', (at) => inWindow(`${at.programId}`, `${at.programId}`)],
  [ACTIONS.nameOwnAccount]: [
    'read',
    { shows: 'Your account on GitHub' },
    (at, kind) => ({ value: `${at.programId}:${at.askedIds[kind]}` }),
  ],
  [ACTIONS.noAccount]: ['read', 'changes', (at, kind) => ({ value: `${at.programId}:${at.askedIds[kind]}` })],
  [LEAD_ACTIONS.removeTracker]: ['lead', 'changes', (at) => inWindow(`${at.programId}`, `${at.trackerId}`)],
  [ACTIONS.openReliability]: ['lead', 'areas', (at) => inWindow(`${at.programId}`)],
  [ACTIONS.openAreaMetrics]: ['lead', 'areas', (at) => inWindow(`${at.programId}`, `${at.areaId}`)],
  [ACTIONS.tryAreaMetrics]: ['lead', 'areas', (at) => inWindow(`${at.programId}:${at.areaId}`, '', setup)],
  [ACTIONS.pickWayToAsk]: ['lead', 'areas', (at) => inWindow(`${at.programId}:${at.areaId}`, '', setup)],
  [LEAD_ACTIONS.removeSample]: ['lead', 'changes', (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.auditPage]: ['lead', 'titles', (at) => ({ value: auditValue(at) })],
  [LEAD_ACTIONS.auditNextPage]: ['lead', 'titles', (at) => ({ value: auditValue(at) })],
  [LEAD_ACTIONS.openProgramForm]: ['lead', { shows: 'settings_program' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openRituals]: ['lead', { shows: 'triage_day' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openCalendar]: ['lead', { shows: 'working_days' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openPeople]: ['lead', { shows: 'facilitators' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openRank]: ['lead', { shows: 'half_life' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openAreas]: ['lead', 'areas', (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.addArea]: ['lead', { shows: 'New area' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openArea]: ['lead', 'areas', (at) => inWindow(`${at.programId}`, `${at.areaId}`)],
  [LEAD_ACTIONS.openRetireArea]: ['lead', 'areas', (at) => inWindow(`${at.programId}`, `${at.areaId}`)],
  [LEAD_ACTIONS.openDefaults]: ['lead', 'areas', (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openRetention]: ['lead', { shows: 'delivery_days' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openExit]: ['lead', { shows: 'hold_percent' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.openOffice]: ['lead', { shows: 'office_channel' }, (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.endProgram]: ['lead', 'changes', (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.goOn]: ['lead', 'changes', (at) => ({ value: `${at.programId}` })],
  [LEAD_ACTIONS.startAgain]: ['lead', { shows: 'has not ended' }, (at) => ({ value: `${at.programId}` })],
};

function leftBy({ programId, numbers }: Place): string {
  return `${programId}:UGONE:1:${numbers.fresh}`;
}

function pageValue({ programId }: Place): string {
  return JSON.stringify({ programId, offset: 0, filter: 'top' });
}

function auditValue({ programId }: Place): string {
  return JSON.stringify({ programId, offset: 0 });
}

const mergeWindow = (at: Place): Window => ({
  callbackId: VIEWS.merge,
  metadata: decision(at, at.numbers.fresh),
  values: { into: choice(at.numbers.accepted) },
});

export const CLICK_WAYS: Way[] = [
  ...Object.entries(CLICKS).map(
    ([actionId, [needs, effect, click]]): Way => ({
      name: `click ${actionId}`,
      needs,
      effect,
      request: (at, kind) => ({ kind: 'click', actionId, value: '', channelId: at.channelId, ...click(at, kind) }),
    }),
  ),
  ...Object.values(OPTIONS).flatMap((actionId): Way[] => [
    {
      name: `click ${actionId}`,
      needs: 'decide',
      effect: 'titles',
      request: (at) => ({ kind: 'click', actionId, value: '', channelId: at.channelId, window: mergeWindow(at) }),
    },
    {
      name: `options ${actionId}`,
      needs: 'decide',
      effect: 'titles',
      request: (at) => ({ kind: 'options', actionId, typed: 'invoice', window: mergeWindow(at) }),
    },
  ]),
  {
    name: `click ${ACTIONS.joinRepeat}, in the form`,
    needs: 'read',
    effect: 'changes',
    passesOver: true,
    request: (at) => ({
      kind: 'click',
      actionId: ACTIONS.joinRepeat,
      value: `${at.numbers.fresh}`,
      channelId: at.channelId,
      window: {
        callbackId: VIEWS.report,
        metadata: JSON.stringify({ programId: at.programId, offered: [at.numbers.fresh] }),
        values: { title: text('It has come back'), area: choice(at.areaId) },
      },
    }),
  },
];
