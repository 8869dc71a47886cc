import type { Video } from '../api/types';

export interface Branch {
  video: Video;
  children: Branch[];
}

/** Videos as they come from one another; one whose source is not there any more is a root. */
export function treeOf(videos: readonly Video[]): Branch[] {
  const branches = new Map<string, Branch>(videos.map((video) => [video.id, { video, children: [] }]));
  const roots: Branch[] = [];
  for (const branch of branches.values()) {
    const source = branch.video.remix_of ? branches.get(branch.video.remix_of) : undefined;
    (source ? source.children : roots).push(branch);
  }
  return roots;
}
