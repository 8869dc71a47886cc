import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { modelsQuery } from '../api/queries';
import { useModelWords } from '../create/useModelWords';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import { AreaField, SelectField, TextField } from '../ui/Field';
import css from '../ui/Form.module.css';
import { type Session, sessionQuery, sessionsQuery } from './session';

interface Given {
  description: string;
  name: string;
  model: string;
}

/** Begins a conversation; with a picture, from that one. */
export function NewSessionDialog({ from, onClose }: { from?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useModelWords();
  const [, go] = useLocation();
  const models = useQuery(modelsQuery);
  const { register, handleSubmit, formState } = useForm<Given>({ defaultValues: { description: '', name: '', model: '' } });
  const begin = useMutation({
    mutationFn: async ({ description, name, model }: Given) =>
      (await api.post('/api/sessions', {
        body: { description: description.trim(), ...(name.trim() ? { session_name: name.trim() } : {}), ...(model ? { model } : {}), ...(from ? { from_image: from } : {}) },
      })) as unknown as Session,
    onSuccess: async (session) => {
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      await client.prefetchQuery(sessionQuery(session.session_id));
      onClose();
      go(`/sessions/${session.session_id}`);
    },
  });
  return (
    <Dialog title={t(from ? 'sessions.newFrom' : 'sessions.new')} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => begin.mutate(given))}>
        {begin.error ? <Fault error={begin.error} /> : null}
        <AreaField
          label={t('sessions.description')}
          hint={t('sessions.descriptionHint')}
          placeholder={t('sessions.descriptionPlaceholder')}
          rows={4}
          autoFocus
          error={formState.errors.description ? t('sessions.required') : undefined}
          {...register('description', { validate: (text) => text.trim().length > 0 })}
        />
        <TextField label={t('sessions.name')} hint={t('sessions.optional')} {...register('name')} />
        <SelectField label={t('create.model')} {...register('model')}>
          <option value="">{t('sessions.modelDefault')}</option>
          {models.data?.data
            .filter((model) => model.kinds.includes('image'))
            .map((model) => (
              <option key={model.id} value={model.id}>
                {model.id} · {words.price(model)}
              </option>
            ))}
        </SelectField>
        <div className={css.actions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={begin.isPending}>
            {t('sessions.begin')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
