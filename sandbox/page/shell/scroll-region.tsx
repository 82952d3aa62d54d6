import type { ComponentChildren, Ref } from 'preact';

type ScrollRegionProps = {
  label: string;
  className: string;
  children: ComponentChildren;
  scrollRef?: Ref<HTMLElement>;
  onScroll?: () => void;
  live?: boolean;
};

/** A part that scrolls by itself, and can be scrolled with the keyboard. */
export function ScrollRegion({ label, className, children, scrollRef, onScroll, live = false }: ScrollRegionProps) {
  return (
    <section
      ref={scrollRef}
      class={className}
      aria-label={label}
      role={live ? 'log' : undefined}
      tabIndex={0}
      onScroll={onScroll}
    >
      {children}
    </section>
  );
}
