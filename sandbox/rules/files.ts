import { issue, metadata, official, type Rules, sdk } from './rule.ts';

const files = 'messaging/working-with-files';

export const fileRules = {
  uploadRetired: official(
    'files.upload answers',
    'method_deprecated',
    'changelog/2024-04-a-better-way-to-upload-files-is-here-to-stay',
  ),
  uploadSteps: official(
    'An upload is three steps',
    ['files.getUploadURLExternal', 'POST to upload_url', 'files.completeUploadExternal'],
    files,
  ),
  uploadPart: sdk(
    'Name of the multipart field in which the SDK sends the bytes (raw bodies are taken too)',
    'body',
    '@slack/web-api 8.2',
  ),
  uploadPrivate: metadata('A file completed without a channel is private', true, 'files.completeUploadExternal'),
  uploadChannels: metadata(
    'Channels of one upload; more answers channels_limit_exceeded',
    100,
    'files.completeUploadExternal',
  ),
  uploadAltText: metadata('alt_txt; more answers alt_txt_too_large', 1000, 'files.getUploadURLExternal'),
  uploadAltTextName: sdk('The SDK sends alt_text, Slack reads', 'alt_txt', '@slack/web-api 8.2'),
  uploadAltTextLosesShare: issue(
    'alt_txt makes sharing fail without a word',
    true,
    'slackapi/python-slack-sdk#1818, #1575',
  ),
  uploadAsync: issue(
    'complete answers before these are known',
    ['mimetype', 'shares', 'url_private'],
    'slackapi/slack-github-action#413, slackapi/python-slack-sdk#1521',
  ),
  slackFileNotReady: issue(
    'An image whose slack_file is not processed, not an image, or not visible to the app',
    'invalid slack file',
    'slackapi/python-slack-sdk#1658, #1521',
  ),
  slackFileTypes: sdk('Types of a slack_file image', ['png', 'jpg', 'jpeg', 'gif'], '@slack/types 3.2 SlackFile'),
  uploadV2Shape: sdk(
    'files.uploadV2 answers a list in a list, without the ts of a message',
    { files: [{ files: [] }] },
    '@slack/web-api 8.2',
  ),
} satisfies Rules;
