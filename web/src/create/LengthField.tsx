import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { TextField } from '../ui/Field';
import { allowsSeconds } from './rules';
import type { Wish } from './useCreateForm';
import css from './Create.module.css';

export function LengthField({ form, model }: { form: UseFormReturn<Wish>; model: Model }) {
  const { t } = useTranslation();
  const rule = model.durations;
  const seconds = form.watch('seconds');
  const field = form.register('seconds', { validate: (text) => text === '' || allowsSeconds(model.durations, Number(text)) });
  if (rule?.allowed?.length) {
    return (
      <fieldset>
        <legend className={css.legend}>{t('create.seconds')}</legend>
        <div className={css.choices}>
          {rule.allowed.map((one) => (
            <label key={one} className={css.choice}>
              <input type="radio" name="seconds" checked={Number(seconds) === one} onChange={() => form.setValue('seconds', String(one))} />
              <span>{t('create.secondsShort', { seconds: one })}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  }

  const [min, max] = [rule?.min ?? 1, rule?.max ?? 60];
  return (
    <div className={css.range}>
      <div>
        <p className={css.legend} id="length-label">
          {t('create.seconds')}
        </p>
        <input
          type="range"
          aria-labelledby="length-label"
          aria-valuetext={t('create.secondsShort', { seconds })}
          min={min}
          max={max}
          step={1}
          value={Number(seconds) || min}
          onChange={(event) => form.setValue('seconds', event.target.value, { shouldValidate: form.formState.isSubmitted })}
        />
      </div>
      <TextField label={t('create.secondsField')} inputMode="decimal" error={form.formState.errors.seconds ? t('create.numberWrong') : undefined} {...field} />
    </div>
  );
}
