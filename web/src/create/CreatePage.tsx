import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Sparkles } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { listVideo, putVideo } from '../api/lists';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { AreaField } from '../ui/Field';
import { isComposing } from '../ui/composing';
import { Loading, PageHead } from '../ui/states';
import { toast } from '../ui/toasts';
import { Estimate } from './Estimate';
import { ModelPicker } from './ModelPicker';
import { PicturePart } from './PicturePart';
import { isFault, readPicture } from './pictures';
import { SettingsPart } from './SettingsPart';
import { type Pictures, createVideo, fieldsOf, newKey } from './submit';
import { type Wish, useCreateForm } from './useCreateForm';
import css from './Create.module.css';

export default function CreatePage() {
  const { t } = useTranslation();
  const { form, models, model, choose, given, error, refetch } = useCreateForm();
  const [pictures, setPictures] = useState<Pictures>({ first: null, last: null, references: [] });
  const client = useQueryClient();
  const [, go] = useLocation();
  const fault = useRef<HTMLDivElement>(null);
  const sent = useRef({ content: '', key: '' });

  useEffect(() => {
    if (!given?.firstFrame) return;
    void readPicture(new File([given.firstFrame], 'frame.png', { type: given.firstFrame.type })).then((read) => {
      if (!isFault(read)) setPictures((now) => ({ ...now, first: read }));
    });
  }, [given]);

  const create = useMutation({
    mutationFn: (wish: Wish) => {
      if (!model) throw new Error('no model');
      const content = JSON.stringify([fieldsOf(wish, model), pictures.first?.id, pictures.first?.fit, pictures.last?.id, pictures.last?.fit, pictures.references.map((p) => p.id)]);
      if (sent.current.content !== content) sent.current = { content, key: newKey() };
      return createVideo(wish, model, pictures, sent.current.key);
    },
    onSuccess: (video) => {
      putVideo(client, video);
      listVideo(client, video);
      void client.invalidateQueries({ queryKey: ['estimate'] });
      toast(t('create.made'), { action: { label: t('create.watch'), run: () => go(`/videos/${video.id}`) } });
      go('/');
    },
  });

  // What stands at the end of a long form must not be overlooked.
  useEffect(() => {
    if (create.error) fault.current?.scrollIntoView({ block: 'center' });
  }, [create.error]);

  if (error && models.length === 0) return <Fault error={error} retry={refetch} />;
  if (!model) return <Loading />;
  const errors = form.formState.errors;
  const submit = form.handleSubmit((wish) => create.mutate(wish));
  return (
    <form className={css.page} noValidate onSubmit={submit} onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event) && void submit()}>
      <PageHead title={t('create.title')} />
      <div className={css.columns}>
        <div className={css.part}>
          <AreaField
            label={t('create.prompt')}
            placeholder={t('create.promptPlaceholder')}
            rows={6}
            autoFocus
            maxLength={model.max_prompt_length}
            error={errors.prompt ? t('create.required') : undefined}
            {...form.register('prompt', { validate: (text) => text.trim().length > 0 })}
          />
          <PicturePart model={model} frame={form.watch('size')} pictures={pictures} onChange={setPictures} />
        </div>
        <div className={css.part}>
          <ModelPicker models={models} model={model} onChoose={choose} />
          <SettingsPart form={form} model={model} />
        </div>
      </div>
      <div ref={fault}>{create.error ? <Fault error={create.error} /> : null}</div>
      <div className={css.foot}>
        <Estimate wish={form.watch()} model={model} pictures={pictures} />
        <Button look="main" type="submit" busy={create.isPending} icon={<Sparkles size={18} aria-hidden="true" />}>
          {t('create.submit')}
        </Button>
      </div>
    </form>
  );
}
