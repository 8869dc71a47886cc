import type { operations } from './schema';
import type { Answer } from './client';

export type Row<Name extends keyof operations> = Answer<operations[Name]>;
export type Money = number | null;

/** The schema leaves open what may be null; these are the real types of such columns. */
export type Sharpened<T, Known> = Omit<T, keyof Known> & Known;

export type User = Sharpened<Row<'getMe'>['user'], { daily_budget_usd?: Money; monthly_budget_usd?: Money }>;
export type Me = Sharpened<Row<'getMe'>, { user: User }>;

export type VideoFile = Row<'getVideo'>['kinora']['files'][number];

export type VideoExtras = Sharpened<Row<'getVideo'>['kinora'], { estimated_usd: Money; charged_usd: Money; files: VideoFile[] }>;

export type VideoStatus = Row<'getVideo'>['status'];

export type Video = Sharpened<
  Row<'getVideo'>,
  {
    provider_video_id: string | null;
    size: string | null;
    seconds: string | null;
    completed_at: number | null;
    file_path: string | null;
    thumbnail_path: string | null;
    error_message: string | null;
    has_audio: number | null;
    reference_image_paths: string | null;
    remix_of: string | null;
    cost: Money;
    kinora: VideoExtras;
  }
>;

export interface VideoPage {
  videos: Video[];
  has_more: boolean;
  next_cursor: string | null;
}

export interface DurationRule {
  allowed?: number[];
  min?: number;
  max?: number;
  default: number;
  whole?: boolean;
}

export interface SizeRule {
  allowed?: string[];
  min_side?: number;
  max_side?: number;
  step?: number;
  min_pixels?: number;
  max_pixels?: number;
  max_ratio?: number;
  default: string;
}

export interface ModelPrice {
  usd: number;
  per: 'second' | 'job' | 'image';
  larger?: { side: number; usd: number }[];
  usd_per_input?: number;
  source?: string | null;
  source_date?: string | null;
}

export interface ModelOption {
  name: string;
  type: 'flag' | 'text' | 'link' | 'span';
  /** Another option: both or none. */
  with?: string | null;
}

/** What a model can do with pictures. */
export interface ImageAbilities {
  max_count: number;
  max_inputs: number;
  mask: boolean;
  formats: string[];
  qualities: string[];
  transparent: boolean;
}

export type Model = Sharpened<
  Row<'listModels'>['data'][number],
  {
    kinds: ('video' | 'image')[];
    durations?: DurationRule | null;
    sizes?: SizeRule | null;
    audio: 'none' | 'always' | 'switch' | 'unknown';
    price?: ModelPrice | null;
    retires_on?: string | null;
    replacement?: string | null;
    max_prompt_length?: number;
    takes_video?: boolean;
    generative?: boolean;
    options?: ModelOption[];
    source_date?: string | null;
    provider?: string;
    image?: ImageAbilities | null;
  }
>;

export interface Models {
  data: Model[];
  aliases: Record<string, string>;
}
