import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { useFormat } from '../i18n/format';

export interface ModelWords {
  price: (model: Model) => string;
  abilities: (model: Model) => string[];
  retires: (model: Model) => string;
}

/** A model's facts in words for people. */
export function useModelWords(): ModelWords {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    price: ({ price }) => {
      if (!price) return t('create.priceUnknown');
      const larger = price.larger ?? [];
      if (price.usd === 0 && larger.length === 0) return t('create.free');
      const usd = format.money(price.usd);
      const unit = price.per === 'second' ? t('create.perSecond', { usd }) : price.per === 'image' ? t('create.perImage', { usd }) : t('create.perJob', { usd });
      return larger.length > 0 ? t('create.fromPrice', { price: unit }) : unit;
    },
    abilities: (model) =>
      [
        model.first_frame && t('create.canFirst'),
        model.last_frame && t('create.canLast'),
        model.max_references > 0 && t('create.canReferences', { count: model.max_references }),
        model.negative_prompt && t('create.canNegative'),
        model.seed && t('create.canSeed'),
        (model.audio === 'always' || model.audio === 'switch') && t('create.canAudio'),
      ].filter((word): word is string => Boolean(word)),
    retires: (model) => (model.retires_on ? t('create.retires', { day: format.date(model.retires_on) }) : ''),
  };
}
