import { useLayoutEffect } from 'react';

/** The title of the window. Before all effects, so that a page that knows a better one, such as a name, has the last word. */
export function useTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Kinora`;
  }, [title]);
}
