import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { modelsQuery } from '../api/queries';
import { sizesOf } from '../create/rules';
import { newKey } from '../create/submit';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { SelectField } from '../ui/Field';
import { isComposing } from '../ui/composing';
import { TurnCost } from './TurnCost';
import { type Session, type Turn, type TurnPicture, sessionQuery } from './session';
import css from './Composer.module.css';

interface Given {
  prompt: string;
  size: string;
  quality: string;
  background: string;
  format: string;
  count: string;
}

const nothing: Given = { prompt: '', size: '', quality: '', background: '', format: '', count: '1' };

interface ComposerProps {
  session: Session;
  /** The picture that is gone on from. */
  from: TurnPicture | undefined;
  /** Something has gone on from that one already: this begins a branch. */
  branches: boolean;
  waiting: boolean;
  onSent: () => void;
}

/** What is said next; Enter sends it. */
export function Composer({ session, from, branches, waiting, onSent }: ComposerProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sent = useRef({ content: '', key: '' });
  const models = useQuery(modelsQuery);
  const model = models.data?.data.find((one) => one.id === session.model);
  const abilities = model?.image;
  const { register, handleSubmit, watch, setValue } = useForm<Given>({ defaultValues: nothing });
  const say = useMutation({
    mutationFn: async (given: Given) => {
      const { prompt, count, ...words } = given;
      const body = {
        prompt: prompt.trim(),
        ...Object.fromEntries(Object.entries(words).filter(([, word]) => word !== '')),
        ...(Number(count) > 1 ? { count: Number(count) } : {}),
        ...(from ? { from_image_id: from.id } : {}),
      };
      const content = JSON.stringify(body);
      if (sent.current.content !== content) sent.current = { content, key: newKey() };
      return (await api.post('/api/sessions/{id}/images', { path: { id: session.session_id }, body, idempotencyKey: sent.current.key })) as unknown as Turn;
    },
    onSuccess: (turn) => {
      sent.current = { content: '', key: '' };
      setValue('prompt', '');
      onSent();
      client.setQueryData<Session>(sessionQuery(session.session_id).queryKey, (now) => now && { ...now, pending: [...now.pending.filter((one) => one.id !== turn.id), turn] });
      void client.invalidateQueries({ queryKey: ['sessions'] });
      void client.invalidateQueries({ queryKey: ['estimate'] });
    },
  });
  const submit = handleSubmit((given) => {
    if (given.prompt.trim() && !waiting && !say.isPending) say.mutate(given);
  });
  const [size, count] = watch(['size', 'count']);

  return (
    <form className={css.composer} noValidate onSubmit={submit}>
      {say.error ? <Fault error={say.error} /> : null}
      {from && branches ? <p className={css.branch}>{t('sessions.branchesHere')}</p> : null}
      <div className={css.line}>
        {from ? <img className={css.from} src={from.url} alt={t('sessions.goesOnHere')} title={t('sessions.goesOnHere')} /> : null}
        <textarea
          rows={2}
          aria-label={t('sessions.say')}
          placeholder={t(from ? 'sessions.sayNext' : 'sessions.sayFirst')}
          maxLength={model?.max_prompt_length}
          {...register('prompt')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
            event.preventDefault();
            void submit();
          }}
        />
        <Button look="main" type="submit" busy={say.isPending || waiting} icon={<SendHorizontal size={18} aria-hidden="true" />}>
          <span className={css.word}>{t('sessions.send')}</span>
        </Button>
      </div>
      <div className={css.foot}>
        <details>
          <summary>{t('create.more')}</summary>
          <div className={css.options}>
            {model?.sizes ? (
              <SelectField label={t('create.size')} {...register('size')}>
                <option value="">{t('create.byDefault')}</option>
                {sizesOf(model.sizes).map((one) => (
                  <option key={one} value={one}>
                    {one.replace('x', ' × ')}
                  </option>
                ))}
              </SelectField>
            ) : null}
            {abilities && abilities.qualities.length > 0 ? (
              <SelectField label={t('sessions.quality')} {...register('quality')}>
                <option value="">{t('create.byDefault')}</option>
                {abilities.qualities.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </SelectField>
            ) : null}
            {abilities?.transparent ? (
              <SelectField label={t('sessions.background')} {...register('background')}>
                <option value="">{t('create.byDefault')}</option>
                <option value="transparent">{t('sessions.transparent')}</option>
                <option value="opaque">{t('sessions.opaque')}</option>
              </SelectField>
            ) : null}
            {abilities && abilities.formats.length > 1 ? (
              <SelectField label={t('sessions.format')} {...register('format')}>
                <option value="">{t('create.byDefault')}</option>
                {abilities.formats.map((one) => (
                  <option key={one} value={one}>
                    {one.toUpperCase()}
                  </option>
                ))}
              </SelectField>
            ) : null}
            {abilities && abilities.max_count > 1 ? (
              <SelectField label={t('sessions.count')} {...register('count')}>
                {Array.from({ length: Math.min(4, abilities.max_count) }, (_, index) => (
                  <option key={index} value={index + 1}>
                    {index + 1}
                  </option>
                ))}
              </SelectField>
            ) : null}
          </div>
        </details>
        <TurnCost model={session.model} size={size} count={Number(count)} inputs={from ? 1 : 0} />
      </div>
    </form>
  );
}
