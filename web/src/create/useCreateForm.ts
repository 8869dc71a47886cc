import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { modelsQuery } from '../api/queries';
import type { Model } from '../api/types';
import { type Handover, takeHandover } from './handover';
import { fitTo } from './rules';

export interface Wish {
  prompt: string;
  model: string;
  size: string;
  seconds: string;
  negative: string;
  seed: string;
  audio: boolean;
  maxCost: string;
  options: Record<string, string>;
}

const kept = 'kinora.model';

const nothing: Wish = { prompt: '', model: '', size: '', seconds: '', negative: '', seed: '', audio: true, maxCost: '', options: {} };

export interface CreateForm {
  form: UseFormReturn<Wish>;
  models: Model[];
  /** What is chosen; undefined while the models are not known. */
  model: Model | undefined;
  choose: (id: string) => void;
  given: Handover | null;
  error: unknown;
  refetch: () => void;
}

/** The form and the model whose abilities shape it. */
export function useCreateForm(): CreateForm {
  const asked = useQuery(modelsQuery);
  const given = useRef<Handover | null | undefined>(undefined);
  if (given.current === undefined) given.current = takeHandover();
  const form = useForm<Wish>({ defaultValues: { ...nothing, ...wishOf(given.current) } });
  const models = useMemo(() => asked.data?.data.filter((model) => model.kinds.includes('video')) ?? [], [asked.data]);
  const id = form.watch('model');
  const model = models.find((one) => one.id === id);

  const choose = (next: string) => {
    const found = models.find((one) => one.id === next);
    if (!found) return;
    const { size, seconds, options } = form.getValues();
    const fitting = fitTo(found, { size: size || (found.sizes?.default ?? ''), seconds: seconds || String(found.durations?.default ?? '') });
    form.setValue('model', found.id);
    form.setValue('size', fitting.size);
    form.setValue('seconds', fitting.seconds);
    form.setValue('options', Object.fromEntries((found.options ?? []).map((option) => [option.name, options[option.name] ?? ''])));
    localStorage.setItem(kept, found.id);
  };

  const isFitted = useRef(false);
  useEffect(() => {
    if (!asked.data || models.length === 0) return;
    if (model) {
      // What is made once more may be longer than one clip, or of another size: it was extended.
      if (given.current?.model === model.id && !isFitted.current) choose(model.id);
      isFitted.current = true;
      return;
    }

    const aliases = asked.data.aliases;
    const wanted = [id, aliases[id], localStorage.getItem(kept), aliases['sora-2'], models[0]?.id];
    const first = wanted.find((name) => models.some((one) => one.id === name));
    if (first) choose(first);
  });

  return { form, models, model, choose, given: given.current, error: asked.error, refetch: () => void asked.refetch() };
}

function wishOf(given: Handover | null): Partial<Wish> {
  if (!given) return {};
  return {
    prompt: given.prompt ?? '',
    model: given.model ?? '',
    size: given.size ?? '',
    seconds: given.seconds ?? '',
    negative: given.negative ?? '',
    seed: given.seed === undefined ? '' : String(given.seed),
    audio: given.audio ?? true,
    options: given.options ?? {},
  };
}
