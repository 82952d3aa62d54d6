export type ClockTimer = { cancel(): void };

/** The sandbox's time. Everything that is due "later" on Slack's side hangs on it. */
export interface SandboxClock {
  /** True when time also passes by itself. */
  readonly live: boolean;
  /** Epoch milliseconds. */
  now(): number;
  /** Moves time forward and fires what became due, in order, each at its own instant. */
  step(ms: number): Promise<void>;
  /** Moves time forward to an instant. Time never goes back: message timestamps could repeat. */
  set(at: Date | number): Promise<void>;
  after(ms: number, run: () => void): ClockTimer;
  /** Called after each step or set, not while time passes by itself. */
  onChange(listener: () => void): () => void;
  close(): void;
}

type Entry = { dueAt: number; sequence: number; run: () => void };

const nextLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

abstract class SteppedClock {
  protected readonly entries = new Set<Entry>();
  private readonly listeners = new Set<() => void>();
  private sequence = 0;

  abstract now(): number;
  protected abstract moveTo(at: number): void;
  protected abstract rearm(): void;

  after(ms: number, run: () => void): ClockTimer {
    const entry = { dueAt: this.now() + Math.max(0, ms), sequence: this.sequence++, run };
    this.entries.add(entry);
    this.rearm();
    return {
      cancel: () => {
        this.entries.delete(entry);
        this.rearm();
      },
    };
  }

  protected earliest(): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of this.entries)
      if (!first || entry.dueAt < first.dueAt || (entry.dueAt === first.dueAt && entry.sequence < first.sequence))
        first = entry;
    return first;
  }

  protected fire(entry: Entry): void {
    this.entries.delete(entry);
    entry.run();
  }

  async step(ms: number): Promise<void> {
    if (!Number.isFinite(ms) || ms < 0) throw new Error(`the sandbox clock only moves forward, not by ${ms} ms`);
    const target = this.now() + ms;
    for (let due = this.earliest(); due && due.dueAt <= target; due = this.earliest()) {
      if (due.dueAt > this.now()) this.moveTo(due.dueAt);
      this.fire(due);
      // Lets a timer that posts or delivers start its work before time moves on.
      await nextLoop();
    }
    if (target > this.now()) this.moveTo(target);
    this.rearm();
    for (const listener of this.listeners) listener();
    await nextLoop();
  }

  async set(at: Date | number): Promise<void> {
    const target = Number(at);
    if (!Number.isFinite(target)) throw new Error('the sandbox clock needs a valid instant');
    await this.step(target - this.now());
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.entries.clear();
    this.listeners.clear();
    this.rearm();
  }
}

class ManualClock extends SteppedClock implements SandboxClock {
  readonly live = false;
  private at: number;

  constructor(startAt: number) {
    super();
    this.at = startAt;
  }

  now(): number {
    return this.at;
  }

  protected moveTo(at: number): void {
    this.at = at;
  }

  protected rearm(): void {}
}

class LiveClock extends SteppedClock implements SandboxClock {
  readonly live = true;
  private offsetMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(offsetMs: number) {
    super();
    this.offsetMs = offsetMs;
  }

  now(): number {
    return Date.now() + this.offsetMs;
  }

  protected moveTo(at: number): void {
    this.offsetMs = at - Date.now();
  }

  protected rearm(): void {
    clearTimeout(this.timer);
    const next = this.earliest();
    if (!next) return;
    // A longer delay than 2^31 - 1 ms would fire at once.
    this.timer = setTimeout(() => this.fireDue(), Math.min(Math.max(0, next.dueAt - this.now()), 2_147_000_000));
    this.timer.unref();
  }

  private fireDue(): void {
    for (let due = this.earliest(); due && due.dueAt <= this.now(); due = this.earliest()) this.fire(due);
    this.rearm();
  }
}

/** Time stands still until it is stepped. */
export function manualClock(startAt: Date | number): SandboxClock {
  return new ManualClock(Number(startAt));
}

/** Real time plus an offset; a step makes the offset larger. */
export function liveClock(options: { offsetMs?: number } = {}): SandboxClock {
  return new LiveClock(options.offsetMs ?? 0);
}
