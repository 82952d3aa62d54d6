import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { didYouMean, helpMessage, note, refusalNote } from '../blocks/help-message.ts';
import { ACTIONS, COMMAND } from '../blocks/ids.ts';
import type { Message } from '../blocks/parts.ts';
import { searchMessage } from '../blocks/search-message.ts';
import { type Command, parseCommand } from '../domain/command.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { explainRank } from '../usecases/explain-rank.ts';
import { exportDefects } from '../usecases/export-defects.ts';
import { programOf } from '../usecases/find-program.ts';
import { listRank } from '../usecases/list-rank.ts';
import { searchDefects } from '../usecases/offer-repeats.ts';
import { previewDigest } from '../usecases/post-digest.ts';
import { readBoard } from '../usecases/read-board.ts';
import { showDefect } from '../usecases/show-defect.ts';
import { tellProof } from '../usecases/tell-proof.ts';
import { type Acting, act } from './act.ts';
import { isActing, obeyActing } from './acting-commands.ts';
import { show, type Tell } from './answer.ts';
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
  app.command(COMMAND, async ({ ack, body, context, command, client, respond }) => {
    const alone = tellAlone(client, command.user_id, command.channel_id);
    const tell: Tell = (message) => respond({ response_type: 'ephemeral', ...message }).catch(() => alone(message));
    const from = { workspaceId: command.team_id, channelId: command.channel_id, userId: command.user_id };
    const asked = { deps, client, tell, from, triggerId: command.trigger_id };
    await hear(parseCommand(unescapeTyped(command.text)), asked, { ack, body, context });
  });

  app.action<BlockAction<ButtonAction>>(
    ACTIONS.meantCommand,
    async ({ ack, body, context, action, client, respond }) => {
      const alone = tellAlone(client, body.user.id, body.channel?.id);
      const tell: Tell = (message) =>
        respond({ response_type: 'ephemeral', replace_original: true, ...message }).catch(() => alone(message));
      const from = { workspaceId: teamOf(body), channelId: body.channel?.id, userId: body.user.id };
      const asked = { deps, client, tell, from, triggerId: body.trigger_id };
      await hear(parseCommand(action.value ?? ''), asked, { ack, body, context });
    },
  );

  app.action<BlockAction<ButtonAction>>(ACTIONS.meantReport, async ({ ack, body, action, client }) => {
    await ack();
    await show(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
      const from = { workspaceId: teamOf(body), channelId: body.channel?.id };
      await openReportForm(deps, client, from, body.trigger_id, { title: action.value ?? '' });
    });
  });
}

/** Acks a command and does what it says: kept first where it changes something by itself. */
async function hear(
  command: Command,
  heard: Omit<Asked, 'program' | 'doing'> & {
    from: { workspaceId: string; channelId: string | undefined; userId: string };
  },
  request: Acting,
): Promise<void> {
  const { deps, tell, from } = heard;
  const doing = { by: from.userId, now: deps.clock.now() };
  if (isActing(command)) {
    const work = async (db: Db) =>
      obeyActing(db, await programOf(db, from.workspaceId, from.channelId), command, doing);
    return act(deps, request, tell, work, tell);
  }
  await request.ack();
  await show(deps, tell, async () => {
    if (command.kind === 'form' || command.kind === 'report') {
      const prefill = command.kind === 'report' ? { title: command.title } : {};
      return openReportForm(deps, heard.client, from, heard.triggerId, prefill);
    }
    const program = await programOf(deps.db, from.workspaceId, from.channelId);
    await obey(command, { ...heard, program, doing });
  });
}

async function obey(command: Command, asked: Asked): Promise<void> {
  const { deps, client, program, doing, triggerId, tell } = asked;
  const { db } = deps;
  const say = async (message: Message | Promise<Message>) => void (await tell(await message));
  switch (command.kind) {
    case 'list':
      return say(listRank(db, program, command.filter, 0, doing));
    case 'show':
      return say(showDefect(db, program, command.number, doing.now));
    case 'proof':
      return say(tellProof(db, program, command.number, command.on, doing.now));
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
    case 'merge':
      return openDecisionForm(deps, client, 'merge', { program, number: command.from, triggerId, doing });
    case 'rule':
      return openRuleForm(deps, client, command, { program, triggerId, doing });
    case 'rules':
      return openRules(deps, client, { program, triggerId, doing });
    case 'digest':
      return say(previewDigest(db, program, doing.now));
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

/** Slack escapes three characters of what was typed. */
function unescapeTyped(text: string | undefined): string {
  return (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
