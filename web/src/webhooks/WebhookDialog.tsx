import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import { CheckField, TextField } from '../ui/Field';
import css from '../ui/Form.module.css';
import { type Webhook, type WebhookEvent, events, webhookQuery, webhooksQuery } from './webhooks';

interface Given {
  url: string;
  description: string;
  events: WebhookEvent[];
}

type Saved = Webhook | (Webhook & { secret: string });

/** A new webhook, or the address and events of one. */
export function WebhookDialog({ webhook, onClose, onSaved }: { webhook?: Webhook; onClose: () => void; onSaved: (saved: Saved) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { register, handleSubmit, formState } = useForm<Given>({
    defaultValues: { url: webhook?.url ?? '', description: webhook?.description ?? '', events: webhook ? events.filter((event) => webhook.events.includes(event)) : [...events] },
  });
  const save = useMutation({
    mutationFn: async (given: Given): Promise<Saved> => {
      const body = { url: given.url.trim(), events: given.events, ...(webhook || given.description.trim() ? { description: given.description.trim() } : {}) };
      return (webhook ? await api.patch('/api/webhooks/{id}', { path: { id: webhook.id }, body }) : await api.post('/api/webhooks', { body })) as unknown as Saved;
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      void client.invalidateQueries({ queryKey: webhookQuery(saved.id).queryKey });
      onSaved(saved);
    },
  });
  const { errors } = formState;
  return (
    <Dialog title={t(webhook ? 'webhooks.edit' : 'webhooks.new')} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => save.mutate(given))}>
        {save.error ? <Fault error={save.error} /> : null}
        <TextField label={t('webhooks.url')} hint={t('webhooks.urlHint')} type="url" placeholder="https://example.com/hooks/kinora" autoFocus spellCheck={false} error={errors.url ? t('webhooks.urlRequired') : undefined} {...register('url', { validate: (text) => /^https?:\/\/./i.test(text.trim()) })} />
        <TextField label={t('webhooks.description')} hint={t('sessions.optional')} {...register('description')} />
        <fieldset>
          <legend className={css.legend}>{t('webhooks.events')}</legend>
          <div className={css.checks}>
            {events.map((event) => (
              <CheckField key={event} label={event} value={event} {...register('events', { validate: (chosen) => chosen.length > 0 })} />
            ))}
          </div>
          {errors.events ? (
            <p className={css.wrong} role="alert">
              {t('webhooks.noEvent')}
            </p>
          ) : null}
        </fieldset>
        <div className={css.actions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={save.isPending}>
            {webhook ? t('app.save') : t('webhooks.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
