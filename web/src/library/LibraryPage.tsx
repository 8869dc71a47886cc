import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Clapperboard, Plus, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { videoListQuery } from '../api/lists';
import { Button, ButtonLink } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, PageHead } from '../ui/states';
import { Filters } from './Filters';
import { Grid } from './Grid';
import { GridGhost } from './GridGhost';
import { seenOf, useHidden } from '../api/hidden';
import { SelectionBar } from './SelectionBar';
import { useFilter } from './useFilter';
import { useSelection } from './useSelection';

export default function LibraryPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [filter, setFilter] = useFilter();
  const list = useInfiniteQuery(videoListQuery(client, filter));
  const hidden = useHidden();
  const ids = useMemo(() => seenOf(list.data?.pages.flatMap((page) => page.ids) ?? [], hidden), [list.data, hidden]);
  const selection = useSelection(ids);
  const filtered = Boolean(filter.q || filter.status || filter.model);

  return (
    <>
      <PageHead title={t('app.library')}>
        <ButtonLink href="/create" look="main" icon={<Plus size={18} aria-hidden="true" />}>
          {t('library.make')}
        </ButtonLink>
      </PageHead>
      <Filters filter={filter} onChange={setFilter} />
      {list.error && ids.length === 0 ? <Fault error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending ? <GridGhost /> : null}
      {list.isSuccess && ids.length === 0 && !filtered ? (
        <Empty
          icon={<Clapperboard size={28} aria-hidden="true" />}
          title={t('library.emptyTitle')}
          action={
            <ButtonLink href="/create" look="main" icon={<Plus size={18} aria-hidden="true" />}>
              {t('library.make')}
            </ButtonLink>
          }
        >
          {t('library.emptyAbout')}
        </Empty>
      ) : null}
      {list.isSuccess && ids.length === 0 && filtered ? (
        <Empty icon={<SearchX size={28} aria-hidden="true" />} title={t('library.noneTitle')} action={<Button onClick={() => setFilter({})}>{t('library.clear')}</Button>}>
          {t('library.noneAbout')}
        </Empty>
      ) : null}
      {ids.length > 0 ? (
        <Grid
          ids={ids}
          selection={selection}
          loadMore={() => list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError && void list.fetchNextPage()}
        />
      ) : null}
      {list.isFetchNextPageError ? <Fault error={list.error} retry={() => void list.fetchNextPage()} /> : null}
      <SelectionBar selection={selection} />
    </>
  );
}
