import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { useModelWords } from '../create/useModelWords';
import { useFormat } from '../i18n/format';
import { Badge } from '../ui/Badge';
import { abilities, can } from './abilities';
import { limitsOf } from './limits';
import css from './Models.module.css';

export function ModelRow({ model, aliases }: { model: Model; aliases: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useModelWords();
  const { price } = model;
  const limits = limitsOf(model);
  const able = abilities.filter((ability) => can(model, ability));
  return (
    <tr>
      <th scope="row">
        <span className={css.title}>{model.title}</span>
        <code>{model.id}</code>
        {model.retires_on ? <Badge tone="warn">{words.retires(model)}</Badge> : null}
        {model.replacement ? <small>{t('models.replacement', { model: model.replacement })}</small> : null}
        {aliases.length > 0 ? <small>{t('models.aliases', { names: aliases.join(', ') })}</small> : null}
      </th>
      <td>
        <b className={css.label}>{t('models.makes')}</b>
        <span className={css.badges}>
          {model.kinds.map((kind) => (
            <Badge key={kind} tone="accent">
              {t(`models.${kind}`)}
            </Badge>
          ))}
        </span>
      </td>
      <td>
        <b className={css.label}>{t('models.abilities')}</b>
        <span className={css.badges}>
          {able.map((ability) => (
            <Badge key={ability}>{ability === 'references' ? t('create.canReferences', { count: model.max_references }) : t(`models.can_${ability}`)}</Badge>
          ))}
          {able.length === 0 ? <small>{t('models.wordsAlone')}</small> : null}
        </span>
      </td>
      <td>
        <b className={css.label}>{t('models.limits')}</b>
        <span className={css.lines}>
          {limits.seconds ? <span>{t('library.seconds', { seconds: limits.seconds })}</span> : null}
          {limits.sizes ? <span>{limits.sizes}</span> : null}
          {!limits.seconds && !limits.sizes ? <span>–</span> : null}
        </span>
      </td>
      <td>
        <b className={css.label}>{t('models.price')}</b>
        <span className={css.lines}>
          <span>{words.price(model)}</span>
          {(price?.larger ?? []).map((larger) => (
            <small key={larger.side}>{t('models.larger', { side: larger.side, usd: format.money(larger.usd) })}</small>
          ))}
          {price?.usd_per_input ? <small>{t('models.perInput', { usd: format.money(price.usd_per_input) })}</small> : null}
          {price?.source || price?.source_date ? <Source source={price.source ?? null} date={price.source_date ?? null} /> : null}
        </span>
      </td>
      <td>
        <b className={css.label}>{t('models.source')}</b>
        <span className={css.lines}>
          <Source source={model.source} date={model.source_date ?? null} />
        </span>
      </td>
    </tr>
  );
}

/** Where a fact comes from, and of which day it is. */
function Source({ source, date }: { source: string | null; date: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const address = source && /^https:\/\//.test(source) ? new URL(source) : null;
  return (
    <small>
      {address ? (
        <a href={address.href} target="_blank" rel="noreferrer" title={address.href}>
          {address.host}
          <ExternalLink size={12} aria-hidden="true" />
        </a>
      ) : (
        source
      )}
      {date ? ` ${t('models.asOf', { day: format.date(date) })}` : null}
    </small>
  );
}
