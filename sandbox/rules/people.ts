import { assumed, issue, metadata, official, type Rules, sdk } from './rule.ts';

const connect = 'apis/slack-connect';
const user = 'reference/objects/user-object';
const event = (name: string) => `reference/events/${name}`;

/** Who is who: roles, guests, people of other organisations, and what an app is told of them. */
export const peopleRules = {
  memberFlags: official(
    'Roles of a person of the workspace, each of them present and true or false',
    ['is_admin', 'is_owner', 'is_primary_owner', 'is_restricted', 'is_ultra_restricted'],
    user,
  ),
  ownerFlags: issue(
    'A primary owner is owner and admin too',
    { is_admin: true, is_owner: true, is_primary_owner: true },
    'dust-tt/dust#15130',
  ),
  guestFlags: official(
    'A guest; one of a single channel is both',
    { guest: ['is_restricted'], singleChannel: ['is_restricted', 'is_ultra_restricted'] },
    user,
  ),
  invitedFlag: official('Somebody who has not accepted the invitation; absent otherwise', 'is_invited_user', user),
  deactivatedAbsent: issue(
    'Fields that are absent of a deactivated person, and not false',
    [
      'is_admin',
      'is_owner',
      'is_primary_owner',
      'is_restricted',
      'is_ultra_restricted',
      'real_name',
      'tz',
      'tz_label',
      'tz_offset',
      'color',
    ],
    'brekkylab/backlot#258, measured',
  ),
  deactivatedStayMembers: assumed(
    'Deactivated people are still in conversations.members',
    true,
    'disputed in brekkylab/backlot#259',
  ),
  deactivatedPosts: issue('chat.postMessage to a deactivated person', 'works', 'slackapi/python-slack-sdk#1156'),
  deactivatedOpens: metadata('conversations.open with a deactivated person', 'user_disabled', 'conversations.open'),
  externalStranger: official(
    'is_stranger of somebody of another organisation, who shares a channel with the app or does not',
    { shares: false, sharesNone: true },
    connect,
  ),
  strangerFields: official(
    'All that users.info tells of a stranger',
    ['id', 'team_id', 'name', 'real_name', 'profile', 'is_stranger'],
    connect,
  ),
  externalRoles: assumed(
    'Roles of people of another organisation are told',
    false,
    'absent in the sample of Slack Connect',
  ),
  externalLocale: official('The locale of people of another organisation is told', false, connect),
  externalLookup: official(
    'Where people of another organisation are found',
    { 'users.info': true, 'conversations.members': true, 'users.list': false },
    connect,
  ),
  externalCommands: official('People of another organisation can use commands and shortcuts', false, connect),
  externalClicks: official('… and buttons, selects and forms', true, connect),
  externalClickTeams: issue(
    'Whose team a click of somebody of another organisation names',
    { 'user.team_id': 'theirs', 'team.id': 'of the installation' },
    'slackapi/java-slack-sdk#1041',
  ),
  externalViewTeams: sdk(
    'Whose team a submitted or closed view of theirs names',
    {
      'user.team_id': 'theirs',
      'team.id': 'theirs',
      'view.team_id': 'theirs',
      'view.app_installed_team_id': 'of the installation',
    },
    'slackapi/bolt-python request/internals.py',
  ),
  externalMessageTeams: sdk(
    'Fields of a message event with the team of an author of another organisation',
    ['team', 'user_team', 'source_team'],
    'slackapi/bolt-python tests',
  ),
  externalMentionTeams: sdk(
    '… of an app_mention, whose team is that of the installation',
    ['user_team', 'source_team'],
    'slackapi/bolt-python tests, @slack/types 3.2',
  ),
  externalEnvelopeTeams: sdk(
    'team_id and context_team_id of an envelope; which is whose changes from event to event',
    ['theirs', 'of the installation'],
    'slackapi/bolt-python tests',
  ),
  sharedChannelMark: official('A shared channel in conversations.info', 'is_ext_shared', connect),
  sharedChannelId: official(
    'Sharing gives an old private channel another id for good',
    { before: 'G…', after: 'C…' },
    connect,
  ),
  sharedChannelEnvelope: sdk('An event out of a shared channel', 'is_ext_shared_channel', 'slackapi/bolt-python tests'),
  externalDirect: metadata(
    'conversations.open with people of another organisation and no common channel',
    'invalid_user_combination',
    'conversations.open',
  ),
  guestCommands: issue(
    'Guests can use commands and shortcuts',
    { guest: true, singleChannel: false },
    'Slack help, Permissions by role; owners can change it',
  ),
  guestChannels: assumed(
    'Guests and people of other organisations see the public channels that they are not in',
    false,
    'Slack help, Guest roles',
  ),
  inviteRefusals: metadata(
    'conversations.invite of somebody of an organisation that the channel is not shared with, or of a single-channel guest',
    { unshared: 'cant_invite', singleChannel: 'ura_max_channels' },
    'conversations.invite',
  ),
  membersShortPages: official(
    'A page of conversations.members can be shorter than asked for',
    true,
    'apis/web-api/pagination',
  ),
  membersLimit: metadata('conversations.members with a limit that is none', 'invalid_limit', 'conversations.members'),
  membersHidden: issue(
    'conversations.members of a conversation that the app cannot see',
    'channel_not_found',
    'slackapi/python-slack-sdk#1216',
  ),
  memberEvents: official(
    'Joining and leaving is told of where the app is, with the scope for that kind of channel',
    { public: 'channels:read', private: 'groups:read' },
    event('member_joined_channel'),
  ),
  memberEventTeam: sdk('team of member_joined_channel is that of the', 'member', 'slackapi/bolt-python tests'),
  memberEventPrivate: sdk(
    'member_joined_channel also comes when a channel turns private, without an',
    'inviter',
    'slackapi/java-slack-sdk MemberJoinedChannelEvent',
  ),
  privacyMessages: official(
    'Subtypes of the message when a channel changes its privacy',
    { private: 'channel_convert_to_private', public: 'channel_convert_to_public' },
    'reference/events/message',
  ),
  removedEvents: sdk(
    'What an app hears that was taken out of a channel',
    { public: 'channel_left', private: 'group_left' },
    '@slack/types 3.2',
  ),
  guestStatusEvent: official(
    'A member becomes a guest or back, a guest of another kind, or a guest is deactivated',
    'user_guest_status_changed',
    event('user_guest_status_changed'),
  ),
  userChangeEvent: issue('A change of a person, deactivation too', 'user_change', 'slackapi/bolt-js#2058'),
  externalChangeEvent: assumed(
    'Changes of people of another organisation are told',
    false,
    'nobody says that they are',
  ),
  teamJoinEvent: official('A new member or guest', 'team_join', event('team_join')),
  enterpriseUser: official(
    'Fields of enterprise_user, in an organisation',
    ['id', 'enterprise_id', 'teams', 'is_admin', 'is_owner'],
    user,
  ),
  enterpriseUserId: issue('Its id can be another one than that of the person', 'W…', 'app-sre/qontract-reconcile#5520'),
  orgTokenUser: issue(
    'A token of the organisation reads, in place of team_id',
    'teams',
    'looker-open-source/lookerbot#184; roles are those of the organisation, slackapi/bolt-js#1566',
  ),
} satisfies Rules;
