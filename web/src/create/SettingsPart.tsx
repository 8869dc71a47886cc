import { Dices } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { Button } from '../ui/Button';
import { AreaField, CheckField, TextField } from '../ui/Field';
import { LengthField } from './LengthField';
import { OptionsPart } from './OptionsPart';
import { SizeField } from './SizeField';
import type { Wish } from './useCreateForm';
import css from './Create.module.css';

const largestSeed = Number.MAX_SAFE_INTEGER;

/** Only what the model can do: what it cannot is not there to be asked for. */
export function SettingsPart({ form, model }: { form: UseFormReturn<Wish>; model: Model }) {
  const { t } = useTranslation();
  const errors = form.formState.errors;
  const given = form.watch('options');
  const hasOptions = model.options?.some((option) => given[option.name]);
  return (
    <>
      <SizeField form={form} model={model} />
      <LengthField form={form} model={model} />
      {model.audio === 'switch' || model.audio === 'unknown' ? <CheckField label={t('create.audio')} {...form.register('audio')} /> : null}
      {model.audio === 'always' ? <p className={css.note}>{t('create.audioAlways')}</p> : null}
      {model.negative_prompt ? <AreaField label={t('create.negative')} rows={2} {...form.register('negative')} /> : null}
      <details className={css.more} open={Boolean(form.getValues('seed') || form.getValues('maxCost') || hasOptions || errors.seed || errors.maxCost)}>
        <summary>{t('create.more')}</summary>
        <div>
          {model.seed ? (
            <div className={css.seed}>
              <TextField
                label={t('create.seed')}
                hint={t('create.seedHint')}
                inputMode="numeric"
                error={errors.seed ? t('create.numberWrong') : undefined}
                {...form.register('seed', { validate: (text) => text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) <= largestSeed) })}
              />
              <Button
                icon={<Dices size={18} aria-hidden="true" />}
                aria-label={t('create.seedRoll')}
                title={t('create.seedRoll')}
                onClick={() => form.setValue('seed', String(crypto.getRandomValues(new Uint32Array(1))[0]))}
              />
            </div>
          ) : null}
          {model.price && model.price.usd === 0 && !model.price.larger?.length ? null : (
            <TextField
              label={t('create.maxCost')}
              hint={t('create.maxCostHint')}
              inputMode="decimal"
              error={errors.maxCost ? t('create.numberWrong') : undefined}
              {...form.register('maxCost', { validate: (text) => text.trim() === '' || (Number(text) >= 0 && Number(text) <= 1_000_000) })}
            />
          )}
          {model.options?.length ? <OptionsPart form={form} options={model.options} /> : null}
        </div>
      </details>
    </>
  );
}
