import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { SelectField, TextField } from '../ui/Field';
import { allowsSize, parseSize, sizesOf } from './rules';
import type { Wish } from './useCreateForm';
import css from './Create.module.css';

const mostButtons = 8;

/** The sizes that the model makes: a few as buttons with their shape, many as a list; where any size of a range goes, also one's own. */
export function SizeField({ form, model }: { form: UseFormReturn<Wish>; model: Model }) {
  const { t } = useTranslation();
  const size = form.watch('size');
  const sizes = sizesOf(model.sizes);
  const free = !model.sizes?.allowed?.length;
  const [own, setOwn] = useState(false);
  const showOwn = free && (own || (size !== '' && !sizes.includes(size)));
  const choose = (next: string) => {
    setOwn(false);
    form.setValue('size', next, { shouldValidate: form.formState.isSubmitted });
  };
  return (
    <fieldset>
      <legend className={css.legend}>{t('create.size')}</legend>
      {sizes.length > mostButtons ? (
        <SelectField label={t('create.size')} value={size} onChange={(event) => choose(event.target.value)}>
          {sizes.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
      ) : (
        <div className={css.choices}>
          {sizes.map((one) => (
            <label key={one} className={css.choice}>
              <input type="radio" name="size" checked={size === one && !own} onChange={() => choose(one)} />
              <span>
                <Shape size={one} />
                {one.replace('x', '×')}
              </span>
            </label>
          ))}
          {free ? (
            <label className={css.choice}>
              <input type="radio" name="size" checked={showOwn} onChange={() => setOwn(true)} />
              <span>{t('create.sizeOwn')}</span>
            </label>
          ) : null}
        </div>
      )}
      {showOwn ? (
        <TextField
          label={t('create.sizeOwn')}
          placeholder="1280x720"
          hint={model.sizes ? t('create.sizeRule', { min: model.sizes.min_side ?? 1, max: model.sizes.max_side ?? 0, step: model.sizes.step ?? 1 }) : undefined}
          error={form.formState.errors.size ? t('create.numberWrong') : undefined}
          {...form.register('size', { validate: (text) => text === '' || allowsSize(model.sizes, text) })}
        />
      ) : null}
    </fieldset>
  );
}

function Shape({ size }: { size: string }) {
  const parsed = parseSize(size);
  if (!parsed) return null;
  const scale = 16 / Math.max(parsed.width, parsed.height);
  return <i className={css.shape} aria-hidden="true" style={{ width: parsed.width * scale, height: parsed.height * scale }} />;
}
