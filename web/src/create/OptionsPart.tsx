import { X } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { ModelOption } from '../api/types';
import { IconButton } from '../ui/Button';
import { SelectField, TextField } from '../ui/Field';
import type { Wish } from './useCreateForm';
import css from './Create.module.css';

/** Wishes that only this model knows, under the provider's own names; what is empty is not sent. */
export function OptionsPart({ form, options }: { form: UseFormReturn<Wish>; options: readonly ModelOption[] }) {
  const { t } = useTranslation();
  const given = form.watch('options');
  return (
    <fieldset className={css.options}>
      <legend className={css.legend}>{t('create.options')}</legend>
      {options.map(({ name, type }) => (
        <div key={name} className={css.option}>
          {type === 'flag' ? (
            <SelectField label={<code>{name}</code>} {...form.register(`options.${name}`)}>
              <option value="">{t('create.optionUnset')}</option>
              <option value="true">true</option>
              <option value="false">false</option>
            </SelectField>
          ) : (
            <TextField label={<code>{name}</code>} placeholder={{ text: '', link: 'https://', span: '0,2' }[type]} {...form.register(`options.${name}`)} />
          )}
          {given[name] ? <IconButton label={t('create.optionRemove', { name })} icon={<X size={18} aria-hidden="true" />} onClick={() => form.setValue(`options.${name}`, '')} /> : null}
        </div>
      ))}
    </fieldset>
  );
}
