import type { ComponentChildren, Ref } from 'preact';

type ScrollRegionProps = {
  label: string;
  className: string;
  children: ComponentChildren;
  scrollRef?: Ref<HTMLElement>;
  onScroll?: () => void;
  live?: boolean;
  /** One of many of its kind, so no landmark of the page. */
  small?: boolean;
};

/** A part that scrolls by itself, and can be scrolled with the keyboard. */
export function ScrollRegion(props: ScrollRegionProps) {
  const { label, className, children, scrollRef, onScroll, live = false, small = false } = props;
  return (
    <section
      ref={scrollRef}
      class={className}
      aria-label={label}
      role={live ? 'log' : small ? 'group' : undefined}
      tabIndex={0}
      onScroll={onScroll}
    >
      {children}
    </section>
  );
}
