import type { RateLimitProfile } from '../../options.ts';
import type {
  App,
  Channel,
  EntityDetails,
  HomeView,
  Message,
  ModalView,
  Organisation,
  Team,
  User,
  UserGroup,
} from '../../state/model.ts';

export type Settings = { rateLimits: RateLimitProfile; fileProcessingMs: number; missingBlocks: string[] };

export type Notification = {
  user: string;
  /** The mention as it was written, e.g. '<@U1>', '<!channel>'. */
  because: string;
};

export type ShownFile = { id: string; name: string; mimetype: string };

export type ShownMessage = Message & { attached?: ShownFile[] };

export type Snapshot = {
  now: number;
  live: boolean;
  /** The workspace's own: that of whoever set it up. */
  timeZone: string;
  team: Team;
  /** All that there are to look at. */
  workspaces: Pick<Team, 'id' | 'name'>[];
  organisation: Organisation | undefined;
  /** Whether the app is in this workspace, and whether it is there because its organisation has it. */
  install: { isInstalled: boolean; isFromOrganisation: boolean; canBeGiven: boolean };
  app: Pick<App, 'id' | 'name' | 'botUserId' | 'botId' | 'manifest'>;
  me: User;
  users: User[];
  /** Workspaces of other organisations, which channels are shared with. */
  connectedTeams: Team[];
  channels: (Omit<Channel, 'members' | 'pins'> & {
    members: string[];
    pins: string[];
    isMember: boolean;
    unread: number;
    mentions: number;
    /** The other person of an im. */
    with?: string;
    latestTs?: string;
  })[];
  modals: ModalView[];
  home: HomeView | undefined;
  /** What the app shows of the work object that was opened last. */
  details: EntityDetails | undefined;
  userGroups: Pick<UserGroup, 'id' | 'handle' | 'name'>[];
  connections: number;
};
