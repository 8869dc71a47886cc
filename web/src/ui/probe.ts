import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Children, type ReactElement, type ReactNode, createElement, isValidElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** For tests, which have no browser: what a hook gives, or a component called as one, in a page with this cache. */
export function probe<T>(use: () => T, client = new QueryClient()): T {
  const given: T[] = [];
  const Probe = () => {
    given.push(use());
    return null;
  };
  renderToStaticMarkup(createElement(QueryClientProvider, { client }, createElement(Probe)));
  return given[0] as T;
}

/** The properties of the first element of a kind in what a component gave. */
export function propsOf(given: ReactNode, type: string): Record<string, (event: unknown) => void> {
  const find = (node: ReactNode): ReactElement | undefined => {
    for (const one of Children.toArray(node)) {
      if (!isValidElement<{ children?: ReactNode }>(one)) continue;
      const found = one.type === type ? one : find(one.props.children);
      if (found) return found;
    }
    return undefined;
  };
  const found = find(given);
  if (!found) throw new Error(`no ${type}`);
  return found.props as Record<string, (event: unknown) => void>;
}
