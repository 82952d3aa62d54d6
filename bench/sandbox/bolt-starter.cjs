// What Bolt's own getting-started page has, as a stranger would write it: it knows of Slack alone. It runs on the
// oldest Node that the sandbox's package runs on, with whichever Bolt is installed beside it.
const { App } = require('@slack/bolt');

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
});

app.message('hello', async ({ message, say }) => {
  const text = { type: 'mrkdwn', text: `Hey there <@${message.user}>!` };
  const button = { type: 'button', text: { type: 'plain_text', text: 'Click me' }, action_id: 'button_click' };
  await say({ text: text.text, blocks: [{ type: 'section', text, accessory: button }] });
});

app.action('button_click', async ({ body, ack, say }) => {
  await ack();
  await say(`<@${body.user.id}> clicked the button`);
});

app.start().then(() => process.stdout.write('running\n'));
