import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { didYouMean, helpMessage, note, refusalNote } from '../blocks/help-message.ts';
import { ACTIONS, COMMAND } from '../blocks/ids.ts';
import type { Message } from '../blocks/parts.ts';
import { searchMessage } from '../blocks/search-message.ts';
import { type Command, parseCommand } from '../domain/command.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { addTickets } from '../usecases/add-tickets.ts';
import { assignOwner } from '../usecases/change-defect.ts';
import type { Doing, Program } from '../usecases/doing.ts';
import { explainRank } from '../usecases/explain-rank.ts';
import { exportDefects } from '../usecases/export-defects.ts';
import { programOf } from '../usecases/find-program.ts';
import { listRank } from '../usecases/list-rank.ts';
import { mergeDefects } from '../usecases/merge-defects.ts';
import { searchDefects } from '../usecases/offer-repeats.ts';
import { openTriageNow } from '../usecases/open-triage-now.ts';
import { previewDigest } from '../usecases/post-digest.ts';
import { readBoard } from '../usecases/read-board.ts';
import { showDefect } from '../usecases/show-defect.ts';
import { type Undone, undoGrouping } from '../usecases/undo-grouping.ts';
import { answer, type Tell } from './answer.ts';
import { openDecisionForm } from './decisions.ts';
import type { Deps } from './deps.ts';
import { openSnoozeForm } from './reminders.ts';
import { openReportForm } from './report-form.ts';
import { openRuleForm, openRules } from './rules.ts';
import { openSettings } from './settings.ts';
import { teamOf, tellAlone } from './slack-context.ts';

/** One run of `/defect`: what was typed, by whom, and how to answer. */
type Asked = {
  deps: Deps;
  client: WebClient;
  program: Program;
  doing: Doing;
  triggerId: string;
  tell: Tell;
};

const FOUND = 5;

export function registerCommands(app: App, deps: Deps): void {
  app.command(COMMAND, async ({ ack, command, client, respond }) => {
    await ack();
    const tell: Tell = (message) => respond({ response_type: 'ephemeral', ...message });
    await answer(deps, tell, async () => {
      const program = await programOf(deps.db, command.team_id, command.channel_id);
      const doing = { by: command.user_id, now: deps.clock.now() };
      const asked = { deps, client, program, doing, triggerId: command.trigger_id, tell };
      await obey(parseCommand(unescapeTyped(command.text)), asked);
    });
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.meantCommand, async ({ ack, body, action, client, respond }) => {
    await ack();
    const tell: Tell = (message) => respond({ response_type: 'ephemeral', replace_original: true, ...message });
    await answer(deps, tell, async () => {
      const program = await programOf(deps.db, teamOf(body), body.channel?.id);
      const doing = { by: body.user.id, now: deps.clock.now() };
      await obey(parseCommand(action.value ?? ''), { deps, client, program, doing, triggerId: body.trigger_id, tell });
    });
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.meantReport, async ({ ack, body, action, client }) => {
    await ack();
    await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
      const program = await programOf(deps.db, teamOf(body), body.channel?.id);
      await openReportForm(deps, client, program, body.trigger_id, { title: action.value ?? '' });
    });
  });
}

async function obey(command: Command, asked: Asked): Promise<void> {
  const { deps, client, program, doing, triggerId, tell } = asked;
  const { db } = deps;
  const say = async (message: Message | Promise<Message>) => void (await tell(await message));
  switch (command.kind) {
    case 'form':
      return openReportForm(deps, client, program, triggerId, {});
    case 'report':
      return openReportForm(deps, client, program, triggerId, { title: command.title });
    case 'list':
      return say(listRank(db, program, command.filter, 0, doing));
    case 'show':
      return say(showDefect(db, program, command.number, doing.now));
    case 'why':
      return say(explainRank(db, program, command.number, doing.now));
    case 'search':
      return say(searchMessage(command.words, await searchDefects(db, program, command.words, FOUND, doing.now)));
    case 'accept':
    case 'claim':
    case 'split':
      return openDecisionForm(deps, client, command.kind, { program, number: command.number, triggerId, doing });
    case 'snooze':
      return openSnoozeForm(deps, client, { program, number: command.number, triggerId, doing });
    case 'assign': {
      const { number, title } = await assignOwner(db, program, command.number, command.userId, doing);
      return say(note(`${defectKey(number)} ${title} has a new owner.`));
    }
    case 'merge': {
      if (command.into === undefined)
        return openDecisionForm(deps, client, 'merge', { program, number: command.from, triggerId, doing });
      const { merged, target, moved } = await mergeDefects(db, program, command.from, command.into, doing);
      return say(
        note(
          `${defectKey(merged.number)} is part of ${defectKey(target.number)} now, with ${reportsWords(moved)}. /defect undo ${merged.number} takes it back.`,
        ),
      );
    }
    case 'rule':
      return openRuleForm(deps, client, command, { program, triggerId, doing });
    case 'rules':
      return openRules(deps, client, { program, triggerId, doing });
    case 'tickets': {
      const { number, title, ticketTotal } = await addTickets(db, program, command, doing);
      return say(note(`${defectKey(number)} ${title} stands for ${ticketsWords(ticketTotal)} now.`));
    }
    case 'undo': {
      const undone = await undoGrouping(db, program, command.number, doing);
      return say(note(undoneWords(undone)));
    }
    case 'digest':
      return say(previewDigest(db, program, doing.now));
    case 'triage':
      return say(openTriageNow(db, program, doing));
    case 'board':
      return say(readBoard(db, program, doing));
    case 'settings':
      return openSettings(deps, client, program, triggerId, doing);
    case 'export':
      return sendExport(asked);
    case 'help':
      return say(helpMessage());
    case 'unclear':
      return say(didYouMean(command.typed, command.meant));
    case 'misused':
      return say(refusalNote(command.words));
  }
}

async function sendExport({ deps, client, program, doing, tell }: Asked): Promise<void> {
  const { csv, count } = await exportDefects(deps.db, program, doing.now);
  const opened = await client.conversations.open({ users: doing.by });
  await client.filesUploadV2({
    ...(opened.channel?.id ? { channel_id: opened.channel.id } : {}),
    filename: `defects-${doing.now.toISOString().slice(0, 10)}.csv`,
    title: `${program.name}: ${count} defects`,
    content: csv,
  });
  await tell(note(`The ${count} defects of ${program.name} are in a CSV file in your direct messages with me.`));
}

function undoneWords(undone: Undone): string {
  if (undone.kind === 'merge') {
    const { number, title, reportCount } = undone.restored;
    return `${defectKey(number)} ${title} stands by itself again, with ${reportsWords(reportCount)}.`;
  }
  const { closed, whole } = undone;
  return `${defectKey(closed.number)} is part of ${defectKey(whole.number)} ${whole.title} again, with ${reportsWords(whole.reportCount)}.`;
}

function ticketsWords(count: number): string {
  return count === 1 ? '1 support ticket' : `${count} support tickets`;
}

function reportsWords(count: number): string {
  return count === 1 ? '1 report' : `${count} reports`;
}

/** Slack escapes three characters of what was typed. */
function unescapeTyped(text: string | undefined): string {
  return (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
