import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import css from './Field.module.css';

interface FieldProps {
  label: ReactNode;
  /** Under the control, read with it. */
  hint?: ReactNode;
  /** What is wrong with the value; instead of the hint. */
  error?: ReactNode;
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error || hint;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note ? (
        <div id={`${id}-note`} className={error ? css.error : css.hint} role={error ? 'alert' : undefined}>
          {note}
        </div>
      ) : null}
    </div>
  );
}

type Common = { label: ReactNode; hint?: ReactNode; error?: ReactNode };

export function TextField({ label, hint, error, ref, ...input }: Common & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...input} {...control} ref={ref} className={css.input} />}
    </Field>
  );
}

export function AreaField({ label, hint, error, ref, ...area }: Common & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <textarea {...area} {...control} ref={ref} className={`${css.input} ${css.area}`} />}
    </Field>
  );
}

export function SelectField({ label, hint, error, ref, children, ...select }: Common & SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...select} {...control} ref={ref} className={`${css.input} ${css.select}`}>
          {children}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, hint, ref, ...input }: { label: ReactNode; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  const id = useId();
  return (
    <div className={css.check}>
      <input {...input} ref={ref} id={id} type="checkbox" aria-describedby={hint ? `${id}-note` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <div id={`${id}-note`} className={css.hint}>
          {hint}
        </div>
      ) : null}
    </div>
  );
}
