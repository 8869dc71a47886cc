import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useMe } from '../api/queries';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import { CheckField, TextField } from '../ui/Field';
import css from '../ui/Form.module.css';
import { type Scope, isAmount, keysQuery, numberOf, scopes } from './keys';

interface Given {
  name: string;
  scopes: Scope[];
  perMinute: string;
  daily: string;
  monthly: string;
}

export function NewKeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const { register, handleSubmit, formState } = useForm<Given>({ defaultValues: { name: '', scopes: ['read', 'create'], perMinute: '', daily: '', monthly: '' } });
  const create = useMutation({
    mutationFn: (given: Given) =>
      api.post('/api/keys', {
        body: { name: given.name.trim(), scopes: given.scopes, creates_per_minute: numberOf(given.perMinute), daily_budget_usd: numberOf(given.daily), monthly_budget_usd: numberOf(given.monthly) },
      }),
    onSuccess: ({ key }) => {
      void client.invalidateQueries({ queryKey: keysQuery.queryKey });
      onMade(key);
    },
  });
  const { errors } = formState;
  return (
    <Dialog title={t('keys.new')} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => create.mutate(given))}>
        {create.error ? <Fault error={create.error} /> : null}
        <TextField label={t('keys.name')} hint={t('keys.nameHint')} autoFocus maxLength={100} error={errors.name ? t('keys.required') : undefined} {...register('name', { validate: (text) => text.trim().length > 0 })} />
        <fieldset>
          <legend className={css.legend}>{t('keys.scopes')}</legend>
          <div className={css.checks}>
            {scopes
              .filter((scope) => me?.scopes.includes(scope))
              .map((scope) => (
                <CheckField key={scope} label={t(`keys.scope_${scope}`)} hint={t(`keys.scopeHint_${scope}`)} value={scope} {...register('scopes', { validate: (chosen) => chosen.length > 0 })} />
              ))}
          </div>
          {errors.scopes ? (
            <p className={css.wrong} role="alert">
              {t('keys.noScope')}
            </p>
          ) : null}
        </fieldset>
        <div className={css.pair}>
          <TextField label={t('keys.daily')} inputMode="decimal" placeholder={t('keys.noLimit')} error={errors.daily ? t('create.numberWrong') : undefined} {...register('daily', { validate: isAmount })} />
          <TextField label={t('keys.monthly')} inputMode="decimal" placeholder={t('keys.noLimit')} error={errors.monthly ? t('create.numberWrong') : undefined} {...register('monthly', { validate: isAmount })} />
        </div>
        <TextField label={t('keys.minute')} hint={t('keys.minuteHint')} inputMode="numeric" error={errors.perMinute ? t('create.numberWrong') : undefined} {...register('perMinute', { pattern: /^\s*\d*\s*$/ })} />
        <div className={css.actions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={create.isPending}>
            {t('keys.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
