import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** `/` search, `n` new, `?` help; never while somebody types or a dialog is open. */
export function useGlobalKeys(help: () => void): void {
  const [address, go] = useLocation();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (event.key === '/') {
        event.preventDefault();
        if (address === '/') focusSearch();
        else {
          go('/');
          setTimeout(focusSearch, 300);
        }
      } else if (event.key === 'n') {
        event.preventDefault();
        go('/create');
      } else if (event.key === '?') {
        event.preventDefault();
        help();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [address, go, help]);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
}
