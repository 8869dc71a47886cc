import { useQuery } from '@tanstack/react-query';
import { Boxes, Search, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modelsQuery } from '../api/queries';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, Loading, PageHead } from '../ui/states';
import filters from '../library/Filters.module.css';
import { ModelRow } from './ModelRow';
import { type Ability, abilities, fits } from './abilities';
import css from './Models.module.css';

export default function ModelsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(modelsQuery);
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const [wanted, want] = useState<readonly Ability[]>([]);
  const shown = data?.data.filter((model) => fits(model, { text, kind, wanted })) ?? [];
  const aliases = data ? Object.entries(data.aliases) : [];
  const clear = () => {
    setText('');
    setKind('');
    want([]);
  };

  return (
    <>
      <PageHead title={t('app.models')} about={t('models.about')} />
      <search className={`${filters.filters} ${css.filters}`}>
        <div className={filters.search}>
          <Search size={18} aria-hidden="true" />
          <input type="search" value={text} placeholder={t('create.modelSearch')} aria-label={t('create.modelSearch')} onChange={(event) => setText(event.target.value)} />
        </div>
        <select aria-label={t('models.kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
          <option value="">{t('models.anyKind')}</option>
          <option value="video">{t('models.video')}</option>
          <option value="image">{t('models.image')}</option>
        </select>
      </search>
      <div className={css.chips} role="group" aria-label={t('models.abilities')}>
        {abilities.map((one) => (
          <button key={one} type="button" className={css.chip} aria-pressed={wanted.includes(one)} onClick={() => want(wanted.includes(one) ? wanted.filter((other) => other !== one) : [...wanted, one])}>
            {t(`models.can_${one}`)}
          </button>
        ))}
      </div>
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.data.length === 0 ? (
        <Empty icon={<Boxes size={28} aria-hidden="true" />} title={t('models.emptyTitle')}>
          {t('models.emptyAbout')}
        </Empty>
      ) : null}
      {data && data.data.length > 0 && shown.length === 0 ? (
        <Empty icon={<SearchX size={28} aria-hidden="true" />} title={t('create.modelNone')} action={<Button onClick={clear}>{t('library.clear')}</Button>} />
      ) : null}
      {shown.length > 0 ? (
        <>
          <p className={css.count} role="status">
            {t('models.count', { count: shown.length })}
          </p>
          <div className={css.frame}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t('create.model')}</th>
                  <th scope="col">{t('models.makes')}</th>
                  <th scope="col">{t('models.abilities')}</th>
                  <th scope="col">{t('models.limits')}</th>
                  <th scope="col">{t('models.price')}</th>
                  <th scope="col">{t('models.source')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((model) => (
                  <ModelRow key={model.id} model={model} aliases={aliases.flatMap(([alias, id]) => (id === model.id ? [alias] : []))} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
    </>
  );
}
