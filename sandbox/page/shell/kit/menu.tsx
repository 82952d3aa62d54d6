import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

export type MenuItem = {
  label: string;
  hint?: string | undefined;
  danger?: boolean;
  pressed?: boolean;
  run: () => void;
};

type MenuProps = {
  label: string;
  items: (MenuItem | 'divider')[];
  children: ComponentChildren;
  className?: string;
  align?: 'start' | 'end';
  disabled?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** A button that opens a list of commands: arrows move, Enter runs, Escape gives the focus back. */
export function Menu({
  label,
  items,
  children,
  className = 'icon-button',
  align = 'end',
  disabled,
  onOpenChange,
}: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const toggle = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const close = () => {
    toggle(false);
    root.current?.querySelector('button')?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => moveFocus(event, list.current, close);

  // Before the browser draws it: a key pressed as soon as the list shows must not go to the button underneath.
  useLayoutEffect(() => {
    if (!open || !list.current) return;
    keepInView(list.current);
    list.current.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) toggle(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  return (
    <div class="menu-root" ref={root}>
      <button
        type="button"
        class={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={label}
        disabled={disabled}
        onClick={() => toggle(!open)}
        onKeyDown={open ? onKeyDown : undefined}
      >
        {children}
      </button>
      {open ? (
        <div id={id} ref={list} role="menu" aria-label={label} class={`menu menu-${align}`} onKeyDown={onKeyDown}>
          {items.map((item, index) =>
            item === 'divider' ? (
              <hr key={index} />
            ) : (
              <button
                key={index}
                type="button"
                tabIndex={-1}
                class={item.danger ? 'menu-item menu-danger' : 'menu-item'}
                {...(item.pressed === undefined
                  ? { role: 'menuitem' }
                  : { role: 'menuitemradio', 'aria-checked': item.pressed })}
                onClick={() => {
                  close();
                  item.run();
                }}
              >
                <span>{item.label}</span>
                {item.hint ? <span class="menu-hint">{item.hint}</span> : null}
              </button>
            ),
          )}
        </div>
      ) : null}
    </div>
  );
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null, close: () => void): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: (at < 0 ? items.length : at) - 1 + items.length,
    Home: 0,
    End: items.length - 1,
  };
  const next = steps[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.stopPropagation();
    if (event.key === 'Escape') event.preventDefault();
    close();
  } else if (next !== undefined) {
    event.preventDefault();
    items[next % items.length]?.focus();
  }
}

function keepInView(list: HTMLElement): void {
  const box = list.getBoundingClientRect();
  if (box.bottom > window.innerHeight - 8) list.classList.add('menu-above');
}
