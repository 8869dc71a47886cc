import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/Button';
import { TextField } from '../ui/Field';
import css from './SignIn.module.css';

type Props = InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: ReactNode; error?: ReactNode; ref?: Ref<HTMLInputElement> };

export function PasswordField(props: Props) {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  return (
    <div className={css.password}>
      <TextField {...props} type={shown ? 'text' : 'password'} />
      <IconButton
        label={t(shown ? 'signin.hide' : 'signin.show')}
        aria-pressed={shown}
        icon={shown ? <EyeOff size={18} /> : <Eye size={18} />}
        className={css.eye}
        onClick={() => show(!shown)}
      />
    </div>
  );
}
